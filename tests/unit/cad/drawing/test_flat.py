"""The outline for a laser or router: closed, exact, and nothing else in it."""

from __future__ import annotations

import math

import pytest

from tests.unit.cad.drawing.conftest import TITLE
from utils.cad.drawing.contours import area
from utils.cad.drawing.sheet import Contour
from utils.cad.problems import Unreadable

PLATES = ("plate", "tilted_plate", "front_plate", "slotted", "perforated")


def enclosed(drawn, layer: str) -> float:
    polylines = [area(Contour(tuple(line.get_points("xyb")))) for line in drawn.entities("LWPOLYLINE", layer)]
    circles = [math.pi * circle.dxf.radius**2 for circle in drawn.entities("CIRCLE", layer)]
    return sum(polylines) + sum(circles)


@pytest.mark.parametrize("part", PLATES)
def test_the_outline_times_the_thickness_is_the_volume(drawn, read, part):
    made, found = drawn(part, "flat"), read(part).part
    material = enclosed(made, "OUTLINE") - enclosed(made, "HOLES")
    assert material * found["thickness"]["mm"] == pytest.approx(found["volume_mm3"], rel=1e-4)


@pytest.mark.parametrize("part", [*PLATES, "screws", "rebated_plate"])
def test_every_contour_is_closed_and_there_is_nothing_else_to_cut(drawn, part):
    space = drawn(part, "flat").document.modelspace()
    for entity in space:
        if entity.dxf.layer == "NOTES":
            assert entity.dxftype() == "TEXT"
            continue
        assert entity.dxf.layer in ("OUTLINE", "HOLES", "MARK")
        assert entity.dxftype() in ("CIRCLE", "LWPOLYLINE")
        assert entity.dxftype() == "CIRCLE" or entity.closed


@pytest.mark.parametrize(
    ("part", "count"), [("plate", 4), ("tilted_plate", 4), ("front_plate", 4), ("slotted", 1)]
)
def test_each_through_hole_is_one_circle(drawn, part, count):
    assert len(drawn(part, "flat").entities("CIRCLE", "HOLES")) == count


def test_the_outline_is_at_its_true_size_in_millimetres(drawn):
    document = drawn("plate", "flat").document
    (outline,) = document.modelspace().query('LWPOLYLINE[layer=="OUTLINE"]')
    assert sorted(outline.get_points("xy")) == [
        pytest.approx(corner) for corner in ((0, 0), (0, 70), (120, 0), (120, 70))
    ]
    assert document.header["$INSUNITS"] == 4


def test_a_slot_with_round_ends_is_two_lines_and_two_half_circles(drawn):
    (slot,) = drawn("slotted", "flat").entities("LWPOLYLINE", "HOLES")
    assert sorted(abs(bulge) for _, _, bulge in slot.get_points("xyb")) == pytest.approx([0, 0, 1, 1])


def test_counterbores_and_countersinks_are_marked_and_not_cut(drawn):
    made = drawn("screws", "flat")
    assert sorted(circle.dxf.radius for circle in made.entities("CIRCLE", "HOLES")) == pytest.approx(
        [2, 2, 2.5, 2.5], abs=1e-3
    )
    assert sorted(circle.dxf.radius for circle in made.entities("CIRCLE", "MARK")) == pytest.approx(
        [4, 4, 5, 5], abs=1e-3
    )
    assert any("MARK" in note for note in made.notes)


def test_the_paper_sheet_is_at_full_scale(drawn):
    made = drawn("plate", "flat")
    assert "1:1" in made.words()
    assert 'width="297mm"' in made.svg


@pytest.mark.parametrize("part", ["angle", "tray", "shaft", "cross", "bar"])
def test_what_is_no_plate_is_refused_with_the_reason(drawn, part):
    with pytest.raises(Unreadable) as refusal:
        drawn(part, "flat")
    assert refusal.value.code == "not_a_plate"
    assert "is not a plate of constant thickness:" in refusal.value.message


def test_the_only_plate_among_other_parts_is_drawn_and_named_as_a_choice(kernel, drawn):
    made = drawn("pair", "flat", TITLE)
    assert len(made.entities("CIRCLE", "HOLES")) == 4
    assert any("the only one" in note for note in made.notes)
