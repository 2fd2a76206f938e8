"""The part of measuring between two faces that runs inside a child."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from OCP.BinTools import BinTools
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.gp import gp_Trsf
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS, TopoDS_Shape

from utils.cad.exact.child.surfaces import Wall, describe
from utils.cad.exact.child.vectors import cross, dot, length, subtract

_PARALLEL = math.sin(math.radians(0.01))
_DIGITS = 9


def between(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """Measure between the faces in ``in/a.bin`` and ``in/b.bin``, each moved first to its one of ``args["places"]``.

    Returns what ``utils.cad.exact.distance`` promises, or ``{"failed": "no_distance"}``.
    """
    a, b = (
        _placed(_read(folder / "in" / name), place)
        for name, place in zip(("a.bin", "b.bin"), args["places"], strict=True)
    )
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


def _read(path: Path) -> Any:
    shape = TopoDS_Shape()
    BinTools.Read_s(shape, str(path))
    return TopoDS.Face(shape)


def _placed(face: Any, place: list[float] | None) -> Any:
    """The face where the assembly has its part: ``place`` is a 3 x 4 matrix by rows."""
    if place is None:
        return face
    move = gp_Trsf()
    move.SetValues(*place)
    return TopoDS.Face(face.Moved(TopLoc_Location(move)))


def _angle(one: Wall, other: Wall) -> float | None:
    """Between two planes, two axes, or an axis and a plane (degrees, 0 to 90); None where a face has neither."""
    first, second = _direction(one), _direction(other)
    if first is None or second is None:
        return None
    between = math.degrees(math.atan2(length(cross(first, second)), abs(dot(first, second))))
    return between if (one.kind == "plane") == (other.kind == "plane") else 90.0 - between


def _direction(wall: Wall) -> tuple[float, float, float] | None:
    return wall.normal if wall.kind == "plane" else wall.direction
