"""Finds free places for rectangles among others, as for tables and further views beside the main ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from utils.cad.drawing.sheet import Box

GAP = 5.0
_ROUNDING = 1e-6


def free_place(
    wide: float,
    high: float,
    taken: list[Box],
    space: Box,
    prefer: Callable[[Box], Any],
    heights: Iterable[float] = (),
) -> Box | None:
    """The place in ``space``, off all that is ``taken``, for which ``prefer`` is smallest.

    Tried are the corners that walls and neighbours make, and lower edges at ``heights``.
    """
    if wide > space.width + _ROUNDING or high > space.height + _ROUNDING:
        return None
    xs = {space.left, space.right - wide}
    ys = {space.bottom, space.top - high, *heights}
    for box in taken:
        xs |= {box.right + GAP, box.left - GAP - wide}
        ys |= {box.top + GAP, box.bottom - GAP - high}
    places = [Box(x, y, x + wide, y + high) for x in sorted(xs) for y in sorted(ys)]
    free = [place for place in places if _inside(place, space) and not _meets(place, taken)]
    return min(free, key=prefer, default=None)


def slack(boxes: list[Box], fixed: list[Box], space: Box, right: float, up: float) -> float:
    """How far all ``boxes`` can move in the direction ``right``, ``up`` before anything is in their way."""
    step, far = 1.0, 0.0
    while True:
        moved = [moved_box(box, right * (far + step), up * (far + step)) for box in boxes]
        if not all(_inside(box, space) and not _meets(box, fixed) for box in moved):
            return far
        far += step


def moved_box(box: Box, right: float, up: float) -> Box:
    return Box(box.left + right, box.bottom + up, box.right + right, box.top + up)


def _inside(box: Box, space: Box) -> bool:
    inner = space.grown(_ROUNDING)
    return (
        inner.left <= box.left
        and box.right <= inner.right
        and inner.bottom <= box.bottom
        and box.top <= inner.top
    )


def _meets(box: Box, taken: list[Box]) -> bool:
    return any(box.meets(other, GAP - _ROUNDING) for other in taken)
