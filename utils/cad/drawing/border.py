"""The sheet around the views: paper size, scale, border, notes and title block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from utils.cad.drawing.sheet import TEXT, Box, Circle, Layer, Line, Polyline, Sheet, Text
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import fitted, wrapped

MARGIN = 10.0
ROW = 11.0
STRIP = 2 * ROW
_NOTE = 4.0  # from one line of notes to the next
_SYMBOL = 40.0  # the cell of the projection symbol
_SMALL = 1.6

ORIGIN = "Generated from STEP, Kerfline"

# the shares of the title block's width
_ROWS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("PART NAME", 0.40), ("PART NUMBER", 0.24), ("REV", 0.09), ("MATERIAL", 0.27)),
    (("FILE", 0.34), ("DRAWING", 0.20), ("DATE", 0.13), ("UNITS", 0.18), ("SCALE", 0.08), ("SHEET", 0.07)),
)

SCALES = (50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)


@dataclass(frozen=True)
class Paper:
    name: str
    width: float
    height: float


A4 = Paper("A4", 297, 210)
A3 = Paper("A3", 420, 297)
LARGE = (Paper("A2", 594, 420), Paper("A1", 841, 594), Paper("A0", 1189, 841))


def scale_name(scale: float) -> str:
    """``2:1``, ``1:5``."""
    return f"{scale:g}:1" if scale >= 1 else f"1:{1 / scale:g}"


def note_lines(paper: Paper, notes: list[str]) -> list[str]:
    return [line for note in notes for line in wrapped(note, paper.width - 2 * MARGIN - 4, TEXT)]


def room(paper: Paper, notes: list[str]) -> Box:
    """Where views may stand: inside of the border, above title block and notes."""
    taken = MARGIN + STRIP + _NOTE * len(note_lines(paper, notes)) + (2 if notes else 0)
    return Box(MARGIN + 3, taken + 3, paper.width - MARGIN - 3, paper.height - MARGIN - 3)


def bordered(paper: Paper, title: TitleBlock, *, drawing: str, scale: str, notes: list[str]) -> Sheet:
    """An empty sheet with border, title block and notes."""
    sheet = Sheet(paper.width, paper.height, fitted(title.part_name, 200, TEXT) or "Drawing", notes=notes)
    inside = Box(MARGIN, MARGIN, paper.width - MARGIN, paper.height - MARGIN)
    sheet.add(Layer.FRAME, _rectangle(inside))
    strip = Box(inside.left, inside.bottom, inside.right, inside.bottom + STRIP)
    sheet.blocks.append(strip)
    sheet.add(Layer.FRAME, Line((strip.left, strip.top), (strip.right, strip.top)))
    values = {
        "PART NAME": title.part_name,
        "PART NUMBER": title.part_number,
        "REV": title.revision,
        "MATERIAL": title.material,
        "FILE": title.file_name,
        "DRAWING": drawing,
        "DATE": title.date,
        "UNITS": _units(title),
        "SCALE": scale,
        "SHEET": paper.name,
    }
    for number, row in enumerate(_ROWS):
        bottom = strip.top - ROW * (number + 1)
        _fill_row(sheet, row, values, Box(strip.left, bottom, strip.right - _SYMBOL, bottom + ROW))
    sheet.add(Layer.FRAME, Line((strip.left, strip.top - ROW), (strip.right - _SYMBOL, strip.top - ROW)))
    _add_symbol(sheet, Box(strip.right - _SYMBOL, strip.bottom, strip.right, strip.top))
    _add_notes(sheet, note_lines(paper, notes), strip)
    return sheet


def _units(title: TitleBlock) -> str:
    if title.file_units in (None, "", "mm"):
        return "mm"
    return f"mm (file: {title.file_units})"


def _fill_row(sheet: Sheet, row: tuple[tuple[str, float], ...], values: dict[str, str], space: Box) -> None:
    left = space.left
    for label, share in row:
        width = share * space.width
        height = 3.5 if label in ("PART NAME", "PART NUMBER") else TEXT
        sheet.add(
            Layer.TEXT,
            Text((left + 1.5, space.top - 1.2 - _SMALL), label, _SMALL),
            Text((left + 1.5, space.bottom + 2.2), fitted(values[label], width - 3, height), height),
        )
        left += width
        sheet.add(Layer.FRAME, Line((left, space.bottom), (left, space.top)))


def _add_symbol(sheet: Sheet, cell: Box) -> None:
    """The truncated cone of third-angle projection: its small end seen from the left stands on the left."""
    y, x = cell.bottom + 14.0, cell.left + 11.0
    sheet.add(Layer.VISIBLE, Circle((x, y), 2.0), Circle((x, y), 4.0))
    left, right = x + 8.0, x + 17.0
    sheet.add(
        Layer.VISIBLE, Polyline(((left, y - 2), (right, y - 4), (right, y + 4), (left, y + 2)), closed=True)
    )
    sheet.add(
        Layer.CENTRE,
        Line((x - 5.5, y), (x + 5.5, y)),
        Line((x, y - 5.5), (x, y + 5.5)),
        Line((left - 1.5, y), (right + 1.5, y)),
    )
    middle = (cell.left + cell.right) / 2
    sheet.add(
        Layer.TEXT,
        Text((middle, cell.bottom + 4.8), "THIRD ANGLE", 1.8, "middle"),
        Text((middle, cell.bottom + 1.4), ORIGIN, _SMALL, "middle"),
    )


def _add_notes(sheet: Sheet, lines: list[str], strip: Box) -> None:
    if not lines:
        return
    top = strip.top + 1.5 + _NOTE * len(lines)
    texts = list(_note_texts(lines, strip.left + 2, top))
    sheet.add(Layer.TEXT, *texts)
    sheet.blocks.append(Box(strip.left, strip.top, strip.right, top))


def _note_texts(lines: list[str], left: float, top: float) -> Iterator[Text]:
    for number, line in enumerate(lines):
        yield Text((left, top - _NOTE * (number + 1) + 0.7), line, TEXT * 0.9)


def _rectangle(box: Box) -> Polyline:
    return Polyline(
        ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)),
        closed=True,
    )
