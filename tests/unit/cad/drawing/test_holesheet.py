"""The plan of a holes sheet: views, callouts, tags and table, nothing on top of anything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Literal

import pytest

from utils.cad.analysis import Box as PartBox
from utils.cad.analysis import Hole
from utils.cad.drawing.border import SCALES, bordered, room
from utils.cad.drawing.callouts import called_out, spread
from utils.cad.drawing.crossing import crosses, cut, meet
from utils.cad.drawing.dressing import Dressed, HoleViews
from utils.cad.drawing.holegroups import sides_of
from utils.cad.drawing.holesheet import FEW_CALLOUTS_NOTE, HolePlan, planned
from utils.cad.drawing.holetable import ROW, add_table
from utils.cad.drawing.looking import facing
from utils.cad.drawing.moving import Place
from utils.cad.drawing.overall import Subject
from utils.cad.drawing.sheet import Box, Circle, Line
from utils.cad.drawing.tags import NO_LINES, Tag, tags_of
from utils.cad.drawing.title import TitleBlock

TITLE = TitleBlock("Part", "part.step", "2026-01-31")
UP = [0.0, 0.0, 1.0]
SLANTED = [0.6, 0.0, 0.8]
FRONT = facing((0.0, 0.0, 1.0))
NOTES = ["A note."]


def hole(
    x: float,
    y: float,
    diameter: float,
    direction: list[float] = UP,
    kind: Literal["through", "blind"] = "through",
) -> Hole:
    return {
        "kind": kind,
        "diameter_mm": diameter,
        "depth_mm": 5.0,
        "axis": {"origin": [x, y, 0.0], "direction": [-part for part in direction]},
        "counterbore": None,
        "countersink": None,
        "faces": [],
    }


def plan_of(size: tuple[float, float, float], holes: list[Hole]) -> HolePlan:
    box: PartBox = {"low": [0.0, 0.0, -size[2]], "high": [size[0], size[1], 0.0]}
    subject = Subject(box, [], None)
    front = subject.front()
    sides = sides_of(holes, front)
    boxes = [side.frame.box(box) for side in sides]
    return planned(HoleViews(subject, front, sides, boxes, front.isometric().box(box)), NOTES)


def row(wide: float, high: float, count: int) -> list[Hole]:
    """Holes of five sizes in three rows along the longer side."""
    long, short = max(wide, high), min(wide, high)
    places = [(long * (n + 1) / (count + 1), short * (1 + n % 3) / 4) for n in range(count)]
    return [
        hole(*(at if wide >= high else at[::-1]), short * (1 + n % 5) / 40) for n, at in enumerate(places)
    ]


PLANS = {
    "plate": plan_of((100, 60, 5), row(100, 60, 4)),
    "long bar": plan_of((900, 80, 20), row(900, 80, 30)),
    "crowded": plan_of((30, 30, 4), row(30, 30, 90)),
    "upright": plan_of((200, 700, 40), row(200, 700, 60)),
    "tiny": plan_of((3, 2, 1), row(3, 2, 2)),
    "every side": plan_of(
        (60, 40, 30),
        [
            hole(x, 15, 4, direction, "blind")
            for x, direction in enumerate(
                ([0.0, 0.0, -1.0], UP, [1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0])
            )
        ],
    ),
    "hundred kinds": plan_of(
        (600, 400, 10), [hole(20 + 55 * (n % 10), 20 + 38 * (n // 10), 2 + n / 10) for n in range(100)]
    ),
    "forty kinds": plan_of(
        (300, 200, 10), [hole(8 + 7 * n, 20 + 37 * (n % 5), 2 + n / 10) for n in range(40)]
    ),
}


@pytest.fixture(params=PLANS, ids=str)
def plan(request) -> HolePlan:
    return PLANS[request.param]


def test_views_table_and_title_block_keep_off_each_other(plan):
    sheet = bordered(plan.paper, TITLE, drawing="Holes", scale="1:1", notes=plan.notes)
    add_table(sheet, plan.table, plan.table_at)
    boxes = [view.outer for view in plan.views] + sheet.blocks
    assert plan.scale in SCALES
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    space = room(plan.paper, plan.notes).grown(1e-6)
    for box in (*(view.outer for view in plan.views), plan.table_at):
        assert space.left <= box.left and box.right <= space.right
        assert space.bottom <= box.bottom and box.top <= space.top


def test_the_three_views_stand_in_third_angle(plan):
    front, top, right = (view.view for view in plan.views[:3])
    assert [view.side.name for view in plan.views[:3]] == ["FRONT", "TOP", "RIGHT"]
    assert top.left == pytest.approx(front.left) and top.bottom > front.top
    assert right.bottom == pytest.approx(front.bottom) and right.left > front.right


def test_the_isometric_view_stands_alone():
    plan = PLANS["plate"]
    assert plan.isometric
    box: PartBox = {"low": [0.0, 0.0, -5.0], "high": [100.0, 60.0, 0.0]}
    seen = plan.isometric.box(FRONT.isometric().box(box))
    assert not any(seen.meets(other) for other in (*(view.outer for view in plan.views), plan.table_at))


def test_overall_dimensions_are_on_the_sheet_and_no_leader_crosses_one(plan):
    dimensions = [each for view in plan.views for each in view.dimensions]
    assert len(dimensions) == 3
    leaders = [callout.leader for view in plan.views for callout in view.callouts]
    lines = [piece for each in dimensions for piece in each.pieces() if isinstance(piece, Line)]
    assert not any(meet(leader, line) for leader in leaders for line in lines)


def test_words_and_leaders_of_callouts_overlap_nothing(plan):
    for view in plan.views:
        boxes = [callout.box() for callout in view.callouts]
        outside = [*(each.words().box() for each in view.dimensions), view.view]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
        assert not any(box.meets(other) for box in boxes for other in outside)
        for one, other in combinations(view.callouts, 2):
            assert not crosses(one.words.box(), other.leader)
            assert not crosses(other.words.box(), one.leader)


def placed_tags(plan: HolePlan) -> Iterator[tuple[Dressed, list[Tag]]]:
    for view in plan.views:
        tags = tags_of(view.side, view.place, view.view, view.callouts, NO_LINES)
        assert tags is not None
        yield view, tags


def test_each_hole_has_one_tag_and_tags_overlap_nothing(plan):
    if not plan.every_hole:
        pytest.skip("this one lists its holes by kind")
    for view, tags in placed_tags(plan):
        assert len({tag.words.text for tag in tags}) == len(tags) == view.side.count
        boxes = [tag.words.box() for tag in tags]
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
        for callout in view.callouts:
            assert not any(box.meets(callout.words.box()) or crosses(box, callout.leader) for box in boxes)
        for group in view.side.groups:
            for at in group.places:
                round_ = Circle(view.place.point(at), group.radius * view.place.scale * 0.7)
                assert not any(box.meets(inner(round_)) for box in boxes)


def inner(circle: Circle) -> Box:
    """The square in a circle."""
    (x, y), half = circle.centre, circle.radius * 0.7
    return Box(x - half, y - half, x + half, y + half)


def test_a_few_holes_each_have_a_row():
    assert [name for name, plan in PLANS.items() if not plan.every_hole] == ["crowded"]


def test_every_kind_of_hole_has_one_callout_unless_there_are_too_many(plan):
    said = FEW_CALLOUTS_NOTE in plan.notes
    assert said == (plan is PLANS["hundred kinds"])
    for view in plan.views:
        assert len(view.callouts) == min(8 if said else 999, len(view.side.groups))


def test_a_callout_stands_at_the_edge_that_is_nearest_to_its_hole():
    (side, *_) = sides_of([hole(10, 30, 5), hole(190, 30, 6), hole(100, 55, 4)], FRONT)
    view = Box(0, 0, 200, 60)
    callouts = called_out(side, Place(0, 0, 1), view, ("right", "left", "above"))
    knees = {callout.words.text: callout.knee for callout in callouts}
    assert knees["Ø5.00 THRU"][0] < 0
    assert knees["Ø6.00 THRU"][0] > 200
    assert knees["Ø4.00 THRU"][1] > 60


def test_of_alike_holes_the_nearest_to_the_callout_is_pointed_at():
    (side, *_) = sides_of([hole(x, 30, 5) for x in (20, 100, 180)], FRONT)
    (callout,) = called_out(side, Place(0, 0, 1), Box(0, 0, 200, 60), ("right",))
    assert callout.tip[0] > 180


def test_a_leader_makes_way_for_a_hole_before_its_own():
    (side, *_) = sides_of([hole(150, 30, 12), hole(180, 30, 5)], FRONT)
    callouts = called_out(side, Place(0, 0, 1), Box(0, 0, 200, 60), ("right",))
    (large,) = [callout for callout in callouts if "12.00" in callout.words.text]
    assert not crosses(Circle((180, 30), 2.5).box(), large.leader)


def test_lines_of_callouts_keep_their_distance_and_their_order():
    heights = spread([50.0, 49.0, 48.0, 20.0, 0.0, -1.0], 0.0)
    assert all(one - other >= 5.0 - 1e-9 for one, other in pairwise(heights))
    assert heights[3] == 20.0 and heights[-1] == 0.0
    assert heights[1] == pytest.approx(49.0)


def test_a_table_is_not_cut_into_scraps_nor_after_a_heading():
    table = PLANS["every side"].table
    for wide, high in table.sizes(Box(0, 0, 1000, 1000)):
        rows = round(high / ROW) - 1
        blocks = [table.rows[start : start + rows] for start in range(0, len(table.rows), rows)]
        assert wide >= len(blocks) * sum(table.widths)
        assert len(blocks) == 1 or rows >= 4
        assert all(len(block[-1]) > 1 for block in blocks)


def test_lines_are_broken_at_words():
    assert cut([Line((0, 0), (10, 0))], [Box(4, -1, 6, 1)]) == [Line((0, 0), (4, 0)), Line((6, 0), (10, 0))]
    assert cut([Line((0, 2), (10, 2))], [Box(4, -1, 6, 1)]) == [Line((0, 2), (10, 2))]


def test_a_through_hole_is_shown_by_the_front_from_either_side():
    for direction in (UP, [0.0, 0.0, -1.0]):
        front, *others = sides_of([hole(10, 10, 5, direction)], FRONT)
        assert (front.count, [side.count for side in others]) == (1, [0, 0])


@pytest.mark.parametrize(
    ("direction", "name", "right", "up"),
    [
        ([0.0, 0.0, -1.0], "VIEW 1, FROM -Z", (-1, 0, 0), (0, 1, 0)),
        ([-1.0, 0.0, 0.0], "VIEW 1, FROM -X", (0, 0, 1), (0, 1, 0)),
        ([0.0, -1.0, 0.0], "VIEW 1, FROM -Y", (1, 0, 0), (0, 0, 1)),
    ],
)
def test_a_blind_hole_from_behind_brings_its_view_turned_as_third_angle_has_it(direction, name, right, up):
    *standard, side = sides_of([hole(10, 10, 5, direction, "blind")], FRONT)
    assert [each.count for each in standard] == [0, 0, 0]
    assert side.name == name
    assert (side.frame.right, side.frame.up) == (right, up)
    assert side.frame.back == pytest.approx(direction)


def test_a_counterbored_hole_from_behind_brings_its_view():
    bored = hole(10, 10, 5, [0.0, 0.0, -1.0])
    bored["counterbore"] = {"diameter_mm": 9.0, "depth_mm": 2.0}
    assert sides_of([bored], FRONT)[-1].name == "VIEW 1, FROM -Z"


def test_a_slanted_through_hole_is_drawn_on_the_side_that_has_others_already():
    behind = [-part for part in SLANTED]
    holes = [hole(10, 10, 5, SLANTED), hole(20, 10, 4, behind, "blind")]
    *_, side = sides_of(holes, FRONT)
    assert side.frame.back == pytest.approx(behind)
    assert side.count == 2


def test_holes_behind_each_other_are_one_place_in_two_walls():
    near, far = hole(10, 10, 5), hole(10, 10, 5)
    far["axis"]["origin"][2] = -40.0
    (group,) = sides_of([near, far], FRONT)[0].groups
    assert group.places == [(10.0, 10.0)]
    assert group.callout() == "Ø5.00 THRU, IN 2 WALLS"
