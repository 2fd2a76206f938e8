"""Measures a part of the CAD kernel: volume, area, boxes, and each of its faces; only inside a child."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from OCP.Bnd import Bnd_Box
from OCP.BRep import BRep_Tool
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepGProp import BRepGProp
from OCP.BRepTools import BRepTools
from OCP.GProp import GProp_GProps
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp_Explorer

from utils.cad.analysis import Axis, Box, Face, Point
from utils.cad.exact.child.document import mapped
from utils.cad.exact.child.surfaces import Wall
from utils.cad.exact.child.vectors import Vector, add, scale

_EXACT_BOXES_S = (
    10.0  # for those of all faces together: thousands of free-form faces get looser ones after that
)


class Boxes:
    """Boxes of faces, exact as long as there is time for it."""

    def __init__(self) -> None:
        self._left_s = _EXACT_BOXES_S

    def of(self, shape: Any) -> Bnd_Box:
        started = time.monotonic()
        box = Bnd_Box()
        if self._left_s > 0:
            BRepBndLib.AddOptimal_s(shape, box, False, False)
        else:
            BRepBndLib.Add_s(shape, box, False)
        self._left_s -= time.monotonic() - started
        return box


def box(found: Bnd_Box) -> Box:
    """The corners; a face of which nothing is left has both at the origin."""
    if found.IsVoid():
        return {"low": [0.0, 0.0, 0.0], "high": [0.0, 0.0, 0.0]}
    low, high = found.CornerMin(), found.CornerMax()
    return {"low": _point(_xyz(low)), "high": _point(_xyz(high))}


@dataclass(frozen=True)
class Body:
    """A solid; ``volume`` is negative when its faces are inside out, None when they do not close."""

    solid: Any  # TopoDS_Solid
    volume: float | None
    centre: Vector

    def faces(self) -> Any:  # an indexed map
        return mapped(self.solid, TopAbs_ShapeEnum.TopAbs_FACE)


def bodies(shape: Any) -> list[Body]:
    """The solids of a part."""
    found = mapped(shape, TopAbs_ShapeEnum.TopAbs_SOLID)
    return [_body(found.FindKey(number)) for number in range(1, found.Extent() + 1)]


def _body(solid: Any) -> Body:
    properties = GProp_GProps()
    BRepGProp.VolumeProperties_s(solid, properties)
    volume = properties.Mass() if _closed(solid) and properties.Mass() else None
    return Body(solid, volume, _xyz(properties.CentreOfMass()))


def together(found: list[Body]) -> tuple[float, Point] | None:
    """Volume (mm³) and centre of mass; None when there is no solid or one that is not closed."""
    total, moment = 0.0, (0.0, 0.0, 0.0)
    for body in found:
        if body.volume is None:
            return None
        total += abs(body.volume)
        moment = add(moment, scale(body.centre, abs(body.volume)))
    return (total, _point(scale(moment, 1 / total))) if total else None


def _closed(body: Any) -> bool:
    shells = TopExp_Explorer(body, TopAbs_ShapeEnum.TopAbs_SHELL)
    while shells.More():
        if not BRep_Tool.IsClosed_s(shells.Current()):
            return False
        shells.Next()
    return True


def row(wall: Wall, face_box: Box, number: int | None) -> Face:
    """A face's entry in the analysis; ``number`` is the one that the preview knows it by."""
    found: Face = {
        "id": number,
        "surface": wall.kind,
        "area_mm2": wall.area,
        "centre": _point(wall.centre),
        "box": face_box,
    }
    if wall.kind == "plane":
        found["normal"] = _point(wall.normal)
    if wall.kind in ("cylinder", "cone", "torus"):
        assert wall.origin is not None and wall.direction is not None
        found["axis"] = axis(wall.origin, wall.direction)
    if wall.kind in ("cylinder", "cone", "sphere", "torus"):
        found["radius_mm"] = wall.radius
        found["inside"] = wall.inside
    if wall.kind == "torus":
        found["minor_radius_mm"] = wall.minor_radius
    if wall.kind == "cone":
        found["half_angle_deg"] = math.degrees(wall.half_angle)
    if wall.kind in ("cylinder", "cone"):
        found["span_deg"] = wall.span
    return found


def axis(origin: Vector, direction: Vector) -> Axis:
    return {"origin": _point(origin), "direction": _point(direction)}


def forget_meshes(shape: Any) -> None:
    """Drop triangles that came with the file, so that they are not stored with the shape."""
    BRepTools.Clean_s(shape)


def _point(vector: Vector) -> Point:
    # no negative zeros
    return [number + 0.0 for number in scale(vector, 1.0)]


def _xyz(point: Any) -> Vector:
    return (point.X(), point.Y(), point.Z())
