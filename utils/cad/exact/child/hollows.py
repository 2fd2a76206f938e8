"""Finds round hollows in a part, cylindrical or conical all the way round, and what lies at either end of each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from utils.cad.exact.child.surfaces import Wall
from utils.cad.exact.child.topology import Topology
from utils.cad.exact.child.vectors import (
    Vector,
    dot,
    frame,
    length,
    rejected,
    subtract,
)

_PARALLEL = math.cos(math.radians(0.1))
_OFF_AXIS_MM = 0.01
_RADIUS_MM = 0.005
_ALL_ROUND_DEG = 359.0
_RING_GAP_DEG = 40.0  # between neighbouring samples of a loop that runs around an axis, at most
_STEPS = 5  # roundings and shoulders between two walls, at most


@dataclass
class Ring:
    """A loop of edges that runs all the way round an axis."""

    edges: frozenset[int]
    height: float  # along the axis, on average
    radius: float  # on average


@dataclass
class Hollow:
    """Coaxial faces of one surface that together go all the way round; heights are measured from ``wall.origin``."""

    faces: frozenset[int]
    wall: Wall
    low: float
    high: float
    rings: list[Ring] = field(default_factory=list)  # by height; a cone has one where it comes to a tip

    def radius_at(self, height: float) -> float:
        return self.wall.radius + math.tan(self.wall.half_angle) * height

    def ring(self, at_top: bool) -> Ring | None:
        """The end at the top or the bottom, None for a tip."""
        if len(self.rings) > 1:
            return self.rings[-1 if at_top else 0]
        ring = self.rings[0]
        return ring if (ring.height > (self.low + self.high) / 2) == at_top else None


@dataclass
class Borders:
    """The loops of edges that bound some faces, and the corners of the boxes around them, (count, 3)."""

    loops: list[list[int]]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]

    def around(self, origin: Vector, direction: Vector) -> list[int]:
        """Those that may run around an axis: it pierces their boxes."""
        along = np.array(direction)
        feet = np.array(origin) + ((self.low + self.high) / 2 - origin) @ along[:, None] * along
        return list(
            np.flatnonzero(
                np.all((feet > self.low - _OFF_AXIS_MM) & (feet < self.high + _OFF_AXIS_MM), axis=1)
            )
        )


@dataclass(frozen=True)
class Beyond:
    """What lies past an end: free space, material, an island in the floor, or the next hollow on the axis."""

    what: Literal["open", "closed", "island", "hollow"]
    faces: frozenset[int] = frozenset()  # floors, shoulders and roundings on the way
    hollow: int = -1
    edges: frozenset[int] = frozenset()  # the next hollow's ring


def axis_of(wall: Wall) -> tuple[Vector, Vector]:
    assert wall.origin is not None and wall.direction is not None
    return wall.origin, wall.direction


def coaxial(one: Wall, other: Wall) -> bool:
    (origin, direction), (there, its) = axis_of(one), axis_of(other)
    if abs(dot(direction, its)) < _PARALLEL:
        return False
    return length(rejected(subtract(there, origin), direction)) < _OFF_AXIS_MM


def same_surface(one: Wall, other: Wall) -> bool:
    """Whether two cylinders or two cones continue each other."""
    if one.kind != other.kind or one.kind not in ("cylinder", "cone") or not coaxial(one, other):
        return False
    (origin, direction), (there, its) = axis_of(one), axis_of(other)
    along = math.tan(one.half_angle) * dot(subtract(there, origin), direction)
    if abs(one.radius + along - other.radius) > _RADIUS_MM or one.inside != other.inside:
        return False
    return abs(one.half_angle - other.half_angle) < 1e-3 and (
        one.kind == "cylinder" or dot(direction, its) > 0
    )


class Hollows:
    """All round hollows of a part, by their places in ``found``."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self.found: list[Hollow] = []
        self._of_face: dict[int, int] = {}
        self._borders_of = cache(self._borders)  # a plate's face is looked at by each of its holes
        for faces in self._surfaces():
            hollow = self._hollow(faces)
            if hollow:
                self._of_face.update(dict.fromkeys(faces, len(self.found)))
                self.found.append(hollow)

    def _surfaces(self) -> list[frozenset[int]]:
        """Inner walls, those that continue each other together."""
        walls = self._topology.walls
        inner = [n for n, wall in enumerate(walls) if wall.inside and wall.kind in ("cylinder", "cone")]
        left = set(inner)
        found = []
        for start in inner:
            if start not in left:
                continue
            left.remove(start)
            faces, waiting = {start}, [start]
            while waiting:
                here = waiting.pop()
                for _, other in self._topology.neighbours(here):
                    if other in left and same_surface(walls[start], walls[other]):
                        left.remove(other)
                        faces.add(other)
                        waiting.append(other)
            found.append(frozenset(faces))
        return found

    def _hollow(self, faces: frozenset[int]) -> Hollow | None:
        topology = self._topology
        wall = topology.walls[min(faces)]
        if _covered([topology.walls[face] for face in faces], wall) < _ALL_ROUND_DEG:
            return None
        edges = {edge for face in faces for edge in topology.edges_of[face]}
        rings = self._rings((edge for edge in edges if topology.across(edge, faces)), wall)
        if not rings or (wall.kind == "cylinder" and len(rings) < 2):
            return None
        origin, direction = axis_of(wall)
        reaches = [topology.reach(edge, direction) for edge in edges]
        level = dot(origin, direction)
        low, high = min(reach[0] for reach in reaches) - level, max(reach[1] for reach in reaches) - level
        if not low < high:
            return None
        if wall.kind == "cone" and len(rings) == 1:
            low = min(low, -wall.radius / math.tan(wall.half_angle))  # as far as its tip
        return Hollow(faces, wall, low, high, rings)

    def _rings(self, edges: Iterable[int], wall: Wall) -> list[Ring]:
        rings = []
        for loop in self._topology.loops(edges):
            ring = self._ring(loop, wall)
            if ring:
                rings.append(ring)
        return sorted(rings, key=lambda ring: ring.height)

    def _ring(self, loop: list[int], wall: Wall) -> Ring | None:
        origin, direction = axis_of(wall)
        x, y = frame(direction)
        points = [point for edge in loop for point in self._topology.points(edge)]
        if not points:
            return None
        across_x, across_y, along = np.array([x, y, direction]) @ (np.array(points) - origin).T
        angles = np.sort(np.degrees(np.arctan2(across_y, across_x)))
        if max(np.diff(angles).max(initial=0.0), angles[0] + 360.0 - angles[-1]) > _RING_GAP_DEG:
            return None
        return Ring(frozenset(loop), float(along.mean()), float(np.hypot(across_x, across_y).mean()))

    def beyond(self, hollow: Hollow, ring: Ring) -> Beyond:
        """What lies past ``ring``, an end of ``hollow``."""
        faces = self._past(ring, hollow.faces)
        turn = self._mostly(ring, hollow.faces)
        if turn == 0:
            # a rounding: it leads out of the hole when it is itself an outer one
            turn = -1 if any(self._topology.walls[face].inside for face in faces) else 1
        return self._follow(hollow, ring, hollow.faces, turn > 0, frozenset())

    def _follow(
        self, hollow: Hollow, ring: Ring, behind: frozenset[int], widening: bool, via: frozenset[int]
    ) -> Beyond:
        """Walk on over faces that lie around the axis, away from it (``widening``) or towards it."""
        faces = self._past(ring, behind)
        reached = {self._of_face.get(face, -1) for face in faces}
        if len(reached) == 1 and -1 not in reached:
            number = reached.pop()
            if coaxial(self.found[number].wall, hollow.wall):
                return Beyond("hollow", via, number, ring.edges)
        if via:
            turn = self._mostly(ring, behind)
            if turn != 0:
                # the shoulder or floor ends at something that is no round hollow
                return self._ended(widening, turn > 0, via)
        if not faces or not all(self._around(face, hollow.wall) for face in faces):
            return Beyond("open") if widening else Beyond("closed", via)
        on = self._next(faces, ring, hollow.wall, widening)
        if on is None or len(via) > _STEPS:
            return Beyond("open") if widening else Beyond("closed", via | faces)
        return self._follow(hollow, on, faces, widening, via | faces)

    def _ended(self, widening: bool, convex: bool, via: frozenset[int]) -> Beyond:
        if widening:
            return Beyond("open")
        return Beyond("closed" if convex else "island", via)

    def _next(self, faces: frozenset[int], ring: Ring, wall: Wall, widening: bool) -> Ring | None:
        """The other edge of a ring of faces: the outer one or the inner one."""
        borders = self._borders_of(faces)
        near = [borders.loops[number] for number in borders.around(*axis_of(wall))]
        others = [on for loop in near if not ring.edges & set(loop) and (on := self._ring(loop, wall))]
        if not others:
            return None
        return max(others, key=lambda on: on.radius) if widening else min(others, key=lambda on: on.radius)

    def _borders(self, faces: frozenset[int]) -> Borders:
        topology = self._topology
        edges = {edge for face in faces for edge in topology.edges_of[face] if topology.across(edge, faces)}
        loops = topology.loops(edges)
        points = [[point for edge in loop for point in topology.points(edge)] for loop in loops]
        low = np.array([np.min(loop, axis=0) for loop in points])
        high = np.array([np.max(loop, axis=0) for loop in points])
        return Borders(loops, low.reshape(-1, 3), high.reshape(-1, 3))

    def into(self, hollow: Hollow, ring: Ring) -> frozenset[int]:
        """The faces that an end of ``hollow`` breaks through."""
        return self._past(ring, hollow.faces)

    def _past(self, ring: Ring, behind: frozenset[int]) -> frozenset[int]:
        return frozenset(face for edge in ring.edges for face in self._topology.across(edge, behind))

    def _mostly(self, ring: Ring, behind: frozenset[int]) -> int:
        """How the material turns at most of ``ring``, coming from ``behind``."""
        votes = {1: 0.0, 0: 0.0, -1: 0.0}
        for edge in ring.edges:
            here = [face for face in self._topology.faces_of[edge] if face in behind]
            for other in self._topology.across(edge, behind):
                for face in here:
                    votes[self._topology.turn(edge, face, other)] += self._topology.length(edge)
        return max(votes, key=lambda turn: votes[turn])

    def _around(self, face: int, wall: Wall) -> bool:
        """Whether ``face`` is a shoulder, floor or rounding around the axis of ``wall``."""
        other = self._topology.walls[face]
        origin, direction = axis_of(wall)
        if other.kind == "plane":
            return abs(dot(other.normal, direction)) > _PARALLEL
        if other.kind == "sphere" and other.origin is not None:
            return length(rejected(subtract(other.origin, origin), direction)) < _OFF_AXIS_MM
        return other.kind == "torus" and coaxial(other, wall)


def _covered(walls: list[Wall], first: Wall) -> float:
    """How many degrees around the axis ``walls`` reach together."""
    x, y = frame(axis_of(first)[1])
    spans = []
    for wall in walls:
        if wall.around is None or wall.span >= _ALL_ROUND_DEG:
            return wall.span
        middle = math.degrees(math.atan2(dot(wall.around, y), dot(wall.around, x)))
        start = (middle - wall.span / 2) % 360.0
        spans += [(start, start + wall.span), (start - 360.0, start - 360.0 + wall.span)]
    covered, reached = 0.0, 0.0
    for start, end in sorted(spans):
        begin, end = max(start, reached), min(end, 360.0)
        if end > begin:
            covered += end - begin
            reached = end
    return covered
