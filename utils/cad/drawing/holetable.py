"""Which holes are alike, what they are called, and the table that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from utils.cad.analysis import Hole
from utils.cad.drawing.looking import Frame, Vector, dot, facing, is_axis, negative, normal
from utils.cad.drawing.sheet import Box, Layer, Line, Point, Sheet, Text, text_width
from utils.cad.drawing.words import diameter, length

# without those that are taken for digits or other letters, as drawings have it
_LETTERS = "ABCDEFGHJKLMNPRTUVWY"
_SAME_WAY = 1 - 1e-6
ROW = 4.6
_WORDS = 2.1
_PADDING = 1.6

HEAD = ("TAG", "Ø", "DEPTH", "FORM", "X", "Y", "QTY")


@dataclass(frozen=True)
class Group:
    """Holes that are alike on one side; ``places`` are their mouths in the plane of the side's view.

    ``walls`` is how many of them lie behind each other at each place, as where a tube is drilled through.
    """

    letter: str
    hole: Hole
    places: list[Point]
    walls: int

    def tag(self, number: int) -> str:
        return f"{self.letter}{number + 1}"

    def callout(self) -> str:
        """``4× Ø6.00 THRU``."""
        count = f"{len(self.places):,}× " if len(self.places) > 1 else ""
        form = f", {self.form}" if self.form else ""
        return f"{count}{diameter(self.hole['diameter_mm'])} {_depth(self.hole)}{form}"

    @property
    def form(self) -> str:
        walls = f"IN {self.walls} WALLS" if self.walls > 1 else ""
        return ", ".join(filter(None, (_form(self.hole), walls)))


@dataclass(frozen=True)
class Side:
    """One direction from which holes are drilled, and the view that faces it."""

    name: str
    frame: Frame
    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(len(group.places) for group in self.groups)


def sides_of(holes: list[Hole]) -> list[Side]:
    """The sides that have holes, the one with most first; a plain through hole belongs to either of its two."""
    by_direction: list[tuple[Vector, list[Hole]]] = []
    # what can only be drilled from one side decides which sides there are
    for hole in sorted(holes, key=_is_plain):
        _assign(hole, by_direction)
    # from above before from the front before from the right
    by_direction.sort(key=lambda pair: (-len(pair[1]), -pair[0][2], pair[0][1], -pair[0][0]))
    letters = _letters()
    return [
        Side(_name(direction), facing(direction), _groups(here, facing(direction), letters))
        for direction, here in by_direction
    ]


def _is_plain(hole: Hole) -> bool:
    return hole["kind"] == "through" and not hole["counterbore"] and not hole["countersink"]


def _assign(hole: Hole, sides: list[tuple[Vector, list[Hole]]]) -> None:
    x, y, z = hole["axis"]["direction"]
    seen_from = normal((0.0 - x, 0.0 - y, 0.0 - z))
    for direction, holes in sides:
        alike = dot(direction, seen_from)
        if alike > _SAME_WAY or (_is_plain(hole) and alike < -_SAME_WAY):
            holes.append(hole)
            return
    if _is_plain(hole):
        leading = next(
            (part for part in (seen_from[2], -seen_from[1], seen_from[0]) if abs(part) > 1e-6), 1.0
        )
        seen_from = seen_from if leading > 0 else negative(seen_from)
    sides.append((seen_from, [hole]))


def _name(direction: Vector) -> str:
    if is_axis(direction):
        number = max(range(3), key=lambda axis: abs(direction[axis]))
        return f"{'+' if direction[number] > 0 else '-'}{'XYZ'[number]}"
    return "(" + ", ".join(f"{part + 0.0:.2f}" for part in direction) + ")"


def _letters() -> Iterator[str]:
    yield from _LETTERS
    for first in _LETTERS:
        for second in _LETTERS:
            yield first + second
    number = 1
    while True:
        yield f"A{number}-"
        number += 1


def _groups(holes: list[Hole], frame: Frame, letters: Iterator[str]) -> list[Group]:
    alike: dict[tuple[object, ...], dict[Point, list[Hole]]] = {}
    for hole in holes:
        x, y = frame.flat(hole["axis"]["origin"])
        # to a micrometre, so that the holes of opposite walls meet
        at = (round(x, 3) + 0.0, round(y, 3) + 0.0)
        alike.setdefault(_key(hole), {}).setdefault(at, []).append(hole)
    found: list[tuple[Hole, list[Point], int]] = []
    for places in alike.values():
        for walls in sorted({len(there) for there in places.values()}):
            here = sorted(at for at, there in places.items() if len(there) == walls)
            found.append((places[here[0]][0], here, walls))
    found.sort(key=lambda group: (-len(group[1]), group[0]["diameter_mm"]))
    return [Group(next(letters), hole, places, walls) for hole, places, walls in found]


def _key(hole: Hole) -> tuple[object, ...]:
    bore, sink = hole["counterbore"], hole["countersink"]
    depth = None if hole["kind"] == "through" else round(hole["depth_mm"], 2)
    return (
        round(hole["diameter_mm"], 3),
        depth,
        (round(bore["diameter_mm"], 2), round(bore["depth_mm"], 2)) if bore else None,
        (round(sink["diameter_mm"], 2), round(sink["angle_deg"], 1)) if sink else None,
    )


def _depth(hole: Hole) -> str:
    return "THRU" if hole["kind"] == "through" else f"{length(hole['depth_mm'])} DEEP"


def _form(hole: Hole) -> str:
    forms = []
    if hole["counterbore"]:
        bore = hole["counterbore"]
        forms.append(f"CBORE {diameter(bore['diameter_mm'])} × {length(bore['depth_mm'])} DEEP")
    if hole["countersink"]:
        sink = hole["countersink"]
        forms.append(f"CSK {diameter(sink['diameter_mm'])} × {sink['angle_deg']:.0f}°")
    return ", ".join(forms)


Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows in as many columns of blocks as needed; a row of one cell is a heading."""

    rows: list[Row]
    widths: list[float]

    def size(self, height: float) -> tuple[float, float]:
        """How wide and how high it comes out in a space of ``height``."""
        per_block = max(1, int(height / ROW) - 1)
        blocks = -(-len(self.rows) // per_block)
        rows = min(len(self.rows), per_block) + 1
        return blocks * sum(self.widths) + (blocks - 1) * 3, rows * ROW


def table_of(sides: list[Side], origins: list[Point], *, places: bool) -> Table:
    """A row for each hole with its place from its side's ``origins``, or without ``places`` one for each group."""
    rows: list[Row] = []
    for number, (side, origin) in enumerate(zip(sides, origins, strict=True)):
        if len(sides) > 1:
            rows.append((f"VIEW {number + 1}, SEEN FROM {side.name}",))
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
            _depth(group.hole).removesuffix(" DEEP"),
            group.form or "–",
            length(x - origin[0]),
            length(y - origin[1]),
            str(len(group.places)) if number == 0 else "",
        )


def _summary(group: Group) -> Row:
    count = len(group.places)
    tag = group.tag(0) if count == 1 else f"{group.tag(0)}–{group.tag(count - 1)}"
    size = length(group.hole["diameter_mm"])
    depth = _depth(group.hole).removesuffix(" DEEP")
    return (tag, size, depth, group.form or "–", "–", "–", str(count))


def add_table(sheet: Sheet, table: Table, space: Box) -> None:
    """The table in the upper left corner of ``space``."""
    per_block = max(1, int(space.height / ROW) - 1)
    left = space.left
    for start in range(0, len(table.rows), per_block):
        rows = table.rows[start : start + per_block]
        _add_block(sheet, [HEAD, *rows], table.widths, (left, space.top))
        left += sum(table.widths) + 3


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
