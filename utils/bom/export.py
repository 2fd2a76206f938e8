"""A bill of materials as a CSV file and as an XLSX workbook; equal rows give equal bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from utils.bom.cells import guarded, plain
from utils.bom.rows import COLUMNS, BomRow

Cell = str | int | float | None

_WIDTHS = {"part_number": 24, "part_description": 44, "parent": 24, "notes": 34, "source_name": 44}
_NUMBERS = {"quantity": "0", "level": "0", "volume_mm3": "#,##0.0##"}
_LENGTHS = "0.0##"
_DEEPEST_INDENT = 15  # Excel's own dialog allows no more
_MOST_COLOURS = 1000  # a workbook may have 64,000 formats; a rainbow is no bill of materials
_CREATED = datetime(2000, 1, 1)  # in every file, or equal rows would give different bytes


def as_csv(rows: Sequence[BomRow]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, without which Excel takes it for a Western code page.

    Numbers have a point and no exponent. Texts that a spreadsheet would run begin with an apostrophe: see `cells`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_csv_cell(getattr(row, column)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[BomRow]) -> bytes:
    """A workbook with one sheet, "BOM": numbers are numbers, texts are texts whatever they begin with."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Bill of materials", "created": _CREATED})
        _Sheet(book).write(rows)
    return file.getvalue()


class _Sheet:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._sheet = book.add_worksheet("BOM")
        self._formats: dict[tuple[str, object], Any] = {}

    def write(self, rows: Sequence[BomRow]) -> None:
        self._frame(len(rows))
        for line, row in enumerate(rows, 1):
            for place, column in enumerate(COLUMNS):
                self._cell(line, place, column, getattr(row, column), row)

    def _frame(self, lines: int) -> None:
        heading = self._book.add_format({"bold": True, "bottom": 1, "bg_color": "#eef1f4"})
        for place, column in enumerate(COLUMNS):
            self._sheet.set_column(place, place, _WIDTHS.get(column, 12))
            self._sheet.write_string(0, place, column, heading)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, max(lines, 1), len(COLUMNS) - 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def _cell(self, line: int, place: int, column: str, value: Cell, row: BomRow) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._sheet.write_string(line, place, plain(value), self._text_format(column, row))
        else:
            self._sheet.write_number(line, place, value, self._number_format(column))

    def _text_format(self, column: str, row: BomRow) -> Any:
        if column == "part_description" and row.level:
            indent = min(row.level, _DEEPEST_INDENT)
            return self._format(("indent", indent), lambda: {"indent": indent})
        if column == "colour" and row.colour and len(self._formats) < _MOST_COLOURS:
            colour = row.colour
            return self._format(("colour", colour), lambda: _swatch(colour))
        return None

    def _number_format(self, column: str) -> Any:
        form = _NUMBERS.get(column, _LENGTHS)
        return self._format(("number", form), lambda: {"num_format": form})

    def _format(self, key: tuple[str, object], properties: Callable[[], dict[str, Any]]) -> Any:
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties())
        return self._formats[key]


def _swatch(colour: str) -> dict[str, Any]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    light = 0.299 * red + 0.587 * green + 0.114 * blue > 140
    return {"bg_color": colour, "font_color": "#000000" if light else "#ffffff", "align": "center"}


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
