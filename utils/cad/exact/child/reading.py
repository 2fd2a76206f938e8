"""The part of exact reading that runs inside a child: from a STEP file and its preview to ``analysis.json``.

``shape.bin`` keeps the exact shapes for later questions and drawings: a compound of two compounds, of the distinct
parts in the analysis' order and own axes, and of all instances in the assembly's axes. ``faces.bin`` has each face by
itself, see ``utils.cad.exact.facefile``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from OCP.BinTools import BinTools, BinTools_FormatVersion
from OCP.Bnd import Bnd_Box
from OCP.BRep import BRep_Builder
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS_Compound

from utils.cad.analysis import VERSION, Analysis, Part
from utils.cad.exact import facefile
from utils.cad.exact.child import holes, measuring, numbering, placing, plates, roundings
from utils.cad.exact.child.document import Document, NoShape, Shape
from utils.cad.exact.child.document import read as read_document
from utils.cad.exact.child.surfaces import Wall, describe
from utils.cad.exact.child.topology import Topology
from utils.cad.exact.facefile import PartFaces
from utils.cad.glb import Glb

INPUT_NAME = "input.step"
GLB_NAME = "model.glb"
ANALYSIS_NAME = "analysis.json"
SHAPE_NAME = "shape.bin"
FACES_NAME = "faces.bin"

_DIGITS = 9  # after the point, in mm: an atom is larger


@dataclass
class Measured:
    """A part with what was found on it; lists are in the order of its faces."""

    part: Shape
    bodies: list[measuring.Body]
    walls: list[Wall]
    boxes: list[Bnd_Box]
    outlines: numbering.Outlines


def read(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """Write what this module's head names into ``out`` for ``in/input.step``, whose preview is ``in/model.glb``.

    Returns counts, or ``{"failed": code}`` for a file without exact shapes.
    """
    inputs, out = folder / "in", folder / "out"
    try:
        document = read_document(inputs / INPUT_NAME)
    except NoShape as error:
        return {"failed": error.code}
    glb = Glb.parse((inputs / GLB_NAME).read_bytes())
    shared = measuring.Boxes()
    measured = [_measure(part, shared) for part in document.parts]
    order, numbers = _numbers(measured, numbering.meshes(glb))
    measured = [measured[number] for number in order]
    _reorder(document, order)
    analysis = _analysis(document, measured, [numbers[number] for number in order])
    try:
        _write_json(analysis, out)
    except ValueError:
        return {"failed": "not_a_number"}
    _write_shape(document, out)
    _write_faces(document, out)
    return {
        "parts": len(measured),
        "instances": analysis["instances"],
        "faces": sum(len(part["faces"]) for part in analysis["parts"]),
        "unnumbered": sum(face["id"] is None for part in analysis["parts"] for face in part["faces"]),
    }


def _measure(part: Shape, boxes: measuring.Boxes) -> Measured:
    bodies = measuring.bodies(part.shape)
    turned = [body.faces() for body in bodies if body.volume is not None and body.volume < 0]
    faces = list(part.each_face())
    walls = [describe(face, any(inner.Contains(face) for inner in turned)) for face in faces]
    found = [boxes.of(face) for face in faces]
    places = [
        (*wall.centre, box.CornerMin().X(), box.CornerMin().Y(), box.CornerMin().Z(), box.CornerMax().X(),
         box.CornerMax().Y(), box.CornerMax().Z())
        for wall, box in zip(walls, found, strict=True)
    ]  # fmt: skip
    outlines = numbering.Outlines(np.array(places), np.array([wall.area for wall in walls]))
    return Measured(part, bodies, walls, found, outlines)


def _numbers(
    measured: list[Measured], meshes: list[numbering.Mesh]
) -> tuple[list[int], list[list[int | None]]]:
    """The parts in the order of the preview's meshes, and for each part (in the given order) its faces' numbers."""
    chosen = numbering.parts_of_meshes(
        [found.part.product for found in measured], [found.outlines for found in measured], meshes
    )
    numbers: list[list[int | None]] = [[None] * len(found.walls) for found in measured]
    for number, found in enumerate(measured):
        shown = [mesh for mesh, part in zip(meshes, chosen, strict=True) if part == number]
        if not shown:
            continue
        names = np.concatenate([mesh.numbers for mesh in shown])
        outlines = numbering.Outlines(
            np.concatenate([mesh.outlines.places for mesh in shown]),
            np.concatenate([mesh.outlines.areas for mesh in shown]),
        )
        for face, place in enumerate(numbering.match(found.outlines, outlines)):
            numbers[number][face] = int(names[place]) if place >= 0 else None
    order = list(dict.fromkeys([*(part for part in chosen if part is not None), *range(len(measured))]))
    return order, numbers


def _reorder(document: Document, order: list[int]) -> None:
    new_number = {old: new for new, old in enumerate(order)}
    document.parts = [document.parts[number] for number in order]
    document.placed = [(new_number[part], where) for part, where in document.placed]


def _analysis(document: Document, measured: list[Measured], numbers: list[list[int | None]]) -> Analysis:
    parts = [_part(found, names) for found, names in zip(measured, numbers, strict=True)]
    volumes = [part["volume_mm3"] for part in parts]
    whole = None
    if all(volume is not None for volume in volumes):
        whole = sum((part["volume_mm3"] or 0.0) * part["quantity"] for part in parts)
    return {
        "version": VERSION,
        "parts": parts,
        "instances": len(document.placed),
        "volume_mm3": whole,
        "area_mm2": sum(part["area_mm2"] * part["quantity"] for part in parts),
        "box": placing.whole_box(document, [part["box"] for part in parts]),
        "centre": placing.whole_centre(document, parts) if whole else None,
    }


def _part(found: Measured, names: list[int | None]) -> Part:
    volume = measuring.together(found.bodies)
    topology = Topology(found.part, found.walls)
    hollow, taken = holes.find(topology, names)
    boxes = [measuring.box(face) for face in found.boxes]
    whole = Bnd_Box()
    for box in found.boxes:
        whole.Add(box)
    return {
        "product": found.part.product,
        "quantity": found.part.quantity,
        "solids": len(found.bodies),
        "volume_mm3": volume[0] if volume else None,
        "area_mm2": sum(wall.area for wall in found.walls),
        "box": measuring.box(whole),
        "centre": volume[1] if volume else None,
        "faces": [
            measuring.row(wall, box, name) for wall, box, name in zip(found.walls, boxes, names, strict=True)
        ],
        "holes": hollow,
        "fillets": roundings.find(topology, names, taken),
        "thickness": plates.find(found.walls, boxes, names),
    }


def _write_json(analysis: Analysis, out: Path) -> None:
    part = out / "part"
    part.write_text(json.dumps(_rounded(analysis), separators=(",", ":"), allow_nan=False), encoding="utf-8")
    part.rename(out / ANALYSIS_NAME)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list) else value


def _write_shape(document: Document, out: Path) -> None:
    builder = BRep_Builder()
    whole, parts, placed = TopoDS_Compound(), TopoDS_Compound(), TopoDS_Compound()
    for compound in (whole, parts, placed):
        builder.MakeCompound(compound)
    for part in document.parts:
        measuring.forget_meshes(part.shape)
        builder.Add(parts, part.shape)
    for number, where in document.placed:
        builder.Add(placed, document.parts[number].shape.Moved(where))
    builder.Add(whole, parts)
    builder.Add(whole, placed)
    target = out / "part"
    version = BinTools_FormatVersion.BinTools_FormatVersion_CURRENT
    if not BinTools.Write_s(whole, str(target), False, False, version):
        raise OSError("the shapes could not be written")
    target.rename(out / SHAPE_NAME)


def _write_faces(document: Document, out: Path) -> None:
    standing: dict[int, list[TopLoc_Location]] = {}
    for number, where in document.placed:
        standing.setdefault(number, []).append(where)
    parts = [
        PartFaces([_packed(face) for face in part.each_face()], _only_place(standing.get(number, [])))
        for number, part in enumerate(document.parts)
    ]
    part = out / "part"
    facefile.write(part, parts)
    part.rename(out / FACES_NAME)


def _packed(face: Any) -> bytes:
    content = BytesIO()
    BinTools.Write_s(face, content, False, False, BinTools_FormatVersion.BinTools_FormatVersion_CURRENT)
    return content.getvalue()


def _only_place(places: list[TopLoc_Location]) -> list[float] | None:
    if len(places) != 1:
        return None
    move = places[0].Transformation()
    return [move.Value(row, column) for row in (1, 2, 3) for column in (1, 2, 3, 4)]
