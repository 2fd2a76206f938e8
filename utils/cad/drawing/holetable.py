"""The table that lists holes: tag, size, depth, form and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from utils.cad.drawing.holegroups import Group, Side
from utils.cad.drawing.sheet import Box, Layer, Line, Point, Sheet, Text, text_width
from utils.cad.drawing.words import length

ROW = 4.6
_WORDS = 2.1
_PADDING = 1.6
_BETWEEN = 3.0  # blocks
_LEAST_ROWS = 4  # of a block

HEAD = ("TAG", "Ø", "DEPTH", "FORM", "X", "Y", "QTY")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows in as many columns of blocks as needed; a row of one cell is a heading."""

    rows: list[Row]
    widths: list[float]

    def sizes(self, most: Box) -> Iterator[tuple[float, float]]:
        """How wide and high it comes out in one block, in two and so on, as far as it fits into ``most``."""
        for blocks in range(1, len(self.rows) + 1):
            per_block = -(-len(self.rows) // blocks)
            wide = blocks * sum(self.widths) + (blocks - 1) * _BETWEEN
            high = (per_block + 1) * ROW
            if wide > most.width:
                return
            if high <= most.height and self._divides_well(per_block):
                yield wide, high

    def _divides_well(self, per_block: int) -> bool:
        """No block of a few rows but for a table of a few, and no heading at the end of one."""
        if per_block >= len(self.rows):
            return True
        return per_block >= _LEAST_ROWS and all(len(row) > 1 for row in self.rows[per_block - 1 :: per_block])


def table_of(sides: list[Side], origins: list[Point], *, places: bool) -> Table:
    """A row for each hole with its place from its side's ``origins``, or without ``places`` one for each group."""
    rows: list[Row] = []
    for side, origin in zip(sides, origins, strict=True):
        if side.groups:
            rows.append((side.name,))
        for group in side.groups:
            rows += _rows(group, origin) if places else [_summary(group)]
    every = [HEAD, *(row for row in rows if len(row) > 1)]
    widths = [
        max(text_width(row[column], _WORDS) for row in every) + 2 * _PADDING for column in range(len(HEAD))
    ]
    headings = max((text_width(row[0], _WORDS) + 2 * _PADDING for row in rows if len(row) == 1), default=0.0)
    widths[3] += max(0.0, headings - sum(widths))
    return Table(rows, widths)


def _rows(group: Group, origin: Point) -> Iterator[Row]:
    for number, (x, y) in enumerate(group.places):
        yield (
            group.tag(number),
            length(group.hole["diameter_mm"]),
            group.depth.removesuffix(" DEEP"),
            group.form or "–",
            length(x - origin[0]),
            length(y - origin[1]),
            str(len(group.places)) if number == 0 else "",
        )


def _summary(group: Group) -> Row:
    count = len(group.places)
    tag = group.tag(0) if count == 1 else f"{group.tag(0)}–{group.tag(count - 1)}"
    size = length(group.hole["diameter_mm"])
    depth = group.depth.removesuffix(" DEEP")
    return (tag, size, depth, group.form or "–", "–", "–", str(count))


def add_table(sheet: Sheet, table: Table, space: Box) -> None:
    """The table in ``space``, which has one of its sizes."""
    per_block = max(1, round(space.height / ROW) - 1)
    left = space.left
    for start in range(0, len(table.rows), per_block):
        rows = table.rows[start : start + per_block]
        _add_block(sheet, [HEAD, *rows], table.widths, (left, space.top))
        left += sum(table.widths) + _BETWEEN


def _add_block(sheet: Sheet, rows: list[Row], widths: list[float], corner: Point) -> None:
    left, top = corner
    bottom, right = top - ROW * len(rows), left + sum(widths)
    sheet.blocks.append(Box(left, bottom, right, top))
    stops = [left]
    for width in widths:
        stops.append(stops[-1] + width)
    for number, row in enumerate(rows):
        base = top - ROW * (number + 1)
        sheet.add(Layer.FRAME if number < 1 else Layer.DIMENSION, Line((left, base), (right, base)))
        for cell, start in zip(row, stops, strict=False):
            sheet.add(Layer.TEXT, Text((start + _PADDING, base + 1.3), cell, _WORDS))
        if len(row) > 1:
            sheet.add(Layer.DIMENSION, *(Line((x, base), (x, base + ROW)) for x in stops[1:-1]))
    outline = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    sheet.add(Layer.FRAME, *(Line(a, b) for a, b in pairwise(outline)))
