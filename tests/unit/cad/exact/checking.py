"""Compares a preview with the exact shapes, face by face; a body that runs in a kernel child."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from OCP.BinTools import BinTools
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeVertex
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.gp import gp_Pnt
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopoDS import TopoDS_Shape

import utils.cad.exact.child  # noqa: F401 - loads the kernel
from utils.cad.exact.child.document import children, mapped
from utils.cad.facenumbers import face_of_each_triangle, triangles_of
from utils.cad.glb import Glb

_POINTS = 5  # of a face


def farthest(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """How far corners of the preview's faces lie from the exact faces of their numbers, at most (mm).

    ``in`` holds ``model.glb``, ``analysis.json`` and ``shape.bin``. Also returns the numbers that occur in the preview
    and in the analysis, and how many shapes ``shape.bin`` holds.
    """
    whole = TopoDS_Shape()
    BinTools.Read_s(whole, str(folder / "in" / "shape.bin"))
    parts, placed = map(children, children(whole))
    analysis = json.loads((folder / "in" / "analysis.json").read_text())
    exact = {}
    for part, row in zip(parts, analysis["parts"], strict=True):
        faces = mapped(part, TopAbs_ShapeEnum.TopAbs_FACE)
        assert faces.Extent() == len(row["faces"])
        exact.update({face["id"]: faces.FindKey(place + 1) for place, face in enumerate(row["faces"])})
    shown = _corners(Glb.parse((folder / "in" / "model.glb").read_bytes()))
    off = [
        _off(exact[number], point) for number, points in shown.items() if number in exact for point in points
    ]
    return {
        "off_mm": max(off),
        "compared": len(off),
        "shown": sorted(shown),
        "analysed": [face["id"] for row in analysis["parts"] for face in row["faces"]],
        "parts": len(parts),
        "placed": len(placed),
    }


def _corners(glb: Glb) -> dict[int, Any]:
    """Some corners of each numbered face, mm."""
    found = {}
    for mesh in glb.document["meshes"]:
        for primitive in mesh["primitives"]:
            triangles = triangles_of(glb, primitive)
            points = glb.array(primitive["attributes"]["POSITION"]).astype(float) * 1000
            numbers = face_of_each_triangle(primitive, len(triangles))
            for number in np.unique(numbers):
                corners = np.unique(triangles[numbers == number])
                found[int(number)] = points[corners[:: max(1, len(corners) // _POINTS)]]
    return found


def _off(face: Any, point: Any) -> float:
    vertex = BRepBuilderAPI_MakeVertex(gp_Pnt(*map(float, point))).Vertex()
    return float(BRepExtrema_DistShapeShape(vertex, face).Value())
