"""Whether lines run through rectangles or each other, for finding places where text is legible."""

from __future__ import annotations

from itertools import pairwise

from utils.cad.drawing.sheet import Arc, Box, Circle, Curve, Line, Point

_STEP = 5.0  # degrees between the points that stand for an arc


def crosses(box: Box, curve: Curve) -> bool:
    """Whether ``curve`` touches the inside of ``box``; arcs are taken as their chords."""
    if not box.meets(curve.box()):
        return False
    return any(_segment(box, a, b) for a, b in pairwise(_points(curve)))


def _points(curve: Curve) -> list[Point]:
    if isinstance(curve, Line):
        return [curve.start, curve.end]
    if isinstance(curve, (Arc, Circle)):
        arc = Arc(curve.centre, curve.radius, 0.0, 360.0) if isinstance(curve, Circle) else curve
        count = max(1, round((arc.end - arc.start) / _STEP))
        return [arc.point(arc.start + (arc.end - arc.start) * step / count) for step in range(count + 1)]
    return [*curve.points, curve.points[0]] if curve.closed else list(curve.points)


def cut(curves: list[Curve], boxes: list[Box]) -> list[Curve]:
    """The curves with their straight lines broken where they run through a box."""
    for box in boxes:
        curves = [
            piece
            for curve in curves
            for piece in (
                _broken(curve, box) if isinstance(curve, Line) and box.meets(curve.box()) else [curve]
            )
        ]
    return curves


def _broken(line: Line, box: Box) -> list[Curve]:
    (x, y), (to_x, to_y) = line.start, line.end
    low, high = _clipped(box, line.start, line.end)
    if low >= high:
        return [line]
    into = (x + (to_x - x) * low, y + (to_y - y) * low)
    out = (x + (to_x - x) * high, y + (to_y - y) * high)
    pieces = [(0.0, low, Line(line.start, into)), (high, 1.0, Line(out, line.end))]
    return [piece for start, end, piece in pieces if end - start > 1e-6]


def _segment(box: Box, start: Point, end: Point) -> bool:
    low, high = _clipped(box, start, end)
    return low < high


def _clipped(box: Box, start: Point, end: Point) -> tuple[float, float]:
    """From where to where, as shares of its length, a segment runs inside a box (Liang and Barsky)."""
    low, high = 0.0, 1.0
    for axis, near, far in ((0, box.left, box.right), (1, box.bottom, box.top)):
        step = end[axis] - start[axis]
        if abs(step) < 1e-12:
            if not near < start[axis] < far:
                return 1.0, 0.0
            continue
        enter, leave = sorted(((near - start[axis]) / step, (far - start[axis]) / step))
        low, high = max(low, enter), min(high, leave)
    return low, high


def meet(one: Line, other: Line) -> bool:
    """Whether two lines cross."""

    def turn(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return (
        turn(one.start, one.end, other.start) * turn(one.start, one.end, other.end) < 0
        and turn(other.start, other.end, one.start) * turn(other.start, other.end, one.end) < 0
    )
