"""Writes a sheet as a PDF of one page: vectors at true size, embedded fonts. Imported in the child only."""

from __future__ import annotations

import math
from io import BytesIO
from itertools import pairwise
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from utils.cad.drawing.fonts import Fonts
from utils.cad.drawing.sheet import (
    PENS,
    Arc,
    Circle,
    Contour,
    Dimension,
    Filled,
    Layer,
    Line,
    Polyline,
    Shape,
    Sheet,
    Text,
)
from utils.cad.drawing.svg import CAPITAL

MISSING_NOTE = (
    "Some letters are in none of the fonts that the PDF could embed and stand there as “?”; "
    "the SVG and DXF have them."
)


def pdf_of(sheet: Sheet) -> tuple[bytes, bool]:
    """The file, and whether some letters are missing in it. The same sheet gives the same bytes."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=(sheet.width * mm, sheet.height * mm), invariant=1, pageCompression=1)
    canvas.setTitle(sheet.title)
    canvas.setCreator("Kerfline")
    canvas.scale(mm, mm)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    page = _Page(canvas)
    for layer in Layer:
        shapes = sheet.on(layer)
        if shapes:
            pen = PENS[layer]
            canvas.setLineWidth(pen.width)
            canvas.setDash(list(pen.dashes))
            for shape in shapes:
                page.draw(shape)
    canvas.showPage()
    canvas.save()
    return target.getvalue(), page.fonts.missing


class _Page:
    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self.fonts = Fonts()

    def draw(self, shape: Shape) -> None:
        if isinstance(shape, Dimension):
            for piece in shape.pieces():
                self.draw(piece)
        elif isinstance(shape, Text):
            self._text(shape)
        elif isinstance(shape, Circle):
            self._canvas.circle(*shape.centre, shape.radius)
        else:
            self._path(shape)

    def _path(self, shape: Line | Arc | Polyline | Contour | Filled) -> None:
        path = self._canvas.beginPath()
        if isinstance(shape, Arc):
            _add_arc(path, shape, forward=True, first=True)
        elif isinstance(shape, Contour):
            x, y, _ = shape.corners[0]
            path.moveTo(x, y)
            for piece, (_, _, bulge) in zip(shape.pieces(), shape.corners, strict=True):
                if isinstance(piece, Arc):
                    _add_arc(path, piece, forward=bulge > 0, first=False)
                else:
                    path.lineTo(*piece.end)
            path.close()
        else:
            points = (shape.start, shape.end) if isinstance(shape, Line) else shape.points
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            if isinstance(shape, Filled) or (isinstance(shape, Polyline) and shape.closed):
                path.close()
        solid = isinstance(shape, Filled)
        self._canvas.drawPath(path, stroke=int(not solid), fill=int(solid))

    def _text(self, text: Text) -> None:
        size = text.height / CAPITAL
        stretches = self.fonts.stretches(text.text)
        width = self.fonts.width(stretches, size)
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(*text.at)
        if text.angle:
            canvas.rotate(text.angle)
        words = canvas.beginText(-{"start": 0.0, "middle": width / 2, "end": width}[text.anchor], 0)
        for stretch in stretches:
            words.setFont(stretch.font, size)
            words.textOut(stretch.text)
        canvas.drawText(words)
        canvas.restoreState()


def _add_arc(path: Any, arc: Arc, *, forward: bool, first: bool) -> None:
    """Append the arc as cubic curves, each at most an eighth of a turn: exact to a millionth of its radius."""
    count = max(1, math.ceil((arc.end - arc.start) / 45 - 1e-9))
    stops = [arc.start + (arc.end - arc.start) * number / count for number in range(count + 1)]
    if not forward:
        stops.reverse()
    if first:
        path.moveTo(*arc.point(stops[0]))
    handle = 4 / 3 * math.tan(math.radians(stops[1] - stops[0]) / 4) * arc.radius
    for begin, end in pairwise(stops):
        (x1, y1), (x2, y2) = arc.point(begin), arc.point(end)
        a, b = math.radians(begin), math.radians(end)
        path.curveTo(
            x1 - handle * math.sin(a),
            y1 + handle * math.cos(a),
            x2 + handle * math.sin(b),
            y2 - handle * math.cos(b),
            x2,
            y2,
        )
