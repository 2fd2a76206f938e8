"""One line instead of many."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from utils.cad.drawing.contours import Open, Piece, area, closed
from utils.cad.drawing.crossing import crosses
from utils.cad.drawing.merging import merged
from utils.cad.drawing.sheet import Arc, Box, Circle, Contour, Line, Polyline


def ends(line: Any) -> list[float]:
    return sorted((*line.start, *line.end))


def test_doubles_and_collinear_pieces_become_one_line():
    for dx, dy in ((1, 0), (0, 1), (3, 4), (-3, 4), (0, -1)):
        pieces = [(0, 4), (3, 7), (7, 10), (10, 0)]
        (line,) = merged(Line((a * dx, a * dy), (b * dx, b * dy)) for a, b in pieces)
        assert ends(line) == pytest.approx(sorted((0, 0, 10 * dx, 10 * dy)), abs=1e-3)


def test_parallel_and_separate_lines_stay_apart():
    assert len(merged([Line((0, 0), (5, 0)), Line((0, 1), (5, 1)), Line((6, 0), (9, 0))])) == 3


def test_a_hidden_line_is_only_drawn_where_no_visible_one_lies():
    left = merged([Line((0, 0), (10, 0))], [Line((3, 0), (5, 0))])
    assert sorted(ends(line) for line in left) == [pytest.approx([0, 0, 0, 3]), pytest.approx([0, 0, 5, 10])]


def test_the_arcs_of_a_circle_become_a_circle():
    halves = [Arc((1, 2), 3, 0, 180), Arc((1, 2), 3, 180, 360)]
    assert merged(halves) == [Circle((1, 2), 3)]


def test_an_arc_through_zero_degrees_stays_one_arc():
    arc: Any
    (arc,) = merged([Arc((0, 0), 1, 300, 360), Arc((0, 0), 1, 0, 60)])
    assert (arc.start, arc.end) == pytest.approx((300, 420))


def test_an_arc_under_a_circle_is_not_drawn():
    assert merged([Arc((0, 0), 1, 300, 400)], [Circle((0, 0), 1)]) == []


def test_the_same_curve_run_backwards_is_the_same_curve():
    points = ((0.0, 0.0), (1.0, 2.0), (3.0, 1.0))
    assert merged([Polyline(points), Polyline(points[::-1])]) == [Polyline(points)]


def test_a_contour_with_bulges_encloses_its_arcs():
    stadium = Contour(((0, 0, 0), (10, 0, 1), (10, 4, 0), (0, 4, 1)))
    assert stadium.area() == pytest.approx(40 + math.pi * 4)
    box = stadium.box()
    assert (box.left, box.bottom, box.right, box.top) == pytest.approx((-2, 0, 12, 4))


def test_pieces_that_run_on_are_joined_over_the_start_too():
    corners = [(5, 0), (10, 0), (10, 10), (0, 10), (0, 0), (3, 0), (5, 0)]
    contour = closed([Piece(a, b) for a, b in pairwise(corners)])
    assert isinstance(contour, Contour)
    assert len(contour.corners) == 4
    assert area(contour) == 100


def test_two_half_circles_are_a_circle():
    circle = closed([Piece((1, 0), (-1, 0), 1), Piece((-1, 0), (1, 0), 1)])
    assert isinstance(circle, Circle)
    assert (*circle.centre, circle.radius) == pytest.approx((0, 0, 1))


def test_pieces_that_leave_a_gap_are_no_contour():
    with pytest.raises(Open):
        closed([Piece((0, 0), (1, 0)), Piece((1, 0), (1, 1)), Piece((1, 1), (0, 0.5))])


def test_a_line_through_a_rectangle_crosses_it_and_one_past_its_corner_does_not():
    box = Box(0, 0, 2, 1)
    assert crosses(box, Line((-1, 0.5), (3, 0.5)))
    assert crosses(box, Circle((0, 0), 1))
    assert not crosses(box, Line((-1, 0.5), (0.2, 1.8)))
    assert not crosses(box, Circle((1, 0.5), 5))
