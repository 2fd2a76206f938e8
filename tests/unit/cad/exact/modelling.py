"""Parts of known size, modelled and written as STEP files; bodies that run in kernel children."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from OCP.BRep import BRep_Builder, BRep_Tool
from OCP.BRepAlgoAPI import BRepAlgoAPI_Cut, BRepAlgoAPI_Fuse
from OCP.BRepBuilderAPI import (
    BRepBuilderAPI_MakeEdge,
    BRepBuilderAPI_MakeFace,
    BRepBuilderAPI_MakeWire,
    BRepBuilderAPI_NurbsConvert,
    BRepBuilderAPI_Transform,
)
from OCP.BRepFilletAPI import BRepFilletAPI_MakeFillet
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.BRepPrimAPI import (
    BRepPrimAPI_MakeBox,
    BRepPrimAPI_MakeCone,
    BRepPrimAPI_MakeCylinder,
    BRepPrimAPI_MakePrism,
    BRepPrimAPI_MakeSphere,
)
from OCP.GC import GC_MakeArcOfCircle
from OCP.gp import gp_Ax1, gp_Ax2, gp_Dir, gp_Pnt, gp_Trsf, gp_Vec
from OCP.Interface import Interface_Static
from OCP.Quantity import Quantity_Color, Quantity_TypeOfColor
from OCP.STEPCAFControl import STEPCAFControl_Writer
from OCP.STEPControl import STEPControl_Controller, STEPControl_StepModelType
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDataStd import TDataStd_Name
from OCP.TDocStd import TDocStd_Document
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp_Explorer
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS, TopoDS_Compound, TopoDS_Face
from OCP.XCAFDoc import XCAFDoc_ColorType, XCAFDoc_DocumentTool

import utils.cad.exact.child  # noqa: F401 - loads the kernel
from utils.cad.exact.child.document import without

Z = (0.0, 0.0, 1.0)


def box(x: float, y: float, z: float, at: tuple[float, float, float] = (0, 0, 0)) -> Any:
    return BRepPrimAPI_MakeBox(gp_Pnt(*at), x, y, z).Shape()


def rod(radius: float, height: float, at: tuple[float, float, float] = (0, 0, 0), along: Any = Z) -> Any:
    return BRepPrimAPI_MakeCylinder(gp_Ax2(gp_Pnt(*at), gp_Dir(*along)), radius, height).Shape()


def cone(low: float, high: float, height: float, at: tuple[float, float, float] = (0, 0, 0)) -> Any:
    return BRepPrimAPI_MakeCone(gp_Ax2(gp_Pnt(*at), gp_Dir(*Z)), low, high, height).Shape()


def cut(shape: Any, *tools: Any) -> Any:
    for tool in tools:
        shape = BRepAlgoAPI_Cut(shape, tool).Shape()
    return shape


def fuse(shape: Any, *others: Any) -> Any:
    for other in others:
        shape = BRepAlgoAPI_Fuse(shape, other).Shape()
    return shape


def compound(*shapes: Any) -> Any:
    made, builder = TopoDS_Compound(), BRep_Builder()
    builder.MakeCompound(made)
    for shape in shapes:
        builder.Add(made, shape)
    return made


def each(shape: Any, kind: TopAbs_ShapeEnum) -> list[Any]:
    found, explorer = [], TopExp_Explorer(shape, kind)
    while explorer.More():
        found.append(explorer.Current())
        explorer.Next()
    return found


def upright_edges(shape: Any, x: float, y: float) -> list[Any]:
    """The edges of ``shape`` that stand at (x, y)."""
    found: list[Any] = []
    for edge in map(TopoDS.Edge, each(shape, TopAbs_ShapeEnum.TopAbs_EDGE)):
        ends = [BRep_Tool.Pnt_s(TopoDS.Vertex(v)) for v in each(edge, TopAbs_ShapeEnum.TopAbs_VERTEX)]
        if (
            all(math.hypot(end.X() - x, end.Y() - y) < 1e-6 for end in ends)
            and abs(ends[0].Z() - ends[1].Z()) > 1e-6
        ):
            found.append(edge)
    return found


def rounded(shape: Any, radius: float, edges: list[Any]) -> Any:
    fillet = BRepFilletAPI_MakeFillet(shape)
    for edge in edges:
        fillet.Add(radius, edge)
    return fillet.Shape()


# parts


def plate_with_four_holes() -> Any:
    """100 x 60 x 5 with 6 mm holes 10 mm from the edges."""
    holes = [rod(3, 9, (x, y, -2)) for x in (10, 90) for y in (10, 50)]
    return cut(box(100, 60, 5), *holes)


def stepped_shaft() -> Any:
    return fuse(rod(10, 30), rod(6, 20, (0, 0, 30)))


def tube() -> Any:
    return cut(rod(10, 50), rod(8, 50))


def long_tube() -> Any:
    """OD 30, ID 20, 50 long."""
    return cut(rod(15, 50), rod(10, 52, (0, 0, -1)))


def cup() -> Any:
    return cut(rod(10, 50), rod(8, 45, (0, 0, 5)))


def counterbored() -> Any:
    """6.6 through, 11 counterbored 6.5 deep from above, in a block of 20."""
    return cut(box(40, 40, 20), rod(3.3, 20, (20, 20, 0)), rod(5.5, 6.5, (20, 20, 13.5)))


def countersunk() -> Any:
    """4.5 through, 90 degrees to 9.4 from below, in a plate of 6."""
    deep = 4.7 - 2.25
    return cut(box(30, 30, 6), rod(2.25, 6, (15, 15, 0)), cone(4.7, 2.25, deep, (15, 15, 0)))


def chamfered_hole() -> Any:
    """10 through with 0.5 x 45 degrees at both mouths."""
    hole = fuse(rod(5, 20, (20, 20, 0)), cone(5.5, 5, 0.5, (20, 20, 0)), cone(5, 5.5, 0.5, (20, 20, 19.5)))
    return cut(box(40, 40, 20), hole)


def stepped_both_ways() -> Any:
    """8 through the middle, 14 from above 3 deep, 12 from below 4 deep, in a block of 20."""
    return cut(box(40, 40, 20), rod(4, 20, (20, 20, 0)), rod(7, 3, (20, 20, 17)), rod(6, 4, (20, 20, 0)))


def blind() -> Any:
    """Flat: 8 wide, 12 deep; drilled: 5 wide, 15 deep with a 118 degree tip; in a block of 30."""
    tip = 2.5 / math.tan(math.radians(59))
    drilled = fuse(rod(2.5, 15, (30, 20, 15)), cone(0, 2.5, tip, (30, 20, 15 - tip)))
    return cut(box(40, 40, 30), rod(4, 12, (10, 20, 18)), drilled)


def ball_ended() -> Any:
    """10 wide and 15 deep to where its round bottom begins."""
    ball = BRepPrimAPI_MakeSphere(gp_Pnt(20, 20, 15), 5.0).Shape()
    return cut(box(40, 40, 30), fuse(rod(5, 15, (20, 20, 15)), ball))


def slotted() -> Any:
    """A slot through, 8 x 30, and a pocket with rounded corners."""
    slot = fuse(box(22, 8, 10, (14, 16, 0)), rod(4, 10, (14, 20, 0)), rod(4, 10, (36, 20, 0)))
    pocket = box(20, 20, 5, (50, 10, 5))
    corners = [edge for x in (50, 70) for y in (10, 30) for edge in upright_edges(pocket, x, y)]
    return cut(box(80, 40, 10), slot, rounded(pocket, 4, corners))


def crossed() -> Any:
    """A 20 mm bore along Z, and a 6 mm hole from the side into it."""
    return cut(box(60, 60, 60), rod(10, 60, (30, 30, 0)), rod(3, 40, (-10, 30, 30), (1, 0, 0)))


def crossing_holes() -> Any:
    """A ⌀6 bore along y, and a ⌀5 hole 16 deep from the side that crosses it."""
    bore = rod(3, 22, (8, -1, 10), along=(0, 1, 0))
    return cut(box(30, 20, 20), bore, rod(2.5, 17, (-1, 10, 10), along=(1, 0, 0)))


def counterbore_from_both_sides() -> Any:
    """9 counterbored 4 deep from above in a block of 20; the 5 below it, 15 deep in all, made from its floor up."""
    return cut(box(20, 20, 20), rod(4.5, 5, (10, 10, 21), along=(0, 0, -1)), rod(2.5, 11, (10, 10, 5)))


def drilled_tube() -> Any:
    return cut(tube(), rod(2, 60, (-30, 0, 25), (1, 0, 0)))


def ring_groove() -> Any:
    """A groove for an O-ring around an island, and none through."""
    return cut(box(60, 60, 10), cut(rod(15, 3, (30, 30, 7)), rod(12, 3, (30, 30, 7))))


def snap_ring_bore() -> Any:
    """A 20 mm bore with a 23 mm groove for a ring halfway."""
    return cut(box(40, 40, 30), rod(10, 30, (20, 20, 0)), rod(11.5, 2, (20, 20, 14)))


def cavity() -> Any:
    """A closed hollow inside of a block."""
    return cut(box(40, 40, 40), rod(5, 10, (20, 20, 15)))


def spline_holes() -> Any:
    """The plate with four holes, every surface a B-spline."""
    return BRepBuilderAPI_NurbsConvert(plate_with_four_holes()).Shape()


def halved_hole() -> Any:
    """A 12 mm hole whose wall is two half cylinders, as some programs write it."""
    centre = (20.0, 20.0)
    arcs = []
    for start, through, end in ((26, (20, 26), 14), (14, (20, 14), 26)):
        ends = gp_Pnt(start, centre[1], 0), gp_Pnt(end, centre[1], 0)
        arc = GC_MakeArcOfCircle(ends[0], gp_Pnt(*through, 0), ends[1]).Value()
        arcs.append(BRepBuilderAPI_MakeEdge(arc).Edge())
    wire = BRepBuilderAPI_MakeWire(*arcs).Wire()
    disc = BRepBuilderAPI_MakeFace(wire).Face()
    return cut(box(40, 40, 8), BRepPrimAPI_MakePrism(disc, gp_Vec(0, 0, 8)).Shape())


def filleted() -> Any:
    """An L, 40 x 40 x 30 and 10 thick: R5 in its inner corner, R8 on its outer one."""
    angle = fuse(box(40, 10, 30), box(10, 40, 30))
    inner, outer = upright_edges(angle, 10, 10), upright_edges(angle, 0, 0)
    return rounded(rounded(angle, 5, inner), 8, upright_edges(rounded(angle, 5, inner), 0, 0) or outer)


def soft_box() -> Any:
    """60 x 40 x 20 with R4 all around: 12 edges and 8 corners."""
    body = box(60, 40, 20)
    return rounded(body, 4, list(map(TopoDS.Edge, each(body, TopAbs_ShapeEnum.TopAbs_EDGE))))


def pocketed_plate() -> Any:
    return cut(box(100, 60, 10), box(20, 20, 4, (40, 20, 6)))


def box_tube() -> Any:
    return cut(box(200, 50, 25), box(200, 46, 21, (0, 2, 2)))


def two_solids() -> Any:
    return compound(box(10, 10, 10), box(10, 10, 10, (30, 0, 0)))


def open_shell() -> Any:
    """Five sides of a box of 10."""
    faces = each(box(10, 10, 10), TopAbs_ShapeEnum.TopAbs_FACE)
    return compound(*faces[:-1])


def turned_bar() -> Any:
    """A bar of 100 x 10 x 10, turned by 30 degrees about Z."""
    turn = gp_Trsf()
    turn.SetRotation(gp_Ax1(gp_Pnt(0, 0, 0), gp_Dir(*Z)), math.radians(30))
    return BRepBuilderAPI_Transform(box(100, 10, 10), turn, True).Shape()


# files


def write(folder: Path, args: dict[str, Any]) -> None:
    """``out/part.step``: the part called ``args["part"]`` in ``args["unit"]`` (MM, INCH, M)."""
    document = _document()
    tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    shape = globals()[args["part"]]()
    label = tool.AddShape(shape, False)
    TDataStd_Name.Set_s(label, TCollection_ExtendedString(args["part"]))
    if args["two_colours"]:
        _colour(document, label, shape)
    _write(document, folder / "out" / "part.step", args["unit"])


def write_assembly(folder: Path, args: dict[str, Any]) -> None:
    """``out/part.step``: 2 frames of 3 pairs of 2 pins each, and 1 base plate: 13 instances of 2 parts."""
    document = _document()
    tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    pin, base = tool.AddShape(rod(2, 10), False), tool.AddShape(box(100, 50, 5), False)
    pair, frame, whole = tool.NewShape(), tool.NewShape(), tool.NewShape()
    for name, label in {"Pin": pin, "Base": base, "Pair": pair, "Frame": frame, "Whole": whole}.items():
        TDataStd_Name.Set_s(label, TCollection_ExtendedString(name))
    for x in (0, 10):
        tool.AddComponent(pair, pin, _moved(x, 0, 5))
    for y in (0, 10, 20):
        tool.AddComponent(frame, pair, _moved(0, y, 0))
    for x in (10, 60):
        tool.AddComponent(whole, frame, _moved(x, 10, 0))
    # a pin that lies across the corner, so that the assembly's box needs its exact shape
    tool.AddComponent(whole, base, TopLoc_Location())
    tool.AddComponent(whole, pin, _leaning(100, 25, 2.5))
    tool.UpdateAssemblies()
    _write(document, folder / "out" / "part.step", "MM")


def _document() -> TDocStd_Document:
    STEPControl_Controller.Init_s()
    return TDocStd_Document(TCollection_ExtendedString("test"))


def _colour(document: TDocStd_Document, label: Any, shape: Any) -> None:
    """Every other face red, the rest blue."""
    colours = XCAFDoc_DocumentTool.ColorTool_s(document.Main())
    tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    for number, face in enumerate(each(shape, TopAbs_ShapeEnum.TopAbs_FACE)):
        red = Quantity_Color(
            float(number % 2), 0.0, float(1 - number % 2), Quantity_TypeOfColor.Quantity_TOC_sRGB
        )
        colours.SetColor(tool.AddSubShape(label, face), red, XCAFDoc_ColorType.XCAFDoc_ColorSurf)


def _write(document: TDocStd_Document, target: Path, unit: str) -> None:
    Interface_Static.SetCVal_s("write.step.unit", unit)
    writer = STEPCAFControl_Writer()
    writer.SetColorMode(True)
    writer.SetNameMode(True)
    assert writer.Transfer(document, STEPControl_StepModelType.STEPControl_AsIs)
    writer.Write(str(target))


def _moved(x: float, y: float, z: float) -> TopLoc_Location:
    move = gp_Trsf()
    move.SetTranslation(gp_Vec(x, y, z))
    return TopLoc_Location(move)


def _leaning(x: float, y: float, z: float) -> TopLoc_Location:
    """Turned by 45 degrees about the diagonal of X and Y, then moved: its axis is (0.5, -0.5, 0.707)."""
    turn = gp_Trsf()
    turn.SetRotation(gp_Ax1(gp_Pnt(0, 0, 0), gp_Dir(1, 1, 0)), math.radians(45))
    return _moved(x, y, z).Multiplied(TopLoc_Location(turn))


def meshes_dropped(folder: Path, args: dict[str, Any]) -> list[int]:
    """How many faces a tube and a box have together, where one side of the box is only a mesh; and without that."""
    body = box(10, 10, 10)
    BRepMesh_IncrementalMesh(body, 0.1)
    side = TopoDS.Face(each(body, TopAbs_ShapeEnum.TopAbs_FACE)[0])
    flat = TopoDS_Face()
    BRep_Builder().MakeFace(flat, BRep_Tool.Triangulation_s(side, TopLoc_Location()))
    mixed = compound(tube(), flat)
    left = without(mixed, [flat])
    return [len(each(shape, TopAbs_ShapeEnum.TopAbs_FACE)) for shape in (mixed, left)]
