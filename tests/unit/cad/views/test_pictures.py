"""What a view shows, pixel by pixel; each picture is drawn from a GLB whose corners are known."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from tests.unit.cad.views.solids import ALUMINIUM, BLACK, Model, moved
from utils.cad.views import NAMES
from utils.cad.views.picture import MARGIN, look
from utils.cad.views.scene import load

SIZE = 512
ORANGE = (0.9, 0.2, 0.01, 1.0)
DARK_PAGE = np.array([0x14, 0x17, 0x1A]) / 255


def draw(model: Model, name: str) -> np.ndarray:
    return draw_glb(model.glb(), name)


@functools.lru_cache(32)
def draw_glb(glb: bytes, name: str) -> np.ndarray:
    """Red, green, blue and opacity from 0 to 1, (SIZE, SIZE, 4)."""
    return look(load(glb), name, SIZE).picture(1, 1, 1)


def frame(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, right, top, bottom of what is opaque, the right and the bottom one past it."""
    columns, rows = (np.flatnonzero((picture[..., 3] > 0.5).any(axis=axis)) for axis in (0, 1))
    return columns[0], columns[-1] + 1, rows[0], rows[-1] + 1


def luminance(colour: np.ndarray) -> np.ndarray:
    """Relative luminance as WCAG 2 has it."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    light, dark = sorted((float(luminance(one)), float(luminance(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def cube(colour: tuple[float, ...] = ALUMINIUM) -> Model:
    return Model().box((0, 0, 0), (20, 20, 20), colour)


def hook() -> Model:
    """An L whose short leg points to +X, with a knob on its front (-Y), up at the left."""
    return Model().box((0, 0, 0), (10, 10, 60), ORANGE).box((10, 0, 0), (40, 10, 10), ORANGE)


@pytest.mark.parametrize("name", NAMES[:6])
def test_a_cube_fills_its_frame_but_for_an_even_margin(name):
    assert frame(draw(cube(), name)) == pytest.approx((MARGIN, SIZE - MARGIN, MARGIN, SIZE - MARGIN), abs=1)


@pytest.mark.parametrize("name", ["iso_left", "iso_right"])
def test_an_isometric_view_fills_its_frame_too(name):
    left, right, top, bottom = frame(draw(cube(), name))
    assert (top, bottom) == pytest.approx((MARGIN, SIZE - MARGIN), abs=1)
    assert left == pytest.approx(SIZE - right, abs=1)
    assert left > MARGIN


def test_the_ground_around_a_part_is_clear():
    picture = draw(cube(), "iso_right")
    assert picture[0, 0, 3] == picture[-1, -1, 3] == 0
    assert picture[SIZE // 2, SIZE // 2, 3] == 1


# where the tips of the CAD's X, Y and Z stand from the origin, to the right and up; None for a tip that is hidden
DIRECTIONS: dict[str, list[tuple[int, int] | None]] = {
    "front": [(1, 0), None, (0, 1)],
    "rear": [(-1, 0), (0, 0), (0, 1)],
    "left": [None, (-1, 0), (0, 1)],
    "right": [(0, 0), (1, 0), (0, 1)],
    "top": [(1, 0), (0, 1), (0, 0)],
    "bottom": [(1, 0), (0, -1), None],
    "iso_left": [(1, 1), (-1, 1), (0, 1)],
    "iso_right": [(1, -1), (1, 1), (0, 1)],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_view_looks_along_the_axis_that_its_name_promises(name):
    # yellow at the origin, the tips apart from it
    model = Model().box((0, 0, 0), (8, 8, 8), (0.7, 0.5, 0.02, 1.0))
    model.box((60, 0, 0), (68, 8, 8), (0.8, 0, 0, 1.0)).box((0, 60, 0), (8, 68, 8), (0, 0.5, 0, 1.0))
    model.box((0, 0, 60), (8, 8, 68), (0, 0, 0.9, 1.0))
    picture = draw(model, name)
    red, green, blue = (picture[..., part] for part in range(3))
    shown = picture[..., 3] > 0.99

    def middle(chosen: np.ndarray) -> np.ndarray | None:
        rows, columns = np.nonzero(shown & chosen)
        return np.array([columns.mean(), -rows.mean()]) if len(rows) > 20 else None

    tips = [
        middle((red > green + 0.35) & (red > blue + 0.35)),
        middle((green > red + 0.1) & (green > blue + 0.1)),
        middle((blue > red + 0.2) & (blue > green + 0.2)),
    ]
    assert [tip is None for tip in tips] == [expected is None for expected in DIRECTIONS[name]]
    origin = middle((red > blue + 0.3) & (np.abs(red - green) < 0.3))
    if origin is None:
        origin = next(tip for tip, expected in zip(tips, DIRECTIONS[name], strict=True) if expected == (0, 0))
    for tip, expected in zip(tips, DIRECTIONS[name], strict=True):
        if tip is not None:
            assert np.sign(np.round((tip - origin) / 40)).tolist() == list(expected or ())


def test_front_and_rear_of_a_plain_part_mirror_each_other():
    front, rear = (draw(hook(), name)[..., 3] for name in ("front", "rear"))
    assert np.abs(front - rear[:, ::-1]).mean() < 0.002
    assert np.abs(front - rear).mean() > 0.1


def test_a_hole_shows_what_is_behind_it():
    plate = Model().box((0, 0, 0), (60, 10, 4)).box((0, 30, 0), (60, 40, 4))
    plate.box((0, 10, 0), (20, 30, 4)).box((40, 10, 0), (60, 30, 4))
    top = draw(plate, "top")
    assert top[SIZE // 2, SIZE // 2, 3] == 0
    assert top[SIZE // 2, 100, 3] == 1


@pytest.mark.parametrize(
    ("colour", "strongest"), [((0.8, 0.02, 0.02, 1), 0), ((0.02, 0.5, 0.05, 1), 1), ((0.02, 0.1, 0.8, 1), 2)]
)
def test_a_colour_stays_recognisable(colour, strongest):
    shown = draw(cube(colour), "front")[SIZE // 2, SIZE // 2, :3]
    rest = np.delete(shown, strongest)
    assert shown[strongest] > rest.max() + 0.25


@pytest.mark.parametrize("name", ["top", "iso_left"])
def test_triangles_that_wind_against_their_normals_are_as_bright(name):
    box = ((0, 0, 0), (20, 20, 20))
    usual, turned = draw(Model().box(*box), name), draw(Model(inside_out=True).box(*box), name)
    assert np.abs(usual - turned).max() < 0.02


def test_a_black_part_shows_on_both_pages():
    picture = draw(cube(BLACK), "iso_right")
    faces = [picture[150, 256, :3], picture[330, 150, :3], picture[330, 360, :3]]
    for face in faces:
        assert luminance(face) > 0.05
        assert contrast(face, DARK_PAGE) > 2
        assert contrast(face, np.ones(3)) > 3


def test_the_faces_of_a_black_part_differ_and_lines_stand_between_them():
    picture = draw(cube(BLACK), "iso_right")
    top, left, right = picture[150, 256, :3], picture[330, 150, :3], picture[330, 360, :3]
    assert luminance(top) > luminance(left) > luminance(right)
    # along a row that crosses the upright edge between the two front faces
    across = luminance(picture[360, 230:282, :3])
    assert contrast(picture[360, 230 + int(across.argmin()), :3], right) > 1.5


def test_a_white_part_is_not_lost_on_a_white_page():
    picture = draw(cube((1, 1, 1, 1)), "front")
    assert contrast(picture[SIZE // 2, SIZE // 2, :3], np.ones(3)) > 1.1
    left = frame(picture)[0]
    assert contrast(picture[SIZE // 2, left + 1, :3], np.ones(3)) > 5


def test_a_step_between_parallel_faces_has_a_line():
    stair = Model().box((0, 0, 0), (40, 40, 10)).box((0, 0, 10), (20, 40, 10.6))
    row = luminance(draw(stair, "top")[SIZE // 2, 100:412, :3])
    middle = SIZE // 2 - 100
    assert row[middle - 4 : middle + 4].min() < 0.6 * row[middle - 60]


def test_a_smooth_seam_has_no_line():
    # two faces side by side in one plane, as a split face or a full cylinder has them
    model = Model()
    model.face([(0, 0, 0), (20, 0, 0), (20, 0, 40), (0, 0, 40)])
    model.face([(20, 0, 0), (40, 0, 0), (40, 0, 40), (20, 0, 40)])
    row = luminance(draw(model, "front")[SIZE // 2, 100:412, :3])
    assert np.ptp(row) < 0.01


def test_a_fine_polygon_is_smooth_and_a_coarse_one_has_edges():
    def lines(sides: int) -> int:
        column = luminance(draw(Model().cylinder(10, 20, sides), "front")[60:452, SIZE // 2, :3])
        return int(np.count_nonzero(np.diff((column < 0.2).astype(int)) == 1))

    assert lines(8) >= 2
    assert lines(48) == 0


@pytest.mark.parametrize("page", [np.ones(3), DARK_PAGE], ids=["white", "dark"])
@pytest.mark.parametrize(
    "model",
    [Model().box((0, 0, 0), (200, 200, 0.5)), Model().box((0, 0, 0), (1000, 0.1, 0.1))],
    ids=["sheet", "wire"],
)
def test_what_is_thinner_than_a_pixel_stays_visible_on_both_pages(model, page):
    picture = draw(model, "front")
    column = picture[:, SIZE // 2]
    shown = column[:, :3] * column[:, 3:] + page * (1 - column[:, 3:])
    assert max(contrast(pixel, page) for pixel in shown) > 1.8
    left, right, _, _ = frame(picture)
    assert right - left > SIZE - 2 * MARGIN - 3


def test_a_wire_before_a_plate_can_be_seen():
    model = Model().box((0, 10, 0), (200, 12, 200)).box((0, 0, 100), (200, 0.1, 100.1))
    column = luminance(draw(model, "front")[:, SIZE // 2, :3])
    middle = SIZE // 2
    assert column[middle - 5 : middle + 5].min() < 0.7 * column[middle - 60]


def test_clear_plastic_lets_through_what_is_behind_it():
    window = Model().box((0, 0, 0), (40, 2, 40), (0.1, 0.3, 0.8, 0.4))
    alone = draw(window, "front")[SIZE // 2, SIZE // 4]
    assert 0.2 < alone[3] < 0.9
    window.box((0, 10, 0), (20, 12, 40), ORANGE)
    picture = draw(window, "front")
    behind, free = picture[SIZE // 2, 200], picture[SIZE // 2, 312]
    assert behind[3] == 1
    assert behind[0] > free[0] + 0.2


def test_every_placement_of_a_part_is_drawn():
    model = Model().box((0, 0, 0), (10, 10, 10))
    model.placements = [moved(x, 0, 0) for x in (0, 20, 40)]
    row = draw(model, "front")[SIZE // 2, :, 3] > 0.5
    assert np.count_nonzero(np.diff(row.astype(int)) == 1) == 3


def test_a_mirrored_placement_is_lit_like_its_twin():
    plain, mirrored = cube(), cube()
    matrix = list(moved(0, 0, 0))
    matrix[0] = -matrix[0]
    mirrored.placements = [matrix]
    assert np.abs(draw(mirrored, "front") - draw(plain, "front")).max() < 0.02


def test_a_mesh_without_normals_is_lit_by_its_triangles():
    bare = Model(normals=False).box((0, 0, 0), (20, 20, 20))
    assert np.abs(draw(bare, "iso_right") - draw(cube(), "iso_right")).max() < 0.02


@pytest.mark.parametrize("size", [0.1, 100_000.0], ids=["a tenth of a millimetre", "a hundred metres"])
def test_size_does_not_matter(size):
    part = Model().box((0, 0, 0), (size, size, size))
    assert np.abs(draw(part, "iso_left") - draw(cube(), "iso_left")).max() < 0.02


def test_a_part_far_from_the_origin_looks_the_same():
    part = Model().box((50_000, 50_000, 0), (50_020, 50_020, 20))
    assert np.abs(draw(part, "iso_left") - draw(cube(), "iso_left")).mean() < 0.01
