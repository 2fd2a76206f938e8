"""Reads a STEP file with the CAD kernel into its distinct parts and where they stand; only inside a child.

What has no face is no part: annotations and wireframes come as nameless shapes beside the real ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from OCP.BRep import BRep_Tool
from OCP.BRepTools import BRepTools_ReShape
from OCP.collections import IndexedMap_TopoDS_Shape_TopTools_ShapeMapHasher as ShapeMap
from OCP.collections import Sequence_TDF_Label
from OCP.IFSelect import IFSelect_ReturnStatus
from OCP.STEPCAFControl import STEPCAFControl_Reader
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDataStd import TDataStd_Name
from OCP.TDF import TDF_Label
from OCP.TDocStd import TDocStd_Document
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS, TopoDS_Iterator
from OCP.XCAFDoc import XCAFDoc_DocumentTool, XCAFDoc_LengthUnit, XCAFDoc_ShapeTool

# colours, layers, annotations: nothing of it is measured, all of it takes time
_MODES = ("Color", "Layer", "Props", "GDT", "Mat", "View", "SHUO", "Meta", "ProductMeta")
_PRODUCT = re.compile(r"KP(\d+)")  # how the neutral copy calls a product: by the number of its entity


class NoShape(Exception):
    """Nothing to measure: ``code`` is ``no_shape`` or ``tessellated``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Shape:
    """A distinct part in its own axes, millimetres."""

    product: int | None
    quantity: int
    shape: Any  # TopoDS_Shape

    @cached_property
    def faces(self) -> ShapeMap:
        """Its faces, numbered from 1."""
        return mapped(self.shape, TopAbs_ShapeEnum.TopAbs_FACE)

    def each_face(self) -> Iterator[Any]:
        for number in range(1, self.faces.Extent() + 1):
            yield TopoDS.Face(self.faces.FindKey(number))


@dataclass
class Document:
    """``placed`` has each instance in the assembly's axes: the part's place in ``parts`` and its location."""

    parts: list[Shape]
    placed: list[tuple[int, Any]]


def mapped(shape: Any, kind: TopAbs_ShapeEnum) -> ShapeMap:
    found = ShapeMap()
    TopExp.MapShapes_s(shape, kind, found)
    return found


def without(shape: Any, faces: list[Any]) -> Any:
    """``shape`` less some of its faces."""
    reshaping = BRepTools_ReShape()
    for face in faces:
        reshaping.Remove(face)
    return reshaping.Apply(shape)


def read(path: Path) -> Document:
    """Read a STEP file. Raises NoShape."""
    document = TDocStd_Document(TCollection_ExtendedString("kerfline"))
    # whatever the file's unit, lengths come out in this one
    XCAFDoc_LengthUnit.Set_s(document.Main(), 0.001)
    reader = STEPCAFControl_Reader()
    reader.SetNameMode(True)
    for mode in _MODES:
        getattr(reader, f"Set{mode}Mode")(False)
    if reader.ReadFile(str(path)) != IFSelect_ReturnStatus.IFSelect_RetDone or not reader.Transfer(document):
        raise NoShape("no_shape")
    return _Tree(document).document()


class _Tree:
    """The labels of an XCAF document; a definition is known by its tag, as all are siblings."""

    def __init__(self, document: TDocStd_Document) -> None:
        tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
        free = Sequence_TDF_Label()
        tool.GetFreeShapes(free)
        self._roots = [_definition(label) for label in _labels(free)]
        self._contents: dict[int, list[tuple[TDF_Label, Any]]] = {}
        self._counts: dict[int, Counter[int]] = {}
        self._parts: dict[int, Shape] = {}
        self._skipped: set[str] = set()

    def document(self) -> Document:
        total: Counter[int] = Counter()
        for root in self._roots:
            total += self._count(root, _product(root))
        if not self._parts:
            raise NoShape("tessellated" if "tessellated" in self._skipped else "no_shape")
        number_of: dict[int, int] = {}
        for tag, part in self._parts.items():
            part.quantity = total[tag]
            number_of[tag] = len(number_of)
        placed = [
            (number_of[tag], where)
            for root in self._roots
            for tag, where in self._walk(root, TopLoc_Location())
        ]
        return Document(list(self._parts.values()), placed)

    def _count(self, label: TDF_Label, product: int | None) -> Counter[int]:
        """How often each part occurs below ``label``; each definition is looked at once."""
        tag = label.Tag()
        if tag in self._counts:
            return self._counts[tag]
        counted: Counter[int] = Counter()
        if XCAFDoc_ShapeTool.IsAssembly_s(label):
            contents = self._contents[tag] = list(_components(label))
            for child, _ in contents:
                # a body without a name of its own belongs to the product that it is listed under
                counted.update(self._count(child, _product(child) or product))
        elif self._is_part(label, product):
            counted[tag] = 1
        self._counts[tag] = counted
        return counted

    def _is_part(self, label: TDF_Label, product: int | None) -> bool:
        part = Shape(product, 0, XCAFDoc_ShapeTool.GetShape_s(label))
        if part.shape is None or part.shape.IsNull() or not part.faces.Extent():
            return False
        # without a surface a face is only a mesh, which the kernel cannot measure
        meshes = [face for face in part.each_face() if not BRep_Tool.Surface_s(face)]
        if len(meshes) == part.faces.Extent():
            self._skipped.add("tessellated")
            return False
        self._parts[label.Tag()] = Shape(product, 0, without(part.shape, meshes)) if meshes else part
        return True

    def _walk(self, label: TDF_Label, where: TopLoc_Location) -> Iterator[tuple[int, TopLoc_Location]]:
        tag = label.Tag()
        if tag in self._parts:
            yield tag, where
        elif self._counts[tag]:  # nothing below it: nothing to unfold
            for child, place in self._contents[tag]:
                yield from self._walk(child, where.Multiplied(place))


def _components(assembly: TDF_Label) -> Iterator[tuple[TDF_Label, TopLoc_Location]]:
    found = Sequence_TDF_Label()
    XCAFDoc_ShapeTool.GetComponents_s(assembly, found, False)
    for label in _labels(found):
        yield _definition(label), XCAFDoc_ShapeTool.GetLocation_s(label)


def _definition(label: TDF_Label) -> TDF_Label:
    target = TDF_Label()
    return target if XCAFDoc_ShapeTool.GetReferredShape_s(label, target) else label


def _labels(sequence: Sequence_TDF_Label) -> list[TDF_Label]:
    return [sequence.Value(number) for number in range(1, sequence.Length() + 1)]


def _product(label: TDF_Label) -> int | None:
    name = TDataStd_Name()
    if not label.FindAttribute(TDataStd_Name.GetID_s(), name):
        return None
    found = _PRODUCT.fullmatch(name.Get().ToExtString())
    return int(found[1]) if found else None


def children(shape: Any) -> list[Any]:
    """What a compound holds, in its order."""
    found = []
    inside = TopoDS_Iterator(shape)
    while inside.More():
        found.append(inside.Value())
        inside.Next()
    return found
