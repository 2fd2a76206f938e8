"""Reads an edge of the kernel as plane lines and arcs; runs in the kernel's child only.

What is stored as a spline but is a line or an arc comes out as one; the rest becomes a run of chords.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.GCPnts import GCPnts_QuasiUniformDeflection
from OCP.GeomAbs import GeomAbs_Circle, GeomAbs_Line
from OCP.TopAbs import TopAbs_EDGE, TopAbs_REVERSED
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS

from utils.cad.drawing.contours import Piece
from utils.cad.drawing.sheet import Circle, Curve, Point, Polyline

RECOGNISED = 5e-4  # millimetres: how far a spline may stray from the line or arc that it stands for
_SAMPLES = 24


def edges_of(shape: Any) -> list[Any]:
    found = []
    explorer = TopExp_Explorer(shape, TopAbs_EDGE)
    while explorer.More():
        found.append(TopoDS.Edge(explorer.Current()))
        explorer.Next()
    return found


def flat_curves(compound: Any, chord: float) -> list[Curve]:
    """Every edge of ``compound``, seen along z; splines within ``chord`` millimetres."""
    return [curve for edge in edges_of(compound) for curve in _drawn(pieces_of(edge, chord))]


def pieces_of(edge: Any, chord: float) -> list[Piece]:
    """The edge from its start to its end, seen along z."""
    if BRep_Tool.Degenerated_s(edge):
        return []
    curve = BRepAdaptor_Curve(edge)
    points = _run(curve, chord)
    if edge.Orientation() == TopAbs_REVERSED:
        points.reverse()
    if curve.GetType() == GeomAbs_Line or _is_straight(points):
        return _straight(points)
    circle = _circle(curve, points)
    if circle:
        return _round(points, circle)
    return [Piece(a, b) for a, b in pairwise(points)]


def _drawn(pieces: list[Piece]) -> list[Curve]:
    if len(pieces) > 2 and not any(piece.bulge for piece in pieces):
        return [Polyline((pieces[0].start, *(piece.end for piece in pieces)))]
    return [piece.shape() for piece in pieces]


def _run(curve: Any, chord: float) -> list[Point]:
    """Points along the curve: by its own chord error, and never fewer than it takes to know its kind."""
    first, last = curve.FirstParameter(), curve.LastParameter()
    if curve.GetType() == GeomAbs_Line:
        parameters = [first, last]
    else:
        parameters = [first + (last - first) * step / _SAMPLES for step in range(_SAMPLES + 1)]
        if curve.GetType() != GeomAbs_Circle:
            by_chord = GCPnts_QuasiUniformDeflection(curve, chord)
            if by_chord.IsDone() and by_chord.NbPoints() > len(parameters):
                parameters = [by_chord.Parameter(number + 1) for number in range(by_chord.NbPoints())]
    points = []
    for parameter in parameters:
        point = curve.Value(parameter)
        points.append((point.X(), point.Y()))
    return points


def _is_straight(points: list[Point]) -> bool:
    (x, y), *_ = points
    far = max(points, key=lambda point: math.dist(point, (x, y)))
    length = math.dist(far, (x, y))
    if length < RECOGNISED:
        return True
    dx, dy = (far[0] - x) / length, (far[1] - y) / length
    return all(abs((py - y) * dx - (px - x) * dy) <= RECOGNISED for px, py in points)


def _straight(points: list[Point]) -> list[Piece]:
    """One piece; a curve seen edge-on may run to and fro along its line."""
    (x, y), *_ = points
    far = max(points, key=lambda point: math.dist(point, (x, y)))
    length = math.dist(far, (x, y))
    if length < RECOGNISED:
        return []
    along = [((px - x) * (far[0] - x) + (py - y) * (far[1] - y)) / length for px, py in points]
    if along == sorted(along):
        return [Piece(points[0], points[-1])]
    return [Piece(points[along.index(min(along))], points[along.index(max(along))])]


def _circle(curve: Any, points: list[Point]) -> Circle | None:
    """The circle that the curve runs along, if it is one seen face-on."""
    if curve.GetType() == GeomAbs_Circle:
        circle = curve.Circle()
        if abs(abs(circle.Axis().Direction().Z()) - 1) < 1e-9:
            centre = circle.Location()
            return Circle((centre.X(), centre.Y()), circle.Radius())
    third = len(points) // 3
    found = _through(points[0], points[third], points[2 * third])
    if found is None:
        return None
    on_it = all(abs(math.dist(point, found.centre) - found.radius) <= RECOGNISED for point in points)
    return found if on_it else None


def _through(a: Point, b: Point, c: Point) -> Circle | None:
    """The circle through three points; None for points (nearly) on a line."""
    bx, by, cx, cy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    d = 2 * (bx * cy - by * cx)
    if abs(d) < 1e-9:
        return None
    x = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d
    y = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d
    radius = math.hypot(x, y)
    return Circle((a[0] + x, a[1] + y), radius) if radius < 1e5 else None


def _round(points: list[Point], circle: Circle) -> list[Piece]:
    """Arcs of at most half a turn along the circle, in the order of ``points``."""
    x, y = circle.centre
    angles = [math.atan2(py - y, px - x) for px, py in points]
    turns = [_wrapped(after - before) for before, after in pairwise(angles)]
    turn = sum(turns)
    if abs(turn) > math.tau - 1e-6:
        turn = math.copysign(math.tau, turn)
    count = max(1, math.ceil(abs(turn) / math.pi - 1e-9))
    stops = [points[0]]
    for number in range(1, count):
        angle = angles[0] + turn * number / count
        stops.append((x + circle.radius * math.cos(angle), y + circle.radius * math.sin(angle)))
    stops.append(points[0] if abs(turn) >= math.tau else points[-1])
    bulge = math.tan(turn / count / 4)
    return [Piece(a, b, bulge) for a, b in pairwise(stops)]


def _wrapped(angle: float) -> float:
    return (angle + math.pi) % math.tau - math.pi
