"""What is a hole, how wide and deep, and what is none."""

from __future__ import annotations

import math

import pytest


def near(*values):
    return tuple(pytest.approx(value, abs=1e-5) for value in values)


def test_a_plate_has_its_four_holes_through(read):
    holes = read("plate_with_four_holes").holes
    assert [(hole["kind"], hole["diameter_mm"], hole["depth_mm"]) for hole in holes] == [
        ("through", pytest.approx(6), pytest.approx(5))
    ] * 4
    assert sorted(tuple(round(x, 6) for x in hole["axis"]["origin"][:2]) for hole in holes) == [
        (10, 10),
        (10, 50),
        (90, 10),
        (90, 50),
    ]
    assert all(hole["axis"]["direction"] == [0, 0, -1] for hole in holes)
    assert all(hole["counterbore"] is None and hole["countersink"] is None for hole in holes)


def test_a_hole_names_its_faces_as_the_preview_does(read):
    found = read("counterbored")
    kinds = {face["id"]: face["surface"] for face in found.part["faces"]}
    assert sorted(kinds[number] for number in found.hole["faces"]) == ["cylinder", "cylinder", "plane"]


def test_a_stepped_shaft_has_no_hole(read):
    assert read("stepped_shaft").holes == []


def test_the_bore_of_a_tube_is_a_hole_through_it(read):
    hole = read("tube").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("through", *near(16, 50))


def test_the_inside_of_a_cup_is_a_blind_hole(read):
    hole = read("cup").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("blind", *near(16, 45))
    assert hole["axis"] == {"origin": pytest.approx([0, 0, 50], abs=1e-5), "direction": [0, 0, -1]}


def test_a_counterbore_and_its_hole_are_one(read):
    hole = read("counterbored").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("through", *near(6.6, 20))
    assert hole["counterbore"] == {"diameter_mm": pytest.approx(11), "depth_mm": pytest.approx(6.5)}
    assert hole["countersink"] is None
    assert hole["axis"] == {"origin": pytest.approx([20, 20, 20], abs=1e-5), "direction": [0, 0, -1]}


def test_a_countersink_and_its_hole_are_one_and_its_mouth_is_the_wide_end(read):
    hole = read("countersunk").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("through", *near(4.5, 6))
    assert hole["countersink"] == {"diameter_mm": pytest.approx(9.4), "angle_deg": pytest.approx(90)}
    assert hole["counterbore"] is None
    assert hole["axis"] == {"origin": pytest.approx([15, 15, 0], abs=1e-5), "direction": [0, 0, 1]}


def test_a_chamfer_at_a_mouth_is_no_countersink(read):
    hole = read("chamfered_hole").hole
    assert (hole["diameter_mm"], hole["depth_mm"]) == near(10, 20)
    assert hole["countersink"] is None
    assert hole["counterbore"] is None


def test_a_hole_bored_wider_from_both_sides_is_one_hole(read):
    hole = read("stepped_both_ways").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("through", *near(8, 20))
    assert hole["counterbore"] == {"diameter_mm": pytest.approx(14), "depth_mm": pytest.approx(3)}


def test_blind_holes_are_as_deep_as_they_are_straight(read):
    flat, drilled = sorted(read("blind").holes, key=lambda hole: -hole["diameter_mm"])
    assert (flat["kind"], flat["diameter_mm"], flat["depth_mm"]) == ("blind", *near(8, 12))
    assert (drilled["kind"], drilled["diameter_mm"], drilled["depth_mm"]) == ("blind", *near(5, 15))
    assert drilled["countersink"] is None
    assert flat["axis"] == {"origin": pytest.approx([10, 20, 30], abs=1e-5), "direction": [0, 0, -1]}


def test_a_round_bottom_makes_a_hole_blind(read):
    hole = read("ball_ended").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("blind", *near(10, 15))


def test_slots_and_pockets_with_round_corners_are_no_holes(read):
    assert read("slotted").holes == []


def test_a_hole_into_a_bore_goes_through_to_it(read):
    bore, side = sorted(read("crossed").holes, key=lambda hole: -hole["diameter_mm"])
    assert (bore["kind"], bore["diameter_mm"], bore["depth_mm"]) == ("through", *near(20, 60))
    # it ends on a round wall: its deepest point counts
    assert (side["kind"], side["diameter_mm"]) == ("through", pytest.approx(6))
    assert side["depth_mm"] == pytest.approx(30 - math.sqrt(100 - 9), abs=1e-5)


def test_a_hole_across_a_tube_is_a_hole_in_either_wall(read):
    holes = read("drilled_tube").holes
    assert sorted((hole["kind"], round(hole["diameter_mm"], 6)) for hole in holes) == [
        ("through", 4),
        ("through", 4),
        ("through", 16),
    ]


@pytest.mark.parametrize("part", ["ring_groove", "cavity"])
def test_what_no_drill_reaches_is_no_hole(read, part):
    assert read(part).holes == []


def test_a_groove_for_a_ring_belongs_to_its_bore(read):
    hole = read("snap_ring_bore").hole
    assert (hole["kind"], hole["diameter_mm"], hole["depth_mm"]) == ("through", *near(20, 30))
    assert hole["counterbore"] is None


def test_holes_of_b_splines_are_holes(read):
    found = read("spline_holes")
    assert [(hole["kind"], hole["diameter_mm"], hole["depth_mm"]) for hole in found.holes] == [
        ("through", pytest.approx(6, abs=1e-4), pytest.approx(5, abs=1e-4))
    ] * 4
    assert sorted(face["surface"] for face in found.part["faces"]) == ["cylinder"] * 4 + ["plane"] * 6


def test_two_half_cylinders_are_one_hole(read):
    found = read("halved_hole")
    assert sum(face["surface"] == "cylinder" for face in found.part["faces"]) == 2
    assert (found.hole["kind"], found.hole["diameter_mm"], found.hole["depth_mm"]) == (
        "through",
        *near(12, 8),
    )


def test_a_drill_that_crosses_another_hole_leaves_one_hole(read):
    """A block 30 x 20 x 20 with a ⌀6 bore along y and a ⌀5 hole 16 deep from the side, across the bore."""
    found = read("crossing_holes")
    holes = sorted((hole["kind"], round(hole["diameter_mm"], 3)) for hole in found.holes)
    assert holes == [("blind", 5.0), ("through", 6.0)]
    [blind] = [hole for hole in found.holes if hole["kind"] == "blind"]
    assert blind["depth_mm"] == pytest.approx(16)
    assert blind["axis"]["direction"] == pytest.approx([1, 0, 0])
    assert blind["axis"]["origin"] == pytest.approx([0, 10, 10])


def test_a_counterbore_is_seen_from_whichever_side_its_axes_run(read):
    """The same counterbored hole, whose narrow wall was made from below and whose wide one from above."""
    [hole] = read("counterbore_from_both_sides").holes
    assert (hole["kind"], round(hole["diameter_mm"], 3)) == ("blind", 5.0)
    assert hole["counterbore"] == {"diameter_mm": pytest.approx(9), "depth_mm": pytest.approx(4)}
    assert hole["axis"]["direction"] == pytest.approx([0, 0, -1])
    assert hole["depth_mm"] == pytest.approx(15)
