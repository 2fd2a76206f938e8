"""Says what each face of a part is: plane, cylinder and so on, its axis, which side is hollow; only inside a child.

A B-spline or swept face that is a plane, cylinder, cone or sphere to within 5 µm counts as that.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, replace
from typing import Any

from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve, BRepAdaptor_Surface
from OCP.BRepGProp import BRepGProp
from OCP.GeomAbs import GeomAbs_SurfaceType
from OCP.gp import gp_Cone, gp_Cylinder, gp_Pln, gp_Pnt, gp_Sphere, gp_Vec
from OCP.GProp import GProp_GProps
from OCP.ShapeAnalysis import ShapeAnalysis_CanonicalRecognition
from OCP.TopAbs import TopAbs_Orientation, TopAbs_ShapeEnum
from OCP.TopoDS import TopoDS

from utils.cad.analysis import Surface
from utils.cad.exact.child import ERRORS
from utils.cad.exact.child.document import mapped
from utils.cad.exact.child.vectors import (
    Vector,
    add,
    cross,
    dot,
    frame,
    length,
    rejected,
    scale,
    subtract,
    unit,
    widest_gap,
)

_RECOGNISED_MM = 0.005
_LARGEST_RADIUS = (
    10.0  # of a recognised surface, in lengths of its face: beyond, it is rather flat than round
)
_SAMPLES = 16  # along an edge
_ALL_ROUND_DEG = 359.0
_OUTLINE_SAMPLES = 48
_GAP_DEG = 20.0  # between neighbours of those around a full circle, at most


@dataclass
class Wall:
    """A face and its surface; ``normal`` points out of the material at ``point``, a point of the surface.

    ``radius`` of a cone is taken where ``origin`` is, and grows along ``direction``. ``around`` is where the middle of
    the face's span around the axis lies.
    """

    face: Any  # TopoDS_Face
    kind: Surface
    area: float
    centre: Vector
    point: Vector
    normal: Vector
    origin: Vector | None = None
    direction: Vector | None = None
    radius: float = 0.0
    minor_radius: float = 0.0
    half_angle: float = 0.0  # radians
    inside: bool = False
    span: float = 0.0  # degrees, around the axis; a torus's around its tube
    around: Vector | None = None
    inside_out: bool = False


def describe(face: Any, inside_out: bool = False) -> Wall:
    """What ``face`` (a TopoDS_Face with a surface) is; ``inside_out`` when it looks into its solid.

    One that the kernel cannot work with is ``other`` and has no area.
    """
    try:
        return _describe(face, inside_out)
    except ERRORS:
        nowhere = (0.0, 0.0, 0.0)
        return Wall(face, "other", 0.0, nowhere, nowhere, nowhere)


def _describe(face: Any, inside_out: bool) -> Wall:
    properties = GProp_GProps()
    BRepGProp.SurfaceProperties_s(face, properties)
    surface = BRepAdaptor_Surface(face)
    u = (surface.FirstUParameter() + surface.LastUParameter()) / 2
    v = (surface.FirstVParameter() + surface.LastVParameter()) / 2
    point, normal = normal_at(surface, u, v, face)
    wall = Wall(face, "other", abs(properties.Mass()), _xyz(properties.CentreOfMass()), point, normal)
    if inside_out:
        wall = replace(wall, normal=scale(normal, -1), inside_out=True)
    kind = surface.GetType()
    if kind in _READERS:
        wall = _READERS[kind](wall, surface)
        if wall.kind in ("cylinder", "cone"):
            turn = math.degrees(surface.LastUParameter() - surface.FirstUParameter())
            wall = replace(wall, span=min(360.0, turn), around=_across(wall, point))
            if turn > _ALL_ROUND_DEG and not _has_seam(face):
                # a face across the start of its surface's parameter
                wall = _spanned(wall, _outline(face))
    else:
        wall = _recognised(wall, surface)
    return _sided(wall)


def normal_at(surface: BRepAdaptor_Surface, u: float, v: float, face: Any) -> tuple[Vector, Vector]:
    """A point of ``face``'s surface and the direction out of the material there; (0, 0, 0) at a tip."""
    point, along_u, along_v = gp_Pnt(), gp_Vec(), gp_Vec()
    surface.D1(u, v, point, along_u, along_v)
    normal = unit(cross(_xyz(along_u), _xyz(along_v)))
    if face.Orientation() == TopAbs_Orientation.TopAbs_REVERSED:
        normal = scale(normal, -1)
    return _xyz(point), normal


