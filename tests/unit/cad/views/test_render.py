"""``render`` in a real child: eight files and a thumbnail, or a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.unit.cad.views.solids import ALUMINIUM, Model
from utils.cad.glb import Glb
from utils.cad.problems import Unreadable
from utils.cad.step_converter import convert
from utils.cad.views import NAMES, SIZE, VIEWS_KEY, render
from utils.cad.views.scene import load
from utils.sandbox import Limits

DEMO = Path(__file__).parents[4] / "utils" / "demo" / "step"
LIMITS = Limits(wall_s=60)


@pytest.fixture
def glb(tmp_path):
    """Write a model's GLB; returns its path."""

    def write(content: Model | bytes) -> Path:
        path = tmp_path / "part.glb"
        path.write_bytes(content if isinstance(content, bytes) else content.glb())
        return path

    return write


def cube() -> Model:
    return Model().box((0, 0, 0), (20, 20, 20))


@pytest.fixture(scope="module")
def gearbox(sandbox, tmp_path_factory):
    """The demo gearbox's pictures: 90 placements of 21 parts."""
    with convert(sandbox, DEMO / "gearbox.step", limits=LIMITS) as made:
        views = render(sandbox, made.glb_path, limits=LIMITS)
    yield views
    views.discard()


def test_the_views_have_their_names_and_order():
    assert NAMES == ("front", "rear", "left", "right", "top", "bottom", "iso_left", "iso_right")


def test_each_view_is_a_small_png_with_a_clear_ground(gearbox):
    assert tuple(gearbox.paths) == NAMES
    for path in gearbox.paths.values():
        with Image.open(path) as image:
            assert (image.format, image.size) == ("PNG", (SIZE, SIZE))
            pixels = np.asarray(image.convert("RGBA"))
        assert pixels[0, 0, 3] == 0
        assert pixels[..., 3].max() == 255
        assert path.stat().st_size <= 40_000


def test_the_thumbnail_is_a_small_webp_of_an_isometric_view(gearbox):
    assert gearbox.thumbnail_of in ("iso_left", "iso_right")
    assert gearbox.thumbnail.stat().st_size <= 10_000
    with Image.open(gearbox.thumbnail) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
        small = np.asarray(image.convert("RGBA").getchannel("A"), float)
    with Image.open(gearbox.paths[gearbox.thumbnail_of]) as image:
        large = np.asarray(image.convert("RGBA").getchannel("A").resize((256, 256)), float)
    assert np.abs(small - large).mean() < 6


def test_a_palette_keeps_what_was_drawn(gearbox):
    with Image.open(gearbox.paths["iso_right"]) as image:
        pixels = np.asarray(image.convert("RGBA"), int)
    red, green, blue = (pixels[..., part] for part in range(3))
    orange = (red > 200) & (green < 160) & (blue < 90)
    assert np.count_nonzero(orange) > 1000, "the printed encoder mount"
    assert len(np.unique(pixels[..., :3].reshape(-1, 3), axis=0)) > 40


def test_the_same_glb_gives_the_same_bytes(sandbox, glb):
    path = glb(cube())
    with render(sandbox, path, limits=LIMITS) as one, render(sandbox, path, limits=LIMITS) as two:
        for name in NAMES:
            assert one.paths[name].read_bytes() == two.paths[name].read_bytes()
        assert one.thumbnail.read_bytes() == two.thumbnail.read_bytes()


def test_the_thumbnail_shows_the_side_where_more_is_to_be_seen(sandbox, glb):
    # small blocks on the left side only
    model = cube()
    for y in (3, 9, 15):
        for z in (3, 9, 15):
            model.box((-2, y, z), (0, y + 2, z + 2))
    with render(sandbox, glb(model), limits=LIMITS) as views:
        assert views.thumbnail_of == "iso_left"


def test_progress_goes_from_nothing_to_all(sandbox, glb):
    heard = []
    with render(sandbox, glb(cube()), limits=LIMITS, progress=lambda share, stage: heard.append(share)):
        pass
    assert heard[0] == 0 and heard[-1] == 1 and heard == sorted(heard)


@pytest.mark.parametrize("nothing", ["no mesh", "no triangle", "one point"])
def test_an_empty_model_is_refused_with_a_sentence(sandbox, glb, nothing):
    empty = Model()
    if nothing == "no triangle":
        empty.face([(0, 0, 0), (1, 0, 0)])
    if nothing == "one point":
        empty.face([(5, 5, 5)] * 3)
    with pytest.raises(Unreadable, match="no solid or surface") as refused:
        render(sandbox, glb(empty), limits=LIMITS)
    assert refused.value.code == "no_shape"


def test_a_damaged_glb_is_refused_with_a_sentence(sandbox, glb):
    with pytest.raises(Unreadable, match="damaged") as refused:
        render(sandbox, glb(cube().glb()[:200]), limits=LIMITS)
    assert refused.value.code == "damaged"


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(wall_s=0.05), "took_too_long"), (Limits(memory_mb=40), "out_of_memory")],
    ids=["time", "memory"],
)
def test_a_child_that_passes_its_limits_leaves_nothing(sandbox, scratch, glb, limits, code):
    before = set(scratch.iterdir())
    with pytest.raises(Unreadable) as refused:
        render(sandbox, glb(cube()), limits=limits)
    assert refused.value.code == code
    assert set(scratch.iterdir()) == before


def test_a_cancelled_drawing_leaves_nothing(sandbox, scratch, glb):
    before = set(scratch.iterdir())
    with pytest.raises(Unreadable) as refused:
        render(sandbox, glb(cube()), limits=LIMITS, cancelled=lambda: True)
    assert refused.value.code == "cancelled"
    assert set(scratch.iterdir()) == before


def test_the_key_names_its_version():
    assert VIEWS_KEY.startswith("views2-")


def test_faces_follow_the_numbers_that_the_preview_gives(glb):
    # two coplanar halves that share vertices: only ``starts`` can tell that there are two faces
    model = Model()
    model.face([(0, 0, 0), (10, 0, 0), (10, 0, 10), (0, 0, 10)], ALUMINIUM)
    described = Glb.parse(model.glb())
    assert len(set(load(model.glb()).faces)) == 1
    described.document["meshes"][0]["primitives"][0]["extras"] = {"firstFace": 1, "starts": [0, 1]}
    path = glb(b"")
    with path.open("wb") as file:
        described.write(file)
    assert load(path.read_bytes()).faces.tolist() == [0, 1]
