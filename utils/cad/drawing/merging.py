"""Makes one line of many: drops doubles, joins collinear pieces, and takes hidden lines from under visible ones."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from utils.cad.drawing.sheet import Arc, Circle, Curve, Line, Point, Polyline

_SAME = 1e-3  # millimetres: nearer than this counts as the same place
_TURN = 360.0

Span = tuple[float, float]
_LineKey = tuple[float, float]  # direction in radians, distance from the origin
_CircleKey = tuple[float, float, float]
_FreeKey = tuple[Point, ...]


def merged(curves: Iterable[Curve], under: Iterable[Curve] = ()) -> list[Curve]:
    """The same drawing with the fewest curves; what ``under`` (already merged) covers is left out."""
    mine, covering = _Sorted(curves), _Sorted(under)
    found: list[Curve] = []
    for key, spans in mine.lines.items():
        left = _without(_joined(spans), covering.lines.get(key, []))
        found += [_line(key, span) for span in left]
    for at, spans in mine.arcs.items():
        left = _without(_joined(_unrolled(spans)), _joined(_unrolled(covering.arcs.get(at, []))))
        found += _arcs(mine.circle_at[at], left)
    found += [curve for run, curve in mine.free.items() if run not in covering.free]
    return found


class _Sorted:
    """Curves by the infinite line or circle that they lie on."""

    def __init__(self, curves: Iterable[Curve]) -> None:
        self.lines: dict[_LineKey, list[Span]] = defaultdict(list)
        self.arcs: dict[_CircleKey, list[Span]] = defaultdict(list)
        self.circle_at: dict[_CircleKey, Circle] = {}
        self.free: dict[_FreeKey, Polyline] = {}
        for curve in curves:
            if isinstance(curve, Line):
                self._add_line(curve)
            elif isinstance(curve, Polyline):
                self._add_free(curve)
            else:
                self._add_arc(curve)

    def _add_line(self, line: Line) -> None:
        (x1, y1), (x2, y2) = line.start, line.end
        length = math.hypot(x2 - x1, y2 - y1)
        if length < _SAME:
            return
        angle = math.atan2(y2 - y1, x2 - x1)
        # both directions of a line count as one
        if angle <= -math.pi / 2 + 1e-6:
            angle += math.pi
        elif angle > math.pi / 2 + 1e-6:
            angle -= math.pi
        angle = round(angle, 5)
        along_x, along_y = math.cos(angle), math.sin(angle)
        off = round(along_x * (y1 + y2) / 2 - along_y * (x1 + x2) / 2, 3) + 0.0
        low, high = sorted((x1 * along_x + y1 * along_y, x2 * along_x + y2 * along_y))
        self.lines[(angle + 0.0, off)].append((low, high))

    def _add_arc(self, curve: Arc | Circle) -> None:
        if curve.radius < _SAME:
            return
        (x, y), r = curve.centre, curve.radius
        key = (round(x, 3) + 0.0, round(y, 3) + 0.0, round(r, 3))
        self.circle_at.setdefault(key, Circle((x, y), r))
        self.arcs[key].append((curve.start, curve.end) if isinstance(curve, Arc) else (0.0, _TURN))

    def _add_free(self, curve: Polyline) -> None:
        key = tuple((round(x, 2) + 0.0, round(y, 2) + 0.0) for x, y in curve.points)
        self.free.setdefault(min(key, key[::-1]), curve)


def _line(key: _LineKey, span: Span) -> Line:
    angle, off = key
    along_x, along_y = math.cos(angle), math.sin(angle)
    start, end = (
        (along_x * along - along_y * off + 0.0, along_y * along + along_x * off + 0.0) for along in span
    )
    return Line(start, end)


def _unrolled(spans: list[Span]) -> list[Span]:
    """Spans of angles within one turn: those that run past 360° are cut there."""
    cut: list[Span] = []
    for start, end in spans:
        start, end = start % _TURN, start % _TURN + (end - start)
        cut += [(start, end)] if end <= _TURN else [(start, _TURN), (0.0, end - _TURN)]
    return cut


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1] + _SAME:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    left = spans
    for low, high in taken:
        rest: list[Span] = []
        for start, end in left:
            if high <= start or low >= end:
                rest.append((start, end))
                continue
            rest += [(start, low), (high, end)]
        left = [(start, end) for start, end in rest if end - start > 2 * _SAME]
    return left


def _arcs(circle: Circle, spans: list[Span]) -> list[Curve]:
    if spans and spans[0][0] <= _SAME and spans[-1][1] >= _TURN - _SAME:
        if len(spans) == 1:
            return [circle]
        # one arc that runs through 0°
        spans = [*spans[1:-1], (spans[-1][0], spans[0][1] + _TURN)]
    return [Arc(circle.centre, circle.radius, start, end) for start, end in spans]
