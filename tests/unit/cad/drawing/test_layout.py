"""Where things stand on a sheet: nothing on top of anything else."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from utils.cad.analysis import Box as PartBox
from utils.cad.drawing.arranging import Views, arranged
from utils.cad.drawing.border import A4, SCALES, bordered, room
from utils.cad.drawing.dimensioning import below, beside
from utils.cad.drawing.looking import facing, front_of
from utils.cad.drawing.sheet import Layer, Text, text_width
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import fitted, length, plain

SIZES = (0.5, 7.0, 60.0, 350.0, 4000.0)
TITLE = TitleBlock("Part", "part.step", "2026-01-31")


def views_of(x: float, y: float, z: float) -> Views:
    box: PartBox = {"low": [1.0, -2.0, 3.0], "high": [1 + x, y - 2, 3 + z]}
    front = front_of(box)
    frames = (front, front.from_above(), front.from_right(), front.isometric())
    seen = [frame.box(box) for frame in frames]
    return Views(front=seen[0], top=seen[1], right=seen[2], isometric=seen[3])


@pytest.mark.parametrize("size", list(product(SIZES, repeat=3)), ids=str)
def test_views_and_dimensions_keep_off_each_other_whatever_the_part_measures(size):
    views = views_of(*size)
    plan = arranged(views, ["A note."])
    assert plan.scale in SCALES
    space = room(plan.paper, ["A note."])
    places = [
        plan.front.box(views.front),
        plan.top.box(views.top),
        plan.right.box(views.right),
        plan.isometric.box(views.isometric),
    ]
    assert not any(one.meets(other) for one, other in combinations(places, 2))
    for box in places:
        assert space.left <= box.left + 1e-9 and box.right <= space.right + 1e-9
        assert space.bottom <= box.bottom + 1e-9 and box.top <= space.top + 1e-9
    front, right = places[0], places[2]
    texts = [
        below(front, length(views.front.width), plan.scale).words().box(),
        beside(front, length(views.front.height), plan.scale).words().box(),
        below(right, length(views.right.width), plan.scale).words().box(),
    ]
    assert not any(text.meets(box) for text in texts for box in places)
    assert not any(one.meets(other) for one, other in combinations(texts, 2))


def test_the_front_of_a_part_is_its_largest_side_with_its_longer_edge_lying_down():
    for size in ((10, 20, 40), (40, 20, 10), (20, 40, 10)):
        views = views_of(*size)
        assert (views.front.width, views.front.height, views.right.width) == (40, 20, 10)


def test_a_view_from_behind_is_no_mirror_image():
    for x, y, z in ((0, 0, 1), (0, 0, -1), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0.6, 0, 0.8)):
        frame = facing((x, y, z))
        assert frame.back == pytest.approx((x, y, z))


def test_text_in_the_title_block_stays_in_its_cell():
    name = "W" * 300
    sheet = bordered(
        A4, TitleBlock(name, name, name, name, name, name, name), drawing="x", scale="1:1", notes=[]
    )
    lines = [shape for shape in sheet.on(Layer.TEXT) if isinstance(shape, Text)]
    assert not any(a.box().meets(b.box()) for a, b in combinations(lines, 2))


def test_fitted_text_is_no_wider_than_its_place():
    for text in ("short", "W" * 500, "Плита " * 40, "前面板" * 50):
        assert text_width(fitted(text, 40, 2.5), 2.5) <= 40


def test_plain_text_is_one_printable_line():
    assert plain("a\n\tb\x00\x1b\u202e c\ud800") == "a b c"


def test_halves_of_a_hundredth_are_rounded_up():
    assert length(3.175) == "3.18"
    assert length(-0.001) == "0.00"
