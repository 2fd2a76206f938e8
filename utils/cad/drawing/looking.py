"""From where a part is looked at: the directions of a view, and a part's box in its plane."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from utils.cad import analysis
from utils.cad.drawing.sheet import Box

Vector = tuple[float, float, float]

_ALONG = 1e-6  # how far a direction's components may be from those of an axis


@dataclass(frozen=True)
class Frame:
    """``right`` and ``up`` as directions of length 1 in the part's own axes."""

    right: Vector
    up: Vector

    @property
    def back(self) -> Vector:
        """Out of the paper, to the one who looks."""
        return cross(self.right, self.up)

    def flat(self, point: Sequence[float]) -> tuple[float, float]:
        """A point of the part in the view's plane."""
        return dot(self.right, point), dot(self.up, point)

    def box(self, box: analysis.Box) -> Box:
        """The box of the part as it is seen; exact when the view looks along an axis."""
        corners = [self.flat(corner) for corner in product(*zip(box["low"], box["high"], strict=True))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def from_above(self) -> Frame:
        return Frame(self.right, negative(self.back))

    def from_right(self) -> Frame:
        return Frame(negative(self.back), self.up)

    def turned(self) -> Frame:
        """The same side, turned by a quarter clockwise."""
        return Frame(self.up, negative(self.right))

    def isometric(self) -> Frame:
        """From the upper right corner in front."""
        right, up, back = self.right, self.up, self.back
        x = normal(add(right, negative(back)))
        z = normal(add(add(right, up), back))
        return Frame(x, cross(z, x))


def facing(direction: Vector) -> Frame:
    """The view onto faces that look in ``direction``: upright as drawings have it where it is along an axis."""
    for axis, right, up in (
        ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        ((0.0, 0.0, -1.0), (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        ((0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
        ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
        ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0)),
    ):
        if math.dist(direction, axis) < _ALONG:
            return Frame(right, up)
    helper = (0.0, 0.0, 1.0) if abs(direction[2]) < 0.9 else (0.0, 1.0, 0.0)
    right = normal(cross(helper, direction))
    return Frame(right, cross(direction, right))


def is_axis(direction: Vector) -> bool:
    return max(map(abs, direction)) > 1 - _ALONG


def front_of(box: analysis.Box) -> Frame:
    """The front of a part: its largest side, the longer edge of it lying down."""
    x, y, z = (high - low for low, high in zip(box["low"], box["high"], strict=True))
    sides = {(0.0, 0.0, 1.0): x * y, (0.0, -1.0, 0.0): x * z, (1.0, 0.0, 0.0): y * z}
    # a view along z wins a draw, then along y: the order above
    best = max(sides, key=lambda side: round(sides[side], 3))
    frame = facing(best)
    seen = frame.box(box)
    return frame.turned() if seen.height > 1.25 * seen.width else frame


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def negative(a: Vector) -> Vector:
    return (0.0 - a[0], 0.0 - a[1], 0.0 - a[2])


def normal(a: Vector) -> Vector:
    length = math.sqrt(dot(a, a))
    return (a[0] / length, a[1] / length, a[2] / length)
