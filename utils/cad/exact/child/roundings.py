"""Finds the fillets of a part: round faces that lead smoothly from one face into another."""

from __future__ import annotations

from utils.cad.analysis import Fillet
from utils.cad.exact.child.hollows import same_surface
from utils.cad.exact.child.surfaces import Wall
from utils.cad.exact.child.topology import Topology

_WIDEST_DEG = 170.0  # what turns by 180° is the end of a slot or of a bar
_SAME = 0.01  # radii of one fillet agree to this part


def find(topology: Topology, ids: list[int | None], elsewhere: set[int]) -> list[Fillet]:
    """The fillets, each with the faces that hang together; ``elsewhere`` are faces (by place) of holes."""
    walls = topology.walls
    rolled = {
        face for face, wall in enumerate(walls)
        if wall.kind in ("cylinder", "torus") and wall.span < _WIDEST_DEG
        and not (wall.kind == "cylinder" and face in elsewhere)
        and len(_smooth(topology, face)) >= 2
    }  # fmt: skip
    corners = {
        face for face, wall in enumerate(walls)
        if wall.kind == "sphere" and len([n for n in _smooth(topology, face) & rolled if _alike(wall, walls[n])]) >= 2
    }  # fmt: skip
    left = rolled | corners
    found: list[Fillet] = []
    for start in sorted(left):
        if start in left:
            faces = _together(topology, start, left)
            left -= faces
            numbers = sorted(number for face in faces if (number := ids[face]) is not None)
            found.append({"radius_mm": radius(walls[start]), "inside": walls[start].inside, "faces": numbers})
    return found


def radius(wall: Wall) -> float:
    """The radius of the ball that would roll along a fillet."""
    return wall.minor_radius if wall.kind == "torus" else wall.radius


def _smooth(topology: Topology, face: int) -> set[int]:
    """The faces that ``face`` leads into without an edge to be felt, other than its own continuation."""
    walls = topology.walls
    return {
        other
        for edge, other in topology.neighbours(face)
        if not same_surface(walls[face], walls[other]) and topology.turn(edge, face, other) == 0
    }


def _together(topology: Topology, start: int, among: set[int]) -> set[int]:
    walls = topology.walls
    faces, waiting = {start}, [start]
    while waiting:
        for _, other in topology.neighbours(waiting.pop()):
            if other in among and other not in faces and _alike(walls[start], walls[other]):
                faces.add(other)
                waiting.append(other)
    return faces


def _alike(one: Wall, other: Wall) -> bool:
    return one.inside == other.inside and abs(radius(one) - radius(other)) <= _SAME * radius(one)
