"""The part of measuring between two faces that runs inside a child."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from OCP.BinTools import BinTools
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopoDS import TopoDS, TopoDS_Iterator, TopoDS_Shape

from utils.cad.exact.child.document import mapped
from utils.cad.exact.child.surfaces import Wall, describe
from utils.cad.exact.child.vectors import cross, dot, length, subtract

SHAPE_NAME = "shape.bin"

_PARALLEL = math.sin(math.radians(0.01))
_DIGITS = 9


def between(folder: Path, faces: dict[str, Any]) -> dict[str, Any]:
    """Measure between ``faces["a"]`` and ``faces["b"]``, each ``[part, face]``: places in ``analysis.json``, from 0.

    Faces of one part are measured in its own axes; those of two parts where the assembly places them. Returns what
    ``utils.cad.exact.distance`` promises, or ``{"failed": "no_face"}`` or ``"several_places"``.
    """
    whole = TopoDS_Shape()
    BinTools.Read_s(whole, str(folder / "in" / SHAPE_NAME))
    parts, placed = (children(each) for each in children(whole))
    a, b = _face(parts, *faces["a"]), _face(parts, *faces["b"])
    if a is None or b is None:
        return {"failed": "no_face"}
    if faces["a"][0] != faces["b"][0]:
        a, b = _in_place(a, parts[faces["a"][0]], placed), _in_place(b, parts[faces["b"][0]], placed)
        if a is None or b is None:
            return {"failed": "several_places"}
    nearest = BRepExtrema_DistShapeShape(a, b)
    if not nearest.IsDone() or not nearest.NbSolution():
        return {"failed": "no_distance"}
    one, other = describe(a), describe(b)
    angle = _angle(one, other)
    spacing = None
    if one.kind == other.kind == "plane" and angle is not None and math.sin(math.radians(angle)) < _PARALLEL:
        spacing = abs(dot(subtract(other.point, one.point), one.normal))
    ends = [nearest.PointOnShape1(1), nearest.PointOnShape2(1)]
    return {
        "distance_mm": round(nearest.Value(), _DIGITS),
        "points": [
            [round(end.X(), _DIGITS), round(end.Y(), _DIGITS), round(end.Z(), _DIGITS)] for end in ends
        ],
        "parallel": angle is not None and math.sin(math.radians(angle)) < _PARALLEL,
        "angle_deg": None if angle is None else round(angle, _DIGITS),
        "spacing_mm": None if spacing is None else round(spacing, _DIGITS),
    }


def children(shape: Any) -> list[Any]:
    """What a compound holds, in its order."""
    found = []
    inside = TopoDS_Iterator(shape)
    while inside.More():
        found.append(inside.Value())
        inside.Next()
    return found


def _face(parts: list[Any], part: int, face: int) -> Any:
    if not 0 <= part < len(parts):
        return None
    faces = mapped(parts[part], TopAbs_ShapeEnum.TopAbs_FACE)
    return TopoDS.Face(faces.FindKey(face + 1)) if 0 <= face < faces.Extent() else None


def _in_place(face: Any, part: Any, placed: list[Any]) -> Any:
    """The face where the assembly has its part; None when that stands in several places."""
    places = [each for each in placed if each.IsPartner(part)]
    if len(places) != 1:
        return None
    return TopoDS.Face(face.Moved(places[0].Location().Multiplied(part.Location().Inverted())))


def _angle(one: Wall, other: Wall) -> float | None:
    """Between two planes, two axes, or an axis and a plane (degrees, 0 to 90); None where a face has neither."""
    first, second = _direction(one), _direction(other)
    if first is None or second is None:
        return None
    between = math.degrees(math.atan2(length(cross(first, second)), abs(dot(first, second))))
    return between if (one.kind == "plane") == (other.kind == "plane") else 90.0 - between


def _direction(wall: Wall) -> tuple[float, float, float] | None:
    return wall.normal if wall.kind == "plane" else wall.direction
