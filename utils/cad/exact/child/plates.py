"""Finds how thick a part is between its two largest parallel faces, and whether it is a plate."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from OCP.BRepAdaptor import BRepAdaptor_Surface

from utils.cad.analysis import Box, Thickness
from utils.cad.exact.child.hollows import coaxial
from utils.cad.exact.child.surfaces import Wall, normal_at
from utils.cad.exact.child.vectors import Vector, dot, scale

_DIGITS = 4  # of a direction's components
_LEVEL_MM = 0.001
_NEARLY = (
    0.8  # of the largest area: among such pairs the nearest counts, so that a tube's wall does, not the tube
)
_BORE = 0.25  # of the outside's area: a bar with a small hole is no tube
_ACROSS = math.sin(math.radians(0.1))
_GRID = (0.1, 0.5, 0.9)  # of a free-form face's extent, both ways


@dataclass
class Level:
    """Planar faces in one plane that look the same way."""

    normal: Vector
    height: float  # along the normal
    area: float = 0.0
    faces: list[int] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def find(walls: list[Wall], boxes: list[Box], ids: list[int | None]) -> Thickness | None:
    """The thickness; None when no two faces look away from each other with material in between."""
    pairs = [(min(one.area, other.area), one, other) for one, other in _pairs(_levels(walls, boxes))]
    if not pairs:
        return None
    largest = max(pair[0] for pair in pairs)
    area, one, other = min(
        (pair for pair in pairs if pair[0] >= _NEARLY * largest),
        key=lambda pair: (round(pair[1].height + pair[2].height, 6), -pair[0]),
    )
    outside = _cylinders(walls, one.normal, inside=False)
    if sum(walls[face].area for face in outside) > area:
        # turned, and longer than it is wide: what lies between its ends is its length
        return _wall(walls, outside, _cylinders(walls, one.normal, inside=True), ids)
    numbers = sorted(number for face in [*one.faces, *other.faces] if (number := ids[face]) is not None)
    return {"mm": one.height + other.height, "constant": _prism(walls, one, other), "faces": numbers}


def _cylinders(walls: list[Wall], along: Vector, *, inside: bool) -> list[int]:
    """The cylinders along a direction, those of the radius that has the largest area."""
    found: dict[float, list[int]] = defaultdict(list)
    for face, wall in enumerate(walls):
        upright = wall.direction is not None and 1 - abs(dot(wall.direction, along)) < 1e-6
        if wall.kind == "cylinder" and upright and bool(wall.inside) == inside:
            found[round(wall.radius, _DIGITS)].append(face)
    if not found:
        return []
    chosen = max(found, key=lambda radius: sum(walls[face].area for face in found[radius]))
    return found[chosen]


def _wall(
    walls: list[Wall], outside: list[int], inside: list[int], ids: list[int | None]
) -> Thickness | None:
    """Between the outer and the inner cylinder of a tube; None for a bar."""
    if not inside or not coaxial(walls[outside[0]], walls[inside[0]]):
        return None
    wall = walls[outside[0]].radius - walls[inside[0]].radius
    if wall <= 0 or sum(walls[face].area for face in inside) < _BORE * sum(
        walls[face].area for face in outside
    ):
        return None
    numbers = sorted(number for face in [*outside, *inside] if (number := ids[face]) is not None)
    return {"mm": wall, "constant": False, "faces": numbers, "wall": True}


def _levels(walls: list[Wall], boxes: list[Box]) -> dict[Vector, list[Level]]:
    """By direction."""
    facing: dict[Vector, list[tuple[float, int]]] = defaultdict(list)
    for face, wall in enumerate(walls):
        if wall.kind == "plane":
            x, y, z = (round(part, _DIGITS) + 0.0 for part in wall.normal)
            facing[x, y, z].append((dot(wall.normal, wall.point), face))
    levels: dict[Vector, list[Level]] = {}
    for direction, faces in facing.items():
        here = levels[direction] = []
        for height, face in sorted(faces):
            if not here or height - here[-1].height > _LEVEL_MM:
                here.append(Level(walls[face].normal, height))
            here[-1].area += walls[face].area
            here[-1].faces.append(face)
            here[-1].boxes.append(boxes[face])
    return levels


def _pairs(levels: dict[Vector, list[Level]]) -> Iterator[tuple[Level, Level]]:
    """Levels that look away from each other, one above the other."""
    for direction, ups in levels.items():
        x, y, z = (part + 0.0 for part in scale(direction, -1))
        if direction < (x, y, z):
            continue
        for up in ups:
            for down in levels.get((x, y, z), ()):
                if up.height + down.height > _LEVEL_MM and _opposite(up, down):
                    yield up, down


def _opposite(up: Level, down: Level) -> bool:
    """Whether a face of ``down``, moved along the normal, would meet one of ``up``."""
    move = scale(up.normal, up.height + down.height)
    return any(
        all(
            a["low"][axis] < b["high"][axis] + move[axis] + _LEVEL_MM
            and b["low"][axis] + move[axis] < a["high"][axis] + _LEVEL_MM
            for axis in range(3)
        )
        for a in up.boxes
        for b in down.boxes
    )


def _prism(walls: list[Wall], one: Level, other: Level) -> bool:
    """Whether all other faces stand upright between the two levels."""
    ends = {*one.faces, *other.faces}
    return all(face in ends or _upright(wall, one.normal) for face, wall in enumerate(walls))


def _upright(wall: Wall, normal: Vector) -> bool:
    if wall.kind == "plane":
        return abs(dot(wall.normal, normal)) < _ACROSS
    if wall.kind == "cylinder" and wall.direction is not None:
        return 1 - abs(dot(wall.direction, normal)) < 1e-6
    if wall.kind not in ("spline", "other"):
        return False
    surface = BRepAdaptor_Surface(wall.face)
    first, last = surface.FirstUParameter(), surface.FirstVParameter()
    wide, high = surface.LastUParameter() - first, surface.LastVParameter() - last
    return all(
        abs(dot(normal_at(surface, first + u * wide, last + v * high, wall.face)[1], normal)) < _ACROSS
        for u in _GRID
        for v in _GRID
    )
