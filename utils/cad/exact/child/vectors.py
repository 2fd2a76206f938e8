"""Small vector arithmetic on plain tuples of three numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

Vector = tuple[float, float, float]


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, by: float) -> Vector:
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    return math.sqrt(dot(a, a))


def unit(a: Vector) -> Vector:
    """``a`` at length 1; (0, 0, 0) when it has none."""
    size = length(a)
    return scale(a, 1 / size) if size > 1e-300 else (0.0, 0.0, 0.0)


def rejected(a: Vector, direction: Vector) -> Vector:
    """What is left of ``a`` across ``direction``, which has length 1."""
    return subtract(a, scale(direction, dot(a, direction)))


def frame(direction: Vector) -> tuple[Vector, Vector]:
    """Two directions that are square to ``direction`` and to each other."""
    least = min(range(3), key=lambda axis: abs(direction[axis]))
    across = unit(cross(direction, tuple(float(axis == least) for axis in range(3))))  # type: ignore[arg-type]
    return across, cross(direction, across)


def widest_gap(angles: Iterable[float]) -> tuple[float, float]:
    """Around a circle (degrees): the widest gap between neighbours, and where it ends."""
    around = sorted(angle % 360.0 for angle in angles)
    if not around:
        return 360.0, 0.0
    gaps = [(after - before, after) for before, after in itertools.pairwise(around)]
    return max([*gaps, (around[0] + 360.0 - around[-1], around[0])])
