"""Which triangle is seen in each cell of a square grid: a depth buffer, filled with surfaces and the rims of faces.

Parallel projection, so that depth is linear over a triangle. The rims of faces claim every empty cell that they run
through, so that a wire or a sheet that is thinner than a cell is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from utils.cad.views.camera import Projection, Reals
from utils.cad.views.culling import Farthest, Rectangles, around_segments, around_triangles, work
from utils.cad.views.raster import AT_ONCE, counted, scanlines, stretches
from utils.cad.views.scene import Ints, Scene

Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]

NOTHING = -1

_FILLED_AT_ONCE = 2_000_000  # cells of triangles that are drawn before it is looked for what they hide
_LOOK = 16  # cells more for each triangle that is looked at
_PAYS = 8  # looking pays when it saves this part of what was drawn
_EMPTY = np.uint64(2**64 - 1)
_DEPTHS = 2**32 - 2
_STEEPEST = 30.0  # cells of depth a cell; beyond it a plane is seen from its edge and says nothing
_CLEAR = 4.0  # cells by which a rim must stand before a surface, not to be a rim of that surface itself
_CLEAR_BY_SLOPE = 2.0  # cells more for each cell of slope


@dataclass
class Planes:
    """Each triangle's depth over the picture: ``dx * x + dy * y + at_0``, within its ``low`` and ``high``."""

    dx: Reals
    dy: Reals
    at_0: Reals
    low: Reals
    high: Reals
    steepness: Reals  # (T,), cells of depth a cell

    def depth(self, triangles: npt.NDArray[np.integer], x: Reals, y: Reals) -> Reals:
        depth = self.dx[triangles] * x + self.dy[triangles] * y + self.at_0[triangles]
        return np.clip(depth, self.low[triangles], self.high[triangles])


def planes(projection: Projection, triangles: Ints) -> Planes:
    """The triangles' planes in a picture."""
    a, b, c = (projection.points[triangles[:, corner]] for corner in range(3))
    low = np.minimum(np.minimum(a[:, 2], b[:, 2]), c[:, 2])
    high = np.maximum(np.maximum(a[:, 2], b[:, 2]), c[:, 2])
    b, c = b - a, c - a
    area = b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1]
    safe = np.where(np.abs(area) > 1e-12, area, np.inf)
    dx = (b[:, 2] * c[:, 1] - c[:, 2] * b[:, 1]) / safe
    dy = (c[:, 2] * b[:, 0] - b[:, 2] * c[:, 0]) / safe
    steepness = np.hypot(dx, dy)
    tamed = np.minimum(1.0, _STEEPEST / np.maximum(steepness, 1e-12))
    dx, dy = dx * tamed, dy * tamed
    return Planes(dx, dy, a[:, 2] - dx * a[:, 0] - dy * a[:, 1], low, high, steepness * tamed)


