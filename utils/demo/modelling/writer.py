"""Writes a modelled thing as a STEP file with names, colours and true instances."""

import tempfile
from pathlib import Path

from OCP.BRepBuilderAPI import BRepBuilderAPI_Transform
from OCP.Interface import Interface_Static
from OCP.Message import Message, Message_Gravity
from OCP.Quantity import Quantity_Color, Quantity_ColorRGBA, Quantity_TypeOfColor
from OCP.STEPCAFControl import STEPCAFControl_Controller, STEPCAFControl_Writer
from OCP.STEPControl import STEPControl_StepModelType
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDataStd import TDataStd_Name
from OCP.TDF import TDF_Label
from OCP.TDocStd import TDocStd_Document
from OCP.TopLoc import TopLoc_Location
from OCP.XCAFApp import XCAFApp_Application
from OCP.XCAFDoc import XCAFDoc_ColorTool, XCAFDoc_ColorType, XCAFDoc_DocumentTool, XCAFDoc_ShapeTool

from .part21 import tidy
from .product import Colour, Group, Solid

WRITTEN_AT = "2026-01-10T09:00:00"  # the season's kickoff; a fixed time keeps the bytes the same


def write(thing: Solid | Group, path: Path, *, unit: str) -> None:
    """Write `thing`, modelled in millimetres; `unit` is MM or INCH, that of the file's own numbers."""
    for printer in Message.DefaultMessenger_s().Printers():
        printer.SetTraceLevel(Message_Gravity.Message_Fail)
    STEPCAFControl_Controller.Init_s()
    Interface_Static.SetCVal_s("write.step.unit", unit)
    Interface_Static.SetCVal_s("write.step.schema", "AP214IS")
    Interface_Static.SetIVal_s(
        "write.surfacecurve.mode", 0
    )  # curves on surfaces double the file and help no reader
    writer = STEPCAFControl_Writer()
    writer.SetColorMode(True)
    writer.SetNameMode(True)
    document = _Document(thing)
    if not writer.Transfer(document.document, STEPControl_StepModelType.STEPControl_AsIs):
        raise RuntimeError(f"{thing.name} could not be turned into STEP")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "raw.step")
        writer.Write(str(raw))
        text = raw.read_text(encoding="utf-8")
    description = f"{thing.name}, a demo model of Kerfline".replace("'", "''")
    path.write_text(
        tidy(text, file_name=path.name, description=description, written_at=WRITTEN_AT),
        encoding="ascii",
        newline="\n",
    )


class _Document:
    """An XCAF document in which every distinct solid and group stands once and is placed by reference."""

    def __init__(self, thing: Solid | Group) -> None:
        self.document = TDocStd_Document(TCollection_ExtendedString("XmlOcaf"))
        application = XCAFApp_Application.GetApplication_s()
        application.NewDocument(TCollection_ExtendedString("MDTV-XCAF"), self.document)
        application.InitDocument(self.document)
        XCAFDoc_DocumentTool.SetLengthUnit_s(self.document, 0.001)
        self._shapes: XCAFDoc_ShapeTool = XCAFDoc_DocumentTool.ShapeTool_s(self.document.Main())
        self._colours: XCAFDoc_ColorTool = XCAFDoc_DocumentTool.ColorTool_s(self.document.Main())
        self._shapes.SetAutoNaming_s(False)
        self._labels: dict[int, TDF_Label] = {}
        self._add(thing)
        self._shapes.UpdateAssemblies()

    def _add(self, thing: Solid | Group) -> TDF_Label:
        known = self._labels.get(id(thing))
        if known is not None:
            return known
        if isinstance(thing, Solid):
            label = self._shapes.AddShape(_one_solid(thing), False)
            self._colours.SetColor(label, _rgba(thing.colour), XCAFDoc_ColorType.XCAFDoc_ColorSurf)
        else:
            label = self._shapes.NewShape()
            for member in thing.members:
                component = self._shapes.AddComponent(label, self._add(member.what), member.at.wrapped)
                _name(component, member.what.name)
        _name(label, thing.name)
        self._labels[id(thing)] = label
        return label


def _one_solid(solid: Solid):  # type: ignore[no-untyped-def]
    """Take the single solid out of its compound, its placement worked into its coordinates.

    A solid that still carries a placement would be written as an assembly of one.
    """
    found = solid.shape.solids()
    if len(found) != 1 or not found[0].is_valid:
        raise ValueError(f"{solid.name}: {len(found)} solids where one sound solid was meant")
    shape = found[0].wrapped
    placement = shape.Location().Transformation()
    return BRepBuilderAPI_Transform(shape.Located(TopLoc_Location()), placement, True).Shape()


def _name(label: TDF_Label, name: str) -> None:
    TDataStd_Name.Set_s(label, TCollection_ExtendedString(name, True))


def _rgba(colour: Colour) -> Quantity_ColorRGBA:
    rgb = Quantity_Color(colour.red, colour.green, colour.blue, Quantity_TypeOfColor.Quantity_TOC_sRGB)
    return Quantity_ColorRGBA(rgb, colour.opacity)
