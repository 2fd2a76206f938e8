"""Triangles that are wholly hidden are not drawn, and no picture shows the difference."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest

from tests.unit.cad.views.solids import ALUMINIUM, Model, moved
from utils.cad.step_converter import convert
from utils.cad.views import NAMES, depth, raster
from utils.cad.views.culling import EMPTY, Farthest, Rectangles
from utils.cad.views.picture import look
from utils.cad.views.scene import load
from utils.sandbox import Limits

DEMO = Path(__file__).parents[4] / "utils" / "demo" / "step"
SIZE = 128
GLASS = (0.2, 0.4, 0.9, 0.4)


@pytest.fixture
def drawn(monkeypatch):
    """The cells that are filled with surfaces from here on, hidden or not, by triangle."""
    counts: dict[int, int] = {}
    fill = raster.scanlines

    def counting(*args):
        for owner, column, row in fill(*args):
            for number, count in zip(*np.unique(owner, return_counts=True), strict=True):
                counts[int(number)] = counts.get(int(number), 0) + int(count)
            yield owner, column, row

    monkeypatch.setattr(depth, "scanlines", counting)
    return counts


@pytest.fixture
def at_once(monkeypatch):
    """Set how many cells are drawn before it is looked for what they hide."""

    def set_to(cells: float) -> None:
        monkeypatch.setattr(depth, "_FILLED_AT_ONCE", cells)
        monkeypatch.setattr(depth, "_LOOK", 0)

    return set_to


def row_of_boxes(count: int, colour: tuple[float, ...] = ALUMINIUM) -> Model:
    """Boxes along Y, the first one (at y = 0) nearest in the front view; each hides the next."""
    model = Model()
    for number in range(count):
        model.box((0, 3 * number, 0), (20, 3 * number + 2, 20), colour)
    return model


def glass_before_boxes() -> Model:
    """Things seen through each other on both sides, inside each other and partly hidden."""
    model = row_of_boxes(6)
    for number in range(6):
        model.box((2, -3 * number - 2, 2), (24, -3 * number - 1, 26), GLASS)
    return model.box((5, 1, 5), (15, 40, 15), GLASS)


def ball_of_sheets() -> Model:
    """Cylinders across one another: rims and slopes at every angle."""
    model = Model().cylinder(4, 30)
    model.placements += [moved(4 * step, 3 * step, -2 * step) for step in range(1, 5)]
    return model


@pytest.fixture(scope="module")
def demo(sandbox):
    """The GLB of a demo file, by its name."""

    @functools.cache
    def glb(name: str) -> bytes:
        with convert(sandbox, DEMO / name, limits=Limits(wall_s=60)) as made:
            return made.glb_path.read_bytes()

    return glb


def pictures(glb: bytes) -> list[bytes]:
    scene = load(glb)
    return [look(scene, name, SIZE).picture(1, 1, 1).tobytes() for name in NAMES]


def assert_nothing_changes(glb: bytes, at_once, drawn) -> None:
    at_once(np.inf)
    plain = pictures(glb)
    everything = sum(drawn.values())
    drawn.clear()
    at_once(2_000)
    assert pictures(glb) == plain
    assert sum(drawn.values()) < everything, "something was left out"


@pytest.mark.parametrize("name", ["gearbox.step", "controller-cover.step", "belt-pulley-18t.step"])
def test_a_demo_file_looks_the_same_to_the_byte(demo, at_once, drawn, name):
    assert_nothing_changes(demo(name), at_once, drawn)


@pytest.mark.parametrize("model", [glass_before_boxes, ball_of_sheets, lambda: row_of_boxes(9, GLASS)])
def test_what_is_clear_or_crosses_looks_the_same_to_the_byte(at_once, drawn, model):
    assert_nothing_changes(model().glb(), at_once, drawn)


def test_rims_in_many_parts_look_the_same_to_the_byte(monkeypatch):
    glb = glass_before_boxes().glb()
    monkeypatch.setattr(depth, "AT_ONCE", 500)
    hidden = []
    hides_rims = depth.DepthBuffer._hides_rims

    def noting(*args):
        hidden.append(hides_rims(*args))
        return hidden[-1]

    monkeypatch.setattr(depth.DepthBuffer, "_hides_rims", noting)
    culled = pictures(glb)
    assert np.concatenate(hidden).any()
    monkeypatch.setattr(
        depth.DepthBuffer, "_hides_rims", lambda buffer, start, end: np.zeros(len(start), bool)
    )
    assert pictures(glb) == culled


def test_a_hidden_triangle_is_not_drawn(at_once, drawn):
    at_once(1)
    scene = load(row_of_boxes(50).glb())
    look(scene, "front", SIZE)
    assert drawn and max(drawn) < 12, "none but those of the first box"


def test_looking_where_nothing_is_hidden_is_soon_given_up(at_once, monkeypatch):
    at_once(100)
    looks = []
    hides = depth.DepthBuffer._hides

    def counting(*args):
        looks.append(hides(*args))
        return looks[-1]

    monkeypatch.setattr(depth.DepthBuffer, "_hides", counting)
    model = Model()
    for number in range(400):
        model.box((number % 20 * 3, 0, number // 20 * 3), (number % 20 * 3 + 2, 2, number // 20 * 3 + 2))
    look(load(model.glb()), "iso_left", 512)
    assert len(looks) < 30


def test_a_long_row_costs_little_more_than_a_short_one(drawn):
    look(load(row_of_boxes(5).glb()), "front", 512)
    few = sum(drawn.values())
    drawn.clear()
    look(load(row_of_boxes(100).glb()), "front", 512)
    assert sum(drawn.values()) < 2 * few


def test_the_order_of_a_file_does_not_matter(at_once, drawn):
    at_once(1)
    model = Model()
    for number in reversed(range(50)):
        model.box((0, 3 * number, 0), (20, 3 * number + 2, 20))
    look(load(model.glb()), "front", SIZE)
    assert min(drawn) >= 49 * 12


def cells(left: int, right: int, top: int, bottom: int) -> Rectangles:
    return Rectangles(*(np.array([edge]) for edge in (left, right, top, bottom)))


def hides(depths: np.ndarray, where: Rectangles, nearest: int) -> bool:
    return bool(Farthest(depths).hides(where, np.array([nearest], np.uint32))[0])


@pytest.fixture
def wall() -> np.ndarray:
    """A wall at depth 10 in the columns and rows 5 to 89, nothing around it."""
    depths = np.full((100, 100), EMPTY, np.uint32)
    depths[5:90, 5:90] = 10
    return depths


def test_what_stands_behind_a_wall_is_hidden_up_to_its_very_edge(wall):
    assert hides(wall, cells(5, 89, 5, 89), 11)
    for over in (cells(4, 89, 5, 89), cells(5, 90, 5, 89), cells(5, 89, 4, 89), cells(5, 89, 5, 90)):
        assert not hides(wall, over, 11)


def test_what_is_as_deep_as_a_wall_is_not_hidden(wall):
    assert not hides(wall, cells(20, 30, 20, 30), 10)
    assert not hides(wall, cells(20, 30, 20, 30), 9)


def test_a_window_in_a_wall_shows_what_is_behind(wall):
    wall[40, 40] = 20
    assert not hides(wall, cells(5, 89, 5, 89), 15)
    assert not hides(wall, cells(40, 40, 40, 40), 15)
    assert hides(wall, cells(64, 80, 5, 30), 15)


def test_nothing_is_ever_hidden_by_what_is_behind_it():
    random = np.random.default_rng(7)
    depths = random.integers(0, 50, (77, 77)).astype(np.uint32)
    depths[random.random((77, 77)) < 0.001] = EMPTY
    left, right = np.sort(random.integers(0, 77, (2, 3000)), axis=0)
    top, bottom = np.sort(random.integers(0, 77, (2, 3000)), axis=0)
    nearest = random.integers(30, 60, 3000).astype(np.uint32)
    hidden = Farthest(depths).hides(Rectangles(left, right, top, bottom), nearest)
    truly = [
        depths[t : b + 1, le : r + 1].max() < near
        for le, r, t, b, near in zip(left, right, top, bottom, nearest, strict=True)
    ]
    assert hidden.any() and not (hidden & ~np.array(truly)).any()