class DepthBuffer:
    """``size`` × ``size`` cells, each the depth and number of the nearest triangle, packed into one integer."""

    def __init__(self, scene: Scene, projection: Projection, size: int) -> None:
        self._scene = scene
        self._projection = projection
        self._size = size
        self.planes = planes(projection, scene.triangles)
        depths = projection.points[:, 2]
        self._nearest = float(depths.min()) - 1.0
        self._per_cell = _DEPTHS / (float(depths.max()) + 1.0 - self._nearest)
        self._keys = np.full(size * size, _EMPTY, np.uint64)

    def add(self, chosen: Flags) -> Ints:
        """Draw the ``chosen`` triangles (T,) over what is there; which is seen in each cell, else NOTHING."""
        for part in self._front_to_back(np.flatnonzero(chosen)):
            for owner, column, row in scanlines(self._projection, self._scene.triangles, self._size, part):
                self._put(owner, row * self._size + column, self.planes.depth(owner, column + 0.5, row + 0.5))
        self._add_rims(np.flatnonzero(chosen[self._scene.rim_owners]))
        seen = _numbers(self._keys)
        fresh = (seen != NOTHING) & chosen[seen]
        return np.where(fresh, seen, NOTHING).astype(np.int32).reshape(self._size, self._size)

    def _front_to_back(self, chosen: Indices) -> Iterator[Indices]:
        """The ``chosen`` triangles in parts, each to be drawn before the next is asked for; hidden ones are left out.

        What is left out would have changed no cell: the buffer becomes the same as without.
        """
        corners = self._scene.triangles[chosen]
        cost = work(self._projection, corners)
        if cost.sum() <= _FILLED_AT_ONCE:
            yield chosen
            return
        around = around_triangles(self._projection, corners, self._size)
        low = self.planes.low[chosen]
        order = np.argsort(low, kind="stable")
        order = order[~self._hides(around[order], low[order])]
        most = _FILLED_AT_ONCE
        while len(order):
            _, end = next(stretches(cost[order], most + _LOOK * len(order)))
            yield chosen[order[:end]]
            drawn, order = order[:end], order[end:]
            hidden = self._hides(around[order], low[order])
            # where little is found, it is looked for less and less often
            pays = cost[order[hidden]].sum() * _PAYS >= cost[drawn].sum()
            most = _FILLED_AT_ONCE if pays else 2 * most
            order = order[~hidden]

    def _hides(self, cells: Rectangles, low: Reals) -> Flags:
        """Whether what covers at most ``cells`` and is nowhere before ``low`` cannot be seen."""
        if not len(low):
            return np.zeros(0, bool)
        depths = (self._keys >> np.uint64(32)).astype(np.uint32).reshape(self._size, self._size)
        return Farthest(depths).hides(cells, self._steps(low).astype(np.uint32))

    def _steps(self, depth: Reals) -> Keys:
        """Depths as the integers that the buffer compares."""
        return ((depth - self._nearest) * self._per_cell).astype(np.uint64)

    def _put(self, triangles: Indices, place: Indices, depth: Reals) -> None:
        packed = self._steps(depth) << np.uint64(32)
        packed |= triangles.astype(np.uint64)
        np.minimum.at(self._keys, place, packed)

    def _add_rims(self, chosen: Indices) -> None:
        scene, points = self._scene, self._projection.points
        start, end = (points[scene.rims[chosen, side]] for side in (0, 1))
        way = end - start
        steps = np.ceil(np.abs(way)[:, :2].max(axis=1) * 1.5).astype(np.int64) + 1
        # which rims are in a part matters: those that come later see what the earlier ones have claimed
        parts = list(stretches(steps, AT_ONCE))
        for first, after in parts:
            part = np.arange(first, after)
            if len(parts) > 1:
                part = part[~self._hides_rims(start[part], start[part] + way[part])]
            which, step = counted(steps[part])
            which = part[which]
            share = (step / np.maximum(steps[which] - 1, 1))[:, None]
            at = start[which] + share * way[which]
            owner = scene.rim_owners[chosen[which]].astype(np.int64)
            cell = np.clip(at[:, :2].astype(np.int64), 0, self._size - 1)
            place = cell[:, 1] * self._size + cell[:, 0]
            claimed = self._before(at[:, 2], owner, place)
            self._put(owner[claimed], place[claimed], at[claimed, 2])

    def _hides_rims(self, start: Reals, end: Reals) -> Flags:
        return self._hides(around_segments(start, end, self._size), np.minimum(start[:, 2], end[:, 2]))

    def _before(self, depth: Reals, owner: Indices, place: Indices) -> Flags:
        """Whether a rim's point shows: in an empty cell, or well before the surface that is seen there."""
        keys = self._keys[place]
        holder = _numbers(keys)
        steepness = self.planes.steepness[owner] + self.planes.steepness[holder]
        gap = (keys >> np.uint64(32)) / self._per_cell + self._nearest - depth
        return (holder == NOTHING) | (gap > _CLEAR + _CLEAR_BY_SLOPE * steepness)


def _numbers(keys: Keys) -> Ints:
    """The triangles in the low halves; an empty cell's reads as NOTHING."""
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32).view(np.int32)
