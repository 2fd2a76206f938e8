"""Whether a line runs through a rectangle, for finding places where text is legible."""

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


def _segment(box: Box, start: Point, end: Point) -> bool:
    """Clips the segment at each side in turn (Liang and Barsky); whether anything is left of it."""
    low, high = 0.0, 1.0
    for axis, near, far in ((0, box.left, box.right), (1, box.bottom, box.top)):
        step = end[axis] - start[axis]
        if abs(step) < 1e-12:
            if not near < start[axis] < far:
                return False
            continue
        enter, leave = sorted(((near - start[axis]) / step, (far - start[axis]) / step))
        low, high = max(low, enter), min(high, leave)
    return low < high
