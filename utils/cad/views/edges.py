"""Where lines are drawn: around the part, where one surface stands before another, and along sharp edges.

An edge is sharp where two B-rep faces meet at an angle; a seam along which one runs smoothly into the other is none.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from utils.cad.views.camera import Projection
from utils.cad.views.depth import NOTHING, Flags, Planes
from utils.cad.views.scene import Ints, Scene
from utils.cad.views.surface import normals_at

_SMOOTH = np.cos(np.radians(14))
_STEP = 0.35  # cells: the least jump in depth that counts
_STEP_BY_SLOPE = 0.6  # cells more for each cell of slope, where curved surfaces turn away
_SLIM = 2  # cells: half the width of what is slim
_STEP_BY_TURN = 0.75  # cells more for each cell by which the slopes differ: an edge may lie up to a cell away


def line_cells(scene: Scene, projection: Projection, planes: Planes, seen: Ints) -> tuple[Flags, Flags]:
    """The cells on both sides of an outline (or a step in depth), and those on one side of a sharp edge."""
    outline, crease = np.zeros(seen.shape, bool), np.zeros(seen.shape, bool)
    for down, right in ((0, 1), (1, 0)):
        height, width = seen.shape[0] - down, seen.shape[1] - right
        one, other = seen[:height, :width], seen[down:, right:]
        row, column = np.nonzero(one != other)
        step, sharp = _between(
            scene, projection, planes, one[row, column], other[row, column], row, column, (down, right)
        )
        outline[row[step], column[step]] = True
        outline[row[step] + down, column[step] + right] = True
        crease[row[sharp], column[sharp]] = True
    return outline, crease


def _between(
    scene: Scene,
    projection: Projection,
    planes: Planes,
    a: Ints,
    b: Ints,
    row: npt.NDArray[np.intp],
    column: npt.NDArray[np.intp],
    towards: tuple[int, int],
) -> tuple[Flags, Flags]:
    """Whether there is a step, and whether there is a sharp edge, between neighbours with different triangles."""
    step = (a == NOTHING) | (b == NOTHING)
    sharp = np.zeros(len(a), bool)
    both = np.flatnonzero(~step)
    a, b, x, y = a[both], b[both], column[both] + 0.5, row[both] + 0.5
    x2, y2 = x + towards[1], y + towards[0]
    jump = planes.depth(b, x2, y2) - planes.depth(a, x, y)
    slope_a = planes.dx[a] * towards[1] + planes.dy[a] * towards[0]
    slope_b = planes.dx[b] * towards[1] + planes.dy[b] * towards[0]
    # the plane of either side may lead over to the other one, or the two may meet halfway
    low, high = np.minimum(slope_a, slope_b), np.maximum(slope_a, slope_b)
    miss = np.maximum(low - jump, jump - high)
    least = np.minimum(np.abs(slope_a), np.abs(slope_b))
    step[both] = miss > _STEP + _STEP_BY_SLOPE * least + _STEP_BY_TURN * (high - low)
    seam = np.flatnonzero((scene.faces[a] != scene.faces[b]) & ~step[both])
    one = normals_at(scene, projection, a[seam], x[seam], y[seam])
    two = normals_at(scene, projection, b[seam], x2[seam], y2[seam])
    sharp[both[seam]] = (one * two).sum(axis=1) < _SMOOTH
    return step, sharp


def slim(seen: Ints) -> Flags:
    """Cells of what is so thin that lines on both sides would leave nothing of it."""
    there = seen != NOTHING
    core = ~thicken(~there, _SLIM)
    return np.asarray(there & ~thicken(core, _SLIM + 3))


def thicken(mask: Flags, cells: int) -> Flags:
    """Widen lines by ``cells`` on every side, round at their corners."""
    for turn in range(cells):
        wide = mask.copy()
        wide[1:] |= mask[:-1]
        wide[:-1] |= mask[1:]
        wide[:, 1:] |= mask[:, :-1]
        wide[:, :-1] |= mask[:, 1:]
        if turn % 2:  # every other time across the corners too: an octagon
            wide[1:, 1:] |= mask[:-1, :-1]
            wide[1:, :-1] |= mask[:-1, 1:]
            wide[:-1, 1:] |= mask[1:, :-1]
            wide[:-1, :-1] |= mask[1:, 1:]
        mask = wide
    return mask
