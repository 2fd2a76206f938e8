"""The part of a drawing that is made inside the kernel's child: from exact shapes to SVG, PDF and DXF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from utils.cad.drawing import dxf, pdf, svg
from utils.cad.drawing.child import active_area, external, flat, holes
from utils.cad.drawing.child.model import Model, NoDrawing, load
from utils.cad.drawing.sheet import Sheet
from utils.cad.drawing.title import TitleBlock

SHAPE_NAME = "shape.bin"
ANALYSIS_NAME = "analysis.json"
SVG_NAME, PDF_NAME, DXF_NAME = "drawing.svg", "drawing.pdf", "drawing.dxf"

_MODES: dict[str, Callable[[Model, TitleBlock], Sheet]] = {
    "external": external.draw,
    "holes": holes.draw,
    "flat": flat.draw,
    "active_area": active_area.draw,
}


def draw(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """Write ``out/drawing.svg``, ``.pdf`` and ``.dxf`` for ``in/shape.bin`` and ``in/analysis.json``.

    ``args``: ``mode``, ``method`` (of hidden-line removal: ``exact`` or ``facets``), ``title`` (a TitleBlock's
    members). Returns ``{"notes": [...], "exact": bool}`` or, where there is nothing to draw,
    ``{"refused": [code, message]}``.
    """
    inputs, out = folder / "in", folder / "out"
    model = load(inputs / SHAPE_NAME, inputs / ANALYSIS_NAME, args["method"])
    try:
        sheet = _MODES[args["mode"]](model, TitleBlock(**args["title"]))
    except NoDrawing as refusal:
        return {"refused": [refusal.code, refusal.message]}
    paper, missing = pdf.pdf_of(sheet)
    if missing:
        sheet.notes.append(pdf.MISSING_NOTE)
    _save(out, PDF_NAME, paper)
    _save(out, SVG_NAME, svg.svg_of(sheet).encode())
    _save(out, DXF_NAME, dxf.dxf_of(sheet).encode())
    return {"notes": sheet.notes, "exact": model.method == "exact"}


def _save(out: Path, name: str, content: bytes) -> None:
    # written under another name first: a file that has its name is whole
    part = out / "part"
    part.write_bytes(content)
    part.rename(out / name)
