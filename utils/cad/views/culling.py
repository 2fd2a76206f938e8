"""Tells what is wholly hidden in a depth buffer before it is drawn, from the farthest depths in parts of the buffer.

A hierarchical depth buffer after Greene, Kass and Miller, "Hierarchical Z-buffer visibility" (SIGGRAPH 1993), that
counts empty cells apart: a tile across an outline would else be as deep as the empty ground beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from utils.cad.views.camera import Projection, Reals
from utils.cad.views.raster import TOUCH
from utils.cad.views.scene import Ints

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Depths = npt.NDArray[np.uint32]

EMPTY = np.uint32(2**32 - 1)  # the depth of a cell in which there is nothing

_TILE = 16  # cells on each side
_ROW = 4  # cells that take as long as one more row of a triangle


@dataclass
class Rectangles:
    """Cells from the first to the last column and row, both included; (N,) each.

    There are none where a last one is before its first.
    """

    left: Indices
    right: Indices
    top: Indices
    bottom: Indices

    def __getitem__(self, which: Indices | Flags) -> Rectangles:
        return Rectangles(self.left[which], self.right[which], self.top[which], self.bottom[which])


def around_triangles(projection: Projection, triangles: Ints, size: int) -> Rectangles:
    """The cells that each of ``triangles`` (N, 3) may cover: those of ``raster.scanlines``, and no fewer."""
    x, y = ([projection.points[triangles[:, corner], axis] for corner in range(3)] for axis in (0, 1))
    slack = 0.5 + 2 * TOUCH
    low, high = ([reduce(part) for part in (x, y)] for reduce in (np.minimum.reduce, np.maximum.reduce))
    left, top = (np.maximum(np.ceil(part - slack), 0).astype(np.int64) for part in low)
    right, bottom = (np.minimum(np.floor(part - 1 + slack), size - 1).astype(np.int64) for part in high)
    return Rectangles(left, right, top, bottom)


def work(projection: Projection, triangles: Ints) -> Indices:
    """About how many cells there are to fill for each of ``triangles`` (N, 3); a row costs as much as a few."""
    a, b, c = (projection.points[triangles[:, corner], :2] for corner in range(3))
    height = np.maximum(np.maximum(a[:, 1], b[:, 1]), c[:, 1]) - np.minimum(
        np.minimum(a[:, 1], b[:, 1]), c[:, 1]
    )
    b, c = b - a, c - a
    return (np.abs(b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1]) / 2 + _ROW * height).astype(np.int64)


def around_segments(start: Reals, end: Reals, size: int) -> Rectangles:
    """The cells that hold the points of each segment, (N, 3) at either end; outside of the picture its edge."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    first, last = (np.clip(part.astype(np.int64), 0, size - 1) for part in (low, high))
    return Rectangles(first[:, 0], last[:, 0], first[:, 1], last[:, 1])


class Farthest:
    """The farthest depth in tiles of a square buffer, in blocks of 2 × 2 tiles, and so on up to all of it."""

    def __init__(self, depths: Depths) -> None:
        """``depths`` (n, n) are integers that grow away from the eye, EMPTY where there is nothing."""
        empty = depths == EMPTY
        self._empties = _sums(empty)  # how many there are above and to the left of each corner between cells
        level = _blocks(np.where(empty, np.uint32(0), depths), _TILE)
        levels = [level]
        while len(level) > 1:
            level = _blocks(level, 2)
            levels.append(level)
        self._texels = np.concatenate([level.ravel() for level in levels])
        self._widths = np.array([len(level) for level in levels])
        self._begins = np.cumsum(self._widths**2) - self._widths**2

    def hides(self, cells: Rectangles, nearest: Depths) -> Flags:
        """Whether all ``cells`` show something that is strictly before ``nearest`` (N,); so also of no cells at all.

        Says no where it cannot be sure.
        """
        left, right, top, bottom = cells.left, cells.right + 1, cells.top, cells.bottom + 1
        none = (right <= left) | (bottom <= top)
        sums = self._empties
        full = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] == 0
        result = none
        sure = np.flatnonzero(full & ~none)
        result[sure] = self._farthest(cells[sure]) < nearest[sure]
        return result

    def _farthest(self, cells: Rectangles) -> Depths:
        """The farthest depth in at most 2 × 2 blocks that hold all ``cells``."""
        left, right, top, bottom = (
            part // _TILE for part in (cells.left, cells.right, cells.top, cells.bottom)
        )
        longest = np.maximum(np.maximum(right - left, bottom - top), 1)
        level = np.ceil(np.log2(longest)).astype(np.int64)
        begin, width = self._begins[level], self._widths[level]
        rows = [begin + (row >> level) * width for row in (top, bottom)]
        return np.maximum.reduce(
            [self._texels[row + (column >> level)] for row in rows for column in (left, right)]
        )


def _sums(flags: Flags) -> npt.NDArray[np.int32]:
    """How many of ``flags`` (n, n) are set in the first r rows and c columns, (n + 1, n + 1)."""
    sums = np.zeros((len(flags) + 1, len(flags) + 1), np.int32)
    np.cumsum(flags, axis=1, dtype=np.int32, out=sums[1:, 1:])
    # NumPy's own sum along the first axis takes ten times as long
    for row in range(1, len(sums)):
        sums[row] += sums[row - 1]
    return sums


def _blocks(depths: Depths, side: int) -> Depths:
    """The farthest depth in each block of ``side`` × ``side``; what a block reaches past the edge does not count."""
    more = -len(depths) % side
    padded = np.pad(depths, (0, more)) if more else depths
    count = len(padded) // side
    rows = padded.reshape(count, side, len(padded)).max(axis=1)
    return np.asarray(rows.reshape(count, count, side).max(axis=2))