def edge_points(edge: Any, samples: int = _SAMPLES) -> list[Vector]:
    """Points along ``edge``, both ends among them."""
    curve = BRepAdaptor_Curve(edge)
    first, last = curve.FirstParameter(), curve.LastParameter()
    step = (last - first) / (samples - 1)
    return [_xyz(curve.Value(first + number * step)) for number in range(samples)]


def _plane(wall: Wall, surface: Any) -> Wall:
    return replace(wall, kind="plane")


def _cylinder(wall: Wall, surface: Any) -> Wall:
    cylinder = surface.Cylinder()
    axis = cylinder.Axis()
    found = _turned(wall, "cylinder", axis, cylinder.Radius())
    # level with the face, not wherever the file put it
    return replace(found, origin=_foot(found, wall.centre))


def _cone(wall: Wall, surface: Any) -> Wall:
    cone = surface.Cone()
    found = _turned(wall, "cone", cone.Axis(), cone.RefRadius())
    return _widening(replace(found, half_angle=cone.SemiAngle()))


def _sphere(wall: Wall, surface: Any) -> Wall:
    sphere = surface.Sphere()
    return replace(wall, kind="sphere", origin=_xyz(sphere.Location()), radius=sphere.Radius())


def _torus(wall: Wall, surface: Any) -> Wall:
    torus = surface.Torus()
    found = _turned(wall, "torus", torus.Axis(), torus.MajorRadius())
    span = math.degrees(surface.LastVParameter() - surface.FirstVParameter())
    return replace(found, minor_radius=torus.MinorRadius(), span=min(360.0, span))


_READERS = {
    GeomAbs_SurfaceType.GeomAbs_Plane: _plane,
    GeomAbs_SurfaceType.GeomAbs_Cylinder: _cylinder,
    GeomAbs_SurfaceType.GeomAbs_Cone: _cone,
    GeomAbs_SurfaceType.GeomAbs_Sphere: _sphere,
    GeomAbs_SurfaceType.GeomAbs_Torus: _torus,
}


def _turned(wall: Wall, kind: Surface, axis: Any, radius: float) -> Wall:
    return replace(
        wall, kind=kind, origin=_xyz(axis.Location()), direction=unit(_xyz(axis.Direction())), radius=radius
    )


def _widening(cone: Wall) -> Wall:
    assert cone.direction is not None
    if cone.half_angle >= 0:
        return cone
    return replace(cone, half_angle=-cone.half_angle, direction=scale(cone.direction, -1))


def _sided(wall: Wall) -> Wall:
    """With ``inside`` told from where the normal points."""
    if wall.origin is None:
        return wall
    return replace(wall, inside=dot(wall.normal, _away(wall, wall.point)) < 0)


def outward(wall: Wall, point: Vector) -> Vector | None:
    """The direction out of the material at ``point`` of a surface; None for free forms."""
    if wall.kind == "plane":
        return wall.normal
    if wall.origin is None:
        return None
    away = _away(wall, point)
    return scale(away, -1) if wall.inside else away


def _away(wall: Wall, point: Vector) -> Vector:
    """Square to the surface at ``point``, away from its axis, centre or the middle of its tube."""
    assert wall.origin is not None
    if wall.kind == "sphere":
        return unit(subtract(point, wall.origin))
    assert wall.direction is not None
    across = _across(wall, point)
    if wall.kind == "torus":
        return unit(subtract(point, add(wall.origin, scale(across, wall.radius))))
    lean = scale(wall.direction, -math.sin(wall.half_angle))
    return add(scale(across, math.cos(wall.half_angle)), lean)


def _across(wall: Wall, point: Vector) -> Vector:
    """The direction from the axis to ``point``."""
    assert wall.origin is not None and wall.direction is not None
    return unit(rejected(subtract(point, wall.origin), wall.direction))


def _foot(wall: Wall, point: Vector) -> Vector:
    assert wall.origin is not None and wall.direction is not None
    return add(wall.origin, scale(wall.direction, dot(subtract(point, wall.origin), wall.direction)))


