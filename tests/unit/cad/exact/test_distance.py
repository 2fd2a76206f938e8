"""Distances between faces against what a ruler would say."""

from __future__ import annotations

import math

import pytest

from tests.support.step_text import StepText
from utils.cad.exact.distance import between
from utils.cad.problems import Unreadable


@pytest.fixture
def measure(kernel, read):
    """Measure between the faces of a part that two conditions pick out."""

    def run(part, one, other):
        found = read(part)
        faces = found.part["faces"]
        (a,) = [place for place, face in enumerate(faces) if one(face)]
        (b,) = [place for place, face in enumerate(faces) if other(face)]
        return between(kernel, found.faces, 0, a, 0, b)

    return run


def facing(*normal):
    return lambda face: face["surface"] == "plane" and face["normal"] == list(normal)


def at(x, y):
    return lambda face: face["surface"] == "cylinder" and face["axis"]["origin"][:2] == pytest.approx([x, y])


def test_two_sides_of_a_plate_are_as_far_apart_as_it_is_thick(measure):
    found = measure("plate_with_four_holes", facing(0, 0, 1), facing(0, 0, -1))
    assert found["distance_mm"] == pytest.approx(5)
    assert (found["parallel"], found["spacing_mm"], found["angle_deg"]) == (True, pytest.approx(5), 0)
    assert abs(found["points"][0][2] - found["points"][1][2]) == pytest.approx(5)


def test_two_holes_are_as_far_apart_as_the_web_between_them(measure):
    found = measure("plate_with_four_holes", at(10, 10), at(90, 50))
    assert found["distance_mm"] == pytest.approx(math.hypot(80, 40) - 6)
    assert math.dist(*found["points"]) == pytest.approx(found["distance_mm"])
    assert found["parallel"]
    assert found["spacing_mm"] is None


def test_sides_that_meet_have_no_distance_but_an_angle(measure):
    found = measure("plate_with_four_holes", facing(0, 0, 1), facing(1, 0, 0))
    assert (found["distance_mm"], found["angle_deg"], found["parallel"]) == (0, 90, False)


def test_a_hole_stands_square_on_the_plate(measure):
    found = measure("plate_with_four_holes", at(10, 10), facing(0, 0, 1))
    assert (found["angle_deg"], found["parallel"]) == (90, False)


def test_parallel_faces_beside_each_other_have_a_spacing_that_is_shorter_than_their_distance(kernel, read):
    """The top of a pocketed plate and the bottom of another solid far from it."""
    found = read("two_solids")
    faces = found.part["faces"]
    (a,) = [n for n, face in enumerate(faces) if facing(0, 0, 1)(face) and face["centre"][0] < 20]
    (b,) = [n for n, face in enumerate(faces) if facing(0, 0, -1)(face) and face["centre"][0] > 20]
    measured = between(kernel, found.faces, 0, a, 0, b)
    assert measured["spacing_mm"] == pytest.approx(10)
    assert measured["distance_mm"] == pytest.approx(math.hypot(20, 10))


def test_a_part_that_stands_in_several_places_has_no_one_distance_to_another(kernel, read):
    found = read("assembly")
    base = next(n for n, part in enumerate(found.analysis["parts"]) if part["quantity"] == 1)
    with pytest.raises(Unreadable) as caught:
        between(kernel, found.faces, base, 0, 1 - base, 0)
    assert caught.value.code == "several_places"


def test_two_parts_are_measured_where_the_assembly_places_them(kernel, read_file, tmp_path):
    step = StepText("mm")
    root = step.product("Frame")
    for name, x in (("One", 0.0), ("Other", 30.0)):
        step.occurrence(root, step.product(name, [step.box_solid((10, 10, 10))]), name, (x, 0, 0))
    path = tmp_path / "two.step"
    path.write_text(step.text())
    found = read_file(path)
    one, other = (part["faces"] for part in found.analysis["parts"])
    a = next(n for n, face in enumerate(one) if facing(1, 0, 0)(face))
    b = next(n for n, face in enumerate(other) if facing(-1, 0, 0)(face))
    measured = between(kernel, found.faces, 0, a, 1, b)
    assert measured["distance_mm"] == pytest.approx(20)
    assert measured["parallel"]
    assert [point[0] for point in measured["points"]] == pytest.approx([10, 30])


@pytest.mark.parametrize("place", [(0, 99), (5, 0), (0, -1)])
def test_a_face_that_is_not_there_is_told(kernel, read, place):
    with pytest.raises(Unreadable) as caught:
        between(kernel, read("two_solids").faces, 0, 0, *place)
    assert caught.value.code == "no_face"
