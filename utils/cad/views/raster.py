"""Fills triangles row by row of a picture, all of them at once, in NumPy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from utils.cad.views.camera import Projection, Reals
from utils.cad.views.scene import Ints

Indices = npt.NDArray[np.int64]

TOUCH = 1e-6  # cells; neighbours overlap by this much rather than leave a slit
AT_ONCE = 1_000_000


def scanlines(
    projection: Projection, triangles: Ints, size: int, chosen: Indices
) -> Iterator[tuple[Indices, Indices, Indices]]:
    """Number, column and row for each cell over whose centre one of the ``chosen`` triangles lies, hidden or not."""
    heights = [projection.points[triangles[chosen, corner], 1] for corner in range(3)]
    top = np.maximum(np.ceil(np.minimum.reduce(heights) - 0.5 - TOUCH), 0).astype(np.int64)
    end = np.minimum(np.floor(np.maximum.reduce(heights) - 0.5 + TOUCH), size - 1).astype(np.int64)
    for which, step in unfold(np.maximum(end - top + 1, 0)):
        numbers, rows = chosen[which], top[which] + step
        left, right = _span(projection, triangles[numbers], rows + 0.5)
        first = np.maximum(np.ceil(left - 0.5 - TOUCH), 0).astype(np.int64)
        last = np.minimum(np.floor(right - 0.5 + TOUCH), size - 1).astype(np.int64)
        for span, along in unfold(np.maximum(last - first + 1, 0)):
            yield numbers[span], first[span] + along, rows[span]


def _span(projection: Projection, corners: Ints, y: Reals) -> tuple[Reals, Reals]:
    """Between which x each triangle lies at height ``y``; an empty stretch where it does not."""
    left, right = np.full(len(y), np.inf), np.full(len(y), -1.0)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        p, q = projection.points[corners[:, one], :2], projection.points[corners[:, other], :2]
        rise = q[:, 1] - p[:, 1]
        share = (y - p[:, 1]) / np.where(np.abs(rise) > 1e-12, rise, np.nan)
        with np.errstate(invalid="ignore"):
            cut = np.abs(share - 0.5) <= 0.5 + TOUCH
        x = p[:, 0] + np.clip(share, 0, 1) * (q[:, 0] - p[:, 0])
        left = np.where(cut, np.minimum(left, x), left)
        right = np.where(cut, np.maximum(right, x), right)
    return np.where(np.isinf(left), 0.0, left), right


def unfold(counts: Indices) -> Iterator[tuple[Indices, Indices]]:
    """For each i the numbers 0 to ``counts[i]`` - 1, as (i, number), about a million at a time."""
    for begin, end in stretches(counts, AT_ONCE):
        which, number = counted(counts[begin:end])
        yield begin + which, number


def stretches(counts: Indices, most: int) -> Iterator[tuple[int, int]]:
    """Where to cut ``counts`` so that each part, from the first number to before the second, adds up to ``most``."""
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        done = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + most, side="right")))
        yield begin, end
        begin = end


def counted(counts: Indices) -> tuple[Indices, Indices]:
    """For each i the numbers 0 to ``counts[i]`` - 1, as (i, number), all at once."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