def _recognised(wall: Wall, surface: BRepAdaptor_Surface) -> Wall:
    swept = surface.GetType() in (
        GeomAbs_SurfaceType.GeomAbs_SurfaceOfExtrusion,
        GeomAbs_SurfaceType.GeomAbs_SurfaceOfRevolution,
        GeomAbs_SurfaceType.GeomAbs_BSplineSurface,
        GeomAbs_SurfaceType.GeomAbs_BezierSurface,
    )
    if not swept:
        return wall
    spline = replace(wall, kind="spline")
    points = _outline(wall.face)
    if not points:
        return spline
    points.append(wall.point)
    size = max(length(subtract(point, wall.point)) for point in points)
    for found in _canonical(spline):
        if found.radius <= _LARGEST_RADIUS * size and all(
            _off(found, point) < 2 * _RECOGNISED_MM for point in points
        ):
            return _spanned(found, points) if found.kind in ("cylinder", "cone") else found
    return spline


def _canonical(wall: Wall) -> list[Wall]:
    """What the kernel takes the surface for; it may be wrong."""
    found: list[Wall] = []
    recogniser = ShapeAnalysis_CanonicalRecognition(wall.face)
    # it raises for some surfaces where it ought to say no
    with contextlib.suppress(*ERRORS):
        if recogniser.IsPlane(_RECOGNISED_MM, gp_Pln()):
            return [replace(wall, kind="plane")]
    with contextlib.suppress(*ERRORS):
        cylinder = gp_Cylinder()
        if recogniser.IsCylinder(_RECOGNISED_MM, cylinder):
            turned = _turned(wall, "cylinder", cylinder.Axis(), cylinder.Radius())
            found.append(replace(turned, origin=_foot(turned, wall.centre)))
    with contextlib.suppress(*ERRORS):
        cone = gp_Cone()
        if recogniser.IsCone(_RECOGNISED_MM, cone):
            turned = _turned(wall, "cone", cone.Axis(), cone.RefRadius())
            found.append(_widening(replace(turned, half_angle=cone.SemiAngle())))
    with contextlib.suppress(*ERRORS):
        sphere = gp_Sphere()
        if recogniser.IsSphere(_RECOGNISED_MM, sphere):
            found.append(replace(wall, kind="sphere", origin=_xyz(sphere.Location()), radius=sphere.Radius()))
    return found


def _off(wall: Wall, point: Vector) -> float:
    """How far ``point`` lies from the surface."""
    if wall.kind == "plane":
        return abs(dot(wall.normal, subtract(point, wall.point)))
    assert wall.origin is not None
    arm = subtract(point, wall.origin)
    if wall.kind == "sphere":
        return abs(length(arm) - wall.radius)
    assert wall.direction is not None
    radius = wall.radius + math.tan(wall.half_angle) * dot(arm, wall.direction)
    return abs(length(rejected(arm, wall.direction)) - radius) * math.cos(wall.half_angle)


def _spanned(wall: Wall, outline: list[Vector]) -> Wall:
    assert wall.origin is not None and wall.direction is not None
    x, y = frame(wall.direction)
    arms = [subtract(point, wall.origin) for point in outline]
    gap, after = widest_gap(math.degrees(math.atan2(dot(arm, y), dot(arm, x))) for arm in arms)
    span = 360.0 if gap < _GAP_DEG else 360.0 - gap
    middle = math.radians(after + span / 2)
    around = add(scale(x, math.cos(middle)), scale(y, math.sin(middle)))
    return replace(wall, span=span, around=around)


def _has_seam(face: Any) -> bool:
    """Whether the face closes on itself all round its axis."""
    edges = mapped(face, TopAbs_ShapeEnum.TopAbs_EDGE)
    return any(
        BRep_Tool.IsClosed_s(TopoDS.Edge(edges.FindKey(number)), face)
        for number in range(1, edges.Extent() + 1)
    )


def _outline(face: Any) -> list[Vector]:
    edges = mapped(face, TopAbs_ShapeEnum.TopAbs_EDGE)
    points: list[Vector] = []
    for number in range(1, edges.Extent() + 1):
        with contextlib.suppress(*ERRORS):  # an edge without a curve: a tip
            points += edge_points(TopoDS.Edge(edges.FindKey(number)), _OUTLINE_SAMPLES)
    return points


def _xyz(point: Any) -> Vector:
    return (point.X(), point.Y(), point.Z())
