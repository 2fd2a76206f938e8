"""The outline of a plate: all that is material anywhere between its two sides, as closed contours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from OCP.Bnd import Bnd_Box
from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Surface
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common, BRepAlgoAPI_Fuse
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeFace, BRepBuilderAPI_Transform
from OCP.BRepGProp import BRepGProp
from OCP.BRepTools import BRepTools, BRepTools_WireExplorer
from OCP.collections import List_TopoDS_Shape
from OCP.GeomAbs import GeomAbs_Plane
from OCP.gp import gp_Dir, gp_Pln, gp_Pnt, gp_Trsf, gp_Vec
from OCP.GProp import GProp_GProps
from OCP.ShapeUpgrade import ShapeUpgrade_UnifySameDomain
from OCP.TopAbs import TopAbs_FACE, TopAbs_FORWARD, TopAbs_VERTEX, TopAbs_WIRE
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS, TopoDS_Iterator

from utils.cad.analysis import Part
from utils.cad.drawing.child.edges import pieces_of
from utils.cad.drawing.child.model import NoDrawing
from utils.cad.drawing.contours import Closed, Open, area, closed, distinct, same
from utils.cad.drawing.looking import Frame, Vector, facing, negative, normal
from utils.cad.drawing.sheet import Contour

CHORD_MM = 0.01  # how far the outline may stray from a curve that is neither line nor arc
_LEVEL_MM = 1e-3  # heights nearer than this are one
_MOST_LEVELS = 40
_MOST_CUTS = 8_000  # faces times levels: a moulded box of 659 faces and 13 levels took 20 s
_SLIVER_MM2 = 1e-6

NOT_CLOSED = (
    "The outline of this part does not close. "
    "Check the model for gaps and export it again from the CAD program."
)
TOO_MANY_STEPS = (
    "This part has too many steps along its thickness for an outline. Export a DXF from the CAD program."
)


@dataclass(frozen=True)
class Outline:
    """Contours in the plane of ``frame``, millimetres; ``marks`` are edges of what does not go through."""

    frame: Frame
    outer: list[Closed]
    inner: list[Closed]
    marks: list[Closed]

    def area(self) -> float:
        return sum(map(area, self.outer)) - sum(map(area, self.inner))


def plate_direction(part: Part) -> Vector | None:
    """Across which a part is flat: along its thickness, else as its largest plane looks."""
    sides = part["thickness"]["faces"] if part["thickness"] else []
    planes = [face for face in part["faces"] if face["surface"] == "plane" and "normal" in face]
    chosen = [face for face in planes if face["id"] is not None and face["id"] in sides] or planes
    if not chosen:
        return None
    x, y, z = max(chosen, key=lambda face: round(face["area_mm2"], 3))["normal"]
    return _better_side(part, normal((x, y, z)))


def _better_side(part: Part, direction: Vector) -> Vector:
    """The side on which more holes are widened, else the one that looks up, to the front or to the right."""
    widened = [hole for hole in part["holes"] if hole["counterbore"] or hole["countersink"]]
    widened += [hole for hole in part["holes"] if hole["kind"] == "blind"]
    votes = 0.0
    for hole in widened:
        inwards = sum(a * b for a, b in zip(hole["axis"]["direction"], direction, strict=True))
        votes -= inwards if abs(inwards) > 0.99 else 0.0
    if not votes:
        x, y, z = direction
        votes = next((side for side in (z, -y, x) if abs(side) > 1e-6), 1.0)
    return direction if votes > 0 else negative(direction)


def outline(shape: Any, direction: Vector) -> Outline:
    """The outline of ``shape`` seen against ``direction``. Raises NoDrawing."""
    frame = facing(direction)
    flat = laid_down(shape, frame)
    sides = [_contours(face) for face in _level_faces(flat)]
    at = _levels(flat)
    if len(at) > _MOST_LEVELS or len(at) * len(_faces(flat)) > _MOST_CUTS:
        raise NoDrawing("too_many_steps", TOO_MANY_STEPS)
    sections = _distinct(_sections(flat, at))
    found = _split(sections[0] if len(sections) == 1 else _united(sections))
    outer, inner = found
    if not outer:
        raise NoDrawing("not_closed", NOT_CLOSED)
    edges = [contour for outside, insides in sides for contour in (outside, *insides)]
    return Outline(frame, outer, inner, distinct(edges, [*outer, *inner]))


def laid_down(shape: Any, frame: Frame) -> Any:
    """The shape turned so that it is looked at along z."""
    turn = gp_Trsf()
    turn.SetValues(*frame.right, 0.0, *frame.up, 0.0, *frame.back, 0.0)
    return BRepBuilderAPI_Transform(shape, turn, True).Shape()


def _faces(shape: Any) -> list[Any]:
    found = []
    explorer = TopExp_Explorer(shape, TopAbs_FACE)
    while explorer.More():
        found.append(TopoDS.Face(explorer.Current()))
        explorer.Next()
    return found


def _level_faces(shape: Any) -> list[Any]:
    """The plane faces that lie level."""
    found = []
    for face in _faces(shape):
        surface = BRepAdaptor_Surface(face)
        if surface.GetType() == GeomAbs_Plane and abs(surface.Plane().Axis().Direction().Z()) > 1 - 1e-9:
            found.append(face)
    return found


def _levels(shape: Any) -> list[float]:
    """The heights of all corners, from the lowest to the highest."""
    heights: set[float] = set()
    explorer = TopExp_Explorer(shape, TopAbs_VERTEX)
    while explorer.More():
        heights.add(BRep_Tool.Pnt_s(TopoDS.Vertex(explorer.Current())).Z())
        explorer.Next()
    kept: list[float] = []
    for height in sorted(heights):
        if not kept or height - kept[-1] > _LEVEL_MM:
            kept.append(height)
    return kept


def _sections(shape: Any, levels: list[float]) -> list[list[Any]]:
    """Level cuts through the shape: right beside each level and half-way to the next one.

    A slope is widest or narrowest at one of its ends.
    """
    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape, box, False, False)
    low, high = box.CornerMin(), box.CornerMax()
    heights: list[float] = []
    for below, above in pairwise(levels):
        near = min(_LEVEL_MM, (above - below) / 10)
        heights += [below + near, (below + above) / 2, above - near]
    found = []
    for height in heights:
        plane = gp_Pln(gp_Pnt(0, 0, height), gp_Dir(0, 0, 1))
        sheet = BRepBuilderAPI_MakeFace(plane, low.X() - 1, high.X() + 1, low.Y() - 1, high.Y() + 1).Face()
        cut = BRepAlgoAPI_Common(sheet, shape)
        if not cut.IsDone():
            raise NoDrawing("not_closed", NOT_CLOSED)
        down = gp_Trsf()
        down.SetTranslation(gp_Vec(0, 0, -height))
        faces = _faces(BRepBuilderAPI_Transform(cut.Shape(), down, True).Shape())
        found.append([face for face in faces if _area(face) > _SLIVER_MM2])
    if not found:
        raise NoDrawing("not_closed", NOT_CLOSED)
    return found


def _area(face: Any) -> float:
    properties = GProp_GProps()
    BRepGProp.SurfaceProperties_s(face, properties)
    return float(properties.Mass())


def _distinct(sections: list[list[Any]]) -> list[list[Any]]:
    """Sections without those whose contours came before."""
    found: list[list[Any]] = []
    seen: list[list[Closed]] = []
    for faces in sections:
        contours = [contour for face in faces for contour in _flattened(_contours(face))]
        if not any(_alike(contours, others) for others in seen):
            found.append(faces)
            seen.append(contours)
    return found


def _alike(mine: list[Closed], theirs: list[Closed]) -> bool:
    return len(mine) == len(theirs) and all(any(same(a, b) for b in theirs) for a in mine)


def _united(sections: list[list[Any]]) -> list[Any]:
    """Faces in one plane as few faces that do not overlap."""
    fuse = BRepAlgoAPI_Fuse()
    fuse.SetArguments(_shape_list(sections[0]))
    fuse.SetTools(_shape_list([face for faces in sections[1:] for face in faces]))
    fuse.Build()
    if not fuse.IsDone():
        raise NoDrawing("not_closed", NOT_CLOSED)
    unite = ShapeUpgrade_UnifySameDomain(fuse.Shape(), True, True, False)
    unite.Build()
    return _faces(unite.Shape())


def _shape_list(shapes: list[Any]) -> Any:
    listed = List_TopoDS_Shape()
    for shape in shapes:
        listed.Append(shape)
    return listed


def _split(faces: list[Any]) -> tuple[list[Closed], list[Closed]]:
    """Outer and inner contours, the largest first; the outer ones counter-clockwise, the inner ones clockwise."""
    pairs = [_contours(face) for face in faces]
    outer = sorted((outside for outside, _ in pairs), key=area, reverse=True)
    inner = sorted((hole for _, insides in pairs for hole in insides), key=area, reverse=True)
    return [_running(each, 1) for each in outer], [_running(each, -1) for each in inner]


def _running(contour: Closed, way: int) -> Closed:
    if not isinstance(contour, Contour) or contour.area() * way > 0:
        return contour
    corners = contour.corners
    # the arc that led to a corner now leads away from it
    bulges = [-corners[number - 1][2] for number in range(len(corners))]
    backwards = [(x, y, bulge) for (x, y, _), bulge in zip(corners, bulges, strict=True)]
    return Contour(tuple(reversed(backwards)))


def _flattened(contours: tuple[Closed, list[Closed]]) -> list[Closed]:
    return [contours[0], *contours[1]]


def _contours(face: Any) -> tuple[Closed, list[Closed]]:
    """The outer contour of a level face and the inner ones."""
    face = TopoDS.Face(face.Oriented(TopAbs_FORWARD))
    outside = BRepTools.OuterWire_s(face)
    inside = []
    wires = TopoDS_Iterator(face)
    while wires.More():
        wire = wires.Value()
        if wire.ShapeType() == TopAbs_WIRE and not wire.IsSame(outside):
            inside.append(_contour(TopoDS.Wire(wire), face))
        wires.Next()
    return _contour(outside, face), inside


def _contour(wire: Any, face: Any) -> Closed:
    pieces = []
    explorer = BRepTools_WireExplorer(wire, face)
    while explorer.More():
        pieces += pieces_of(explorer.Current(), CHORD_MM)
        explorer.Next()
    try:
        return closed(pieces)
    except Open as error:
        raise NoDrawing("not_closed", NOT_CLOSED) from error
