"""Parts of known size for drawings, written as STEP files; a body that runs in kernel children."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import utils.cad.exact.child  # noqa: F401 - loads the kernel
from tests.unit.cad.exact.modelling import box, cone, cut, rod

# isort: split
from OCP.BRep import BRep_Builder
from OCP.BRepAlgoAPI import BRepAlgoAPI_Fuse
from OCP.BRepBuilderAPI import (
    BRepBuilderAPI_MakeEdge,
    BRepBuilderAPI_MakeFace,
    BRepBuilderAPI_MakeWire,
    BRepBuilderAPI_Transform,
)
from OCP.BRepFilletAPI import BRepFilletAPI_MakeFillet
from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism
from OCP.GC import GC_MakeArcOfCircle
from OCP.gp import gp_Ax1, gp_Dir, gp_Pnt, gp_Trsf, gp_Vec
from OCP.STEPControl import STEPControl_AsIs, STEPControl_Writer
from OCP.TopAbs import TopAbs_EDGE
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS, TopoDS_Compound

CORNERS = ((15, 10), (105, 10), (15, 60), (105, 60))


def plate() -> Any:
    """120 × 70 × 6 with a hole of 6 in each corner."""
    return cut(box(120, 70, 6), *(rod(3, 6, (x, y, 0)) for x, y in CORNERS))


def tilted_plate() -> Any:
    turn = gp_Trsf()
    turn.SetRotation(gp_Ax1(gp_Pnt(0, 0, 0), gp_Dir(1, 2, 3)), 0.7)
    return BRepBuilderAPI_Transform(plate(), turn, True).Shape()


def rounded(shape: Any, radius: float) -> Any:
    """With its upright edges rounded."""
    fillet = BRepFilletAPI_MakeFillet(shape)
    explorer = TopExp_Explorer(shape, TopAbs_EDGE)
    seen: list[Any] = []
    while explorer.More():
        edge = TopoDS.Edge(explorer.Current())
        if _upright(edge) and not any(edge.IsSame(other) for other in seen):
            seen.append(edge)
            fillet.Add(radius, edge)
        explorer.Next()
    return fillet.Shape()


def _upright(edge: Any) -> bool:
    from OCP.BRepAdaptor import BRepAdaptor_Curve

    curve = BRepAdaptor_Curve(edge)
    a, b = curve.Value(curve.FirstParameter()), curve.Value(curve.LastParameter())
    return abs(a.X() - b.X()) < 1e-9 and abs(a.Y() - b.Y()) < 1e-9


def front_plate() -> Any:
    """200 × 150 × 3, rounded by 8, with an aperture of 160 × 90 rounded by 5, at 20, 40, and four screw holes."""
    opening = rounded(box(160, 90, 3, (20, 40, 0)), 5)
    screws = (rod(2, 3, (x, y, 0)) for x, y in ((8, 8), (192, 8), (8, 142), (192, 142)))
    return cut(rounded(box(200, 150, 3), 8), opening, *screws)


def narrow_frame() -> Any:
    """A frame of 100 × 80 × 3, 4 wide on its left and below, 6 on its right and above."""
    return cut(box(100, 80, 3), box(90, 70, 3, (4, 4, 0)))


def rebated_plate() -> Any:
    """100 × 80 × 5 with an opening of 60 × 40 that is 70 × 50 for its upper 2 mm."""
    return cut(box(100, 80, 5), box(60, 40, 5, (20, 20, 0)), box(70, 50, 2, (15, 15, 3)))


def blind() -> Any:
    """A block with one blind hole from above."""
    return cut(box(40, 30, 20), rod(4, 12, (20, 15, 8)))


def drilled_behind() -> Any:
    """60 × 40 × 12 with a hole through it and two blind ones from its back."""
    return cut(box(60, 40, 12), rod(3, 12, (10, 10, 0)), rod(2, 6, (30, 20, 0)), rod(2, 6, (50, 30, 0)))


def screws() -> Any:
    """80 × 50 × 10: two counterbored holes, two countersunk ones."""
    return cut(
        box(80, 50, 10),
        *(rod(2.5, 10, (20, y, 0)) for y in (12, 38)),
        *(rod(5, 4, (20, y, 6)) for y in (12, 38)),
        *(rod(2, 10, (60, y, 0)) for y in (12, 38)),
        *(cone(2, 4, 2, (60, y, 8)) for y in (12, 38)),
    )


def sideways() -> Any:
    """A cube of 40 with a hole through each of two directions."""
    return cut(box(40, 40, 40), rod(4, 40, (10, 10, 0)), rod(3, 40, (30, 0, 30), along=(0, 1, 0)))


def angle() -> Any:
    """An L of 40 × 40 × 30, 4 thick."""
    return cut(box(40, 30, 40), box(36, 30, 36, (4, 0, 4)))


def tray() -> Any:
    """A block of 40 × 30 × 20 with a pocket that leaves half of it."""
    return cut(box(40, 30, 20), box(34, 24, 15, (3, 3, 5)))


def slotted() -> Any:
    """100 × 40 × 4 with a slot of 30 × 10 with round ends, and a hole of 8."""
    points = [gp_Pnt(40, 15, 0), gp_Pnt(60, 15, 0), gp_Pnt(65, 20, 0), gp_Pnt(60, 25, 0), gp_Pnt(40, 25, 0)]
    left = gp_Pnt(35, 20, 0)
    edges = [
        BRepBuilderAPI_MakeEdge(points[0], points[1]).Edge(),
        BRepBuilderAPI_MakeEdge(GC_MakeArcOfCircle(points[1], points[2], points[3]).Value()).Edge(),
        BRepBuilderAPI_MakeEdge(points[3], points[4]).Edge(),
        BRepBuilderAPI_MakeEdge(GC_MakeArcOfCircle(points[4], left, points[0]).Value()).Edge(),
    ]
    wire = BRepBuilderAPI_MakeWire(*edges).Wire()
    slot = BRepPrimAPI_MakePrism(BRepBuilderAPI_MakeFace(wire).Face(), gp_Vec(0, 0, 4)).Shape()
    return cut(box(100, 40, 4), slot, rod(4, 4, (85, 20, 0)))


def shaft() -> Any:
    """Turned: 20 across, 60 long, with a neck of 12 and 15 long on one end."""
    return BRepAlgoAPI_Fuse(rod(10, 60), rod(6, 15, (0, 0, 60))).Shape()


def bar() -> Any:
    """A round bar, 20 across and 60 long."""
    return rod(10, 60)


def cross() -> Any:
    return BRepAlgoAPI_Fuse(rod(10, 30, along=(1, 0, 0)), rod(10, 30, along=(0, 1, 0))).Shape()


def perforated() -> Any:
    """A plate with 300 holes in a grid."""
    tools = [rod(2, 3, (10 + 10 * x, 10 + 10 * y, 0)) for x in range(25) for y in range(12)]
    return cut(box(260, 130, 3), *tools)


def pair() -> Any:
    """Two different parts in one file: a plate, and a taper pin beside it."""
    whole, builder = TopoDS_Compound(), BRep_Builder()
    builder.MakeCompound(whole)
    builder.Add(whole, plate())
    builder.Add(whole, cone(5, 3, 40, (200, 0, 0)))
    return whole


def write(folder: Path, args: dict[str, Any]) -> None:
    """Model ``args["part"]`` and write ``out/part.step``."""
    writer = STEPControl_Writer()
    writer.Transfer(globals()[args["part"]](), STEPControl_AsIs)
    writer.Write(str(folder / "out" / "part.step"))
