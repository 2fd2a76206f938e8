"""Roundings in and on corners, and how thick a part is."""

from __future__ import annotations

import pytest


def fillets(part) -> list[tuple[float, bool, int]]:
    return sorted((round(one["radius_mm"], 6), one["inside"], len(one["faces"])) for one in part["fillets"])


def test_a_fillet_in_a_corner_is_inside_and_one_on_a_corner_is_not(read):
    assert fillets(read("filleted").part) == [(5, True, 1), (8, False, 1)]


def test_round_corners_of_a_pocket_are_fillets_as_the_cutter_leaves_them_and_slot_ends_are_not(read):
    assert fillets(read("slotted").part) == [(4, True, 1)] * 4


def test_fillets_that_run_into_each_other_are_one(read):
    found = read("soft_box").part
    assert fillets(found) == [(4, False, 20)]
    assert sum(face["surface"] == "sphere" for face in found["faces"]) == 8


@pytest.mark.parametrize(
    "part", ["stepped_shaft", "tube", "plate_with_four_holes", "halved_hole", "turned_bar"]
)
def test_turned_walls_and_holes_are_no_fillets(read, part):
    assert read(part).part["fillets"] == []


@pytest.mark.parametrize(
    ("part", "thickness", "constant"),
    [
        ("plate_with_four_holes", 5, True),
        ("spline_holes", 5, True),
        ("turned_bar", 10, True),
        ("pocketed_plate", 10, False),
        ("counterbored", 20, False),
        ("box_tube", 2, False),
    ],
)
def test_a_plate_is_as_thick_everywhere_and_a_tube_as_thick_as_its_wall(read, part, thickness, constant):
    found = read(part).part["thickness"]
    assert (found["mm"], found["constant"]) == (pytest.approx(thickness, abs=1e-6), constant)


def test_a_thickness_lies_between_the_faces_that_it_names(read):
    part = read("plate_with_four_holes").part
    named = [face for face in part["faces"] if face["id"] in part["thickness"]["faces"]]
    assert sorted(face["normal"] for face in named) == [[0, 0, -1], [0, 0, 1]]
