"""What is seen of a shape from one side, with hidden lines; runs in the kernel's child only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from OCP.BRepLib import BRepLib
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.gp import gp_Ax2, gp_Dir, gp_Pnt
from OCP.HLRAlgo import HLRAlgo_Projector
from OCP.HLRBRep import HLRBRep_Algo, HLRBRep_HLRToShape, HLRBRep_PolyAlgo, HLRBRep_PolyHLRToShape

from utils.cad.drawing.child.edges import flat_curves
from utils.cad.drawing.looking import Frame
from utils.cad.drawing.merging import merged
from utils.cad.drawing.sheet import Curve

Method = Literal["exact", "facets"]

FACET_MM = 0.1  # how far the facets of the coarse method may stray from the true surface


@dataclass(frozen=True)
class Seen:
    """Curves in the plane of a view, in millimetres of the part; no curve lies twice in any of them."""

    visible: list[Curve]
    smooth: list[Curve]
    hidden: list[Curve]


class Projector:
    """Projects one shape; prepares it once for all views."""

    def __init__(self, shape: Any, method: Method) -> None:
        self._shape = shape
        self._method = method
        if method == "facets":
            BRepMesh_IncrementalMesh(shape, FACET_MM, False, 0.3)
        else:
            # readers seldom say which edges are smooth; without this every blend has hard edges
            BRepLib.EncodeRegularity_s(shape)

    def seen(self, frame: Frame, *, hidden: bool = True, chord: float = 0.01) -> Seen:
        """The view from ``frame``; curves that are no lines or arcs stay within ``chord`` millimetres."""
        view = HLRAlgo_Projector(gp_Ax2(gp_Pnt(0, 0, 0), gp_Dir(*frame.back), gp_Dir(*frame.right)))
        extract = self._exact(view) if self._method == "exact" else self._facets(view)

        def curves(*names: str) -> list[Curve]:
            found: list[Curve] = []
            for name in names:
                compound = getattr(extract, name)()
                if compound is not None and not compound.IsNull():
                    BRepLib.BuildCurves3d_s(compound)
                    found += flat_curves(compound, chord)
            return found

        visible = merged(curves("VCompound", "OutLineVCompound"))
        smooth = merged(curves("Rg1LineVCompound"), visible)
        unseen = merged(curves("HCompound", "OutLineHCompound"), visible) if hidden else []
        return Seen(visible, smooth, unseen)

    def _exact(self, view: Any) -> Any:
        algorithm = HLRBRep_Algo()
        algorithm.Add(self._shape, 0)
        algorithm.Projector(view)
        algorithm.Update()
        algorithm.Hide()
        return HLRBRep_HLRToShape(algorithm)

    def _facets(self, view: Any) -> Any:
        algorithm = HLRBRep_PolyAlgo()
        algorithm.Load(self._shape)
        algorithm.Projector(view)
        algorithm.Update()
        extract = HLRBRep_PolyHLRToShape()
        extract.Update(algorithm)
        return extract
