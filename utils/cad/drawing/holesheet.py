"""Chooses paper and scale for the views of a part's holes, and puts them beside their table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from utils.cad.drawing.border import A3, A4, SCALES, Paper, room
from utils.cad.drawing.holetable import Side, Table, table_of
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import TEXT, Box, text_width

LEFT, BELOW = 14.0, 19.0  # of each view: dimensions, and its name under them
ABOVE = 3.0
_BEFORE_CALLOUT = 14.0
_BETWEEN_TABLE = 6.0
_MOST_TABLE = 0.62  # of the room: a table that takes more leaves its coordinates out
_MOST_BELOW = 0.4

NO_PLACES_NOTE = "There are too many holes to list where each is; the table has one row for each kind."


@dataclass(frozen=True)
class HolePlan:
    paper: Paper
    scale: float
    notes: list[str]
    places: list[Place]
    table: Table
    table_at: Box
    every_hole: bool  # whether each hole has a row and a tag


def planned(sides: list[Side], boxes: list[Box], notes: list[str]) -> HolePlan:
    """The best plan: every hole in the table if there is room; A4 unless A3 draws a reduced part larger."""
    for every_hole in (True, False):
        said = notes if every_hole else [*notes, NO_PLACES_NOTE]
        table = table_of(sides, [(box.left, box.bottom) for box in boxes], places=every_hole)
        small, large = (_on(paper, sides, boxes, said, table, every_hole) for paper in (A4, A3))
        if small and (large is None or small.scale >= min(1.0, large.scale)):
            return small
        if large:
            return large
    raise ValueError("more kinds of holes than a sheet can list")


def _on(
    paper: Paper, sides: list[Side], boxes: list[Box], notes: list[str], table: Table, every_hole: bool
) -> HolePlan | None:
    space = room(paper, notes)
    best: HolePlan | None = None
    for views, table_at in _divided(space, table):
        scales = (scale for scale in SCALES if best is None or scale > best.scale)
        for scale in scales:
            places = _grid(sides, boxes, views, scale)
            if places:
                best = HolePlan(paper, scale, notes, places, table, table_at, every_hole)
                break
    return best


def _divided(space: Box, table: Table) -> Iterator[tuple[Box, Box]]:
    """Room for the views and for the table: on their right or, which long parts like better, below them."""
    wide, high = table.size(space.height)
    if wide <= _MOST_TABLE * space.width:
        beside = space.right - wide
        yield (
            Box(space.left, space.bottom, beside - _BETWEEN_TABLE, space.top),
            Box(beside, space.bottom, space.right, space.top),
        )
    wide, high = table.size(_MOST_BELOW * space.height)
    if wide <= space.width and high <= _MOST_BELOW * space.height:
        under = space.bottom + _MOST_BELOW * space.height
        top = min(under, space.bottom + high)
        yield (
            Box(space.left, top + _BETWEEN_TABLE, space.right, space.top),
            Box(space.right - wide, top - _MOST_BELOW * space.height, space.right, top),
        )


def callouts_width(side: Side) -> float:
    return _BEFORE_CALLOUT + max(text_width(group.callout(), TEXT) for group in side.groups)


def _grid(sides: list[Side], boxes: list[Box], space: Box, scale: float) -> list[Place] | None:
    """The views in rows and columns, by the fewest rows that fit."""
    sizes = [
        (LEFT + box.width * scale + callouts_width(side), BELOW + box.height * scale + ABOVE)
        for side, box in zip(sides, boxes, strict=True)
    ]
    for rows in range(1, len(sizes) + 1):
        columns = math.ceil(len(sizes) / rows)
        widths = [max(size[0] for size in sizes[column::columns]) for column in range(columns)]
        heights = [max(size[1] for size in sizes[row * columns : (row + 1) * columns]) for row in range(rows)
                   if sizes[row * columns : (row + 1) * columns]]  # fmt: skip
        if sum(widths) <= space.width and sum(heights) <= space.height:
            return list(_placed(boxes, widths, heights, space, scale))
    return None


def _placed(
    boxes: list[Box], widths: list[float], heights: list[float], space: Box, scale: float
) -> Iterator[Place]:
    gap_x = (space.width - sum(widths)) / (len(widths) + 1)
    gap_y = (space.height - sum(heights)) / (len(heights) + 1)
    for number, box in enumerate(boxes):
        row, column = divmod(number, len(widths))
        left = space.left + sum(widths[:column]) + gap_x * (column + 1) + LEFT
        bottom = space.top - sum(heights[: row + 1]) - gap_y * (row + 1) + BELOW
        yield Place.of(box, left, bottom, scale)
