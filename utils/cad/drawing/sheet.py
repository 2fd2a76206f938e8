"""A drawing sheet as plain geometry on paper, whatever file it is going to be written as.

Lengths are millimetres on paper, the origin is the sheet's lower left corner, angles are degrees counter-clockwise.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

ARROW = 2.5  # length of an arrow head
TEXT = 2.5  # height of a capital letter
_OVERSHOOT = 1.25  # of an extension line past its dimension line
_CLEAR = 1.0  # between the part and an extension line


class Layer(StrEnum):
    """What a line stands for; the writers know how each is drawn."""

    VISIBLE = "VISIBLE"
    SMOOTH = "SMOOTH"  # where faces run into each other without a corner
    HIDDEN = "HIDDEN"
    CENTRE = "CENTRE"
    DIMENSION = "DIMENSION"
    TEXT = "TEXT"
    FRAME = "FRAME"
    OUTLINE = "OUTLINE"  # what a machine cuts: outside
    HOLES = "HOLES"  # what a machine cuts: inside
    MARK = "MARK"  # not to be cut through
    NOTES = "NOTES"


@dataclass(frozen=True)
class Pen:
    width: float
    dashes: tuple[float, ...] = ()  # stroke, gap, stroke, gap …


PENS = {
    Layer.VISIBLE: Pen(0.5),
    Layer.SMOOTH: Pen(0.18),
    Layer.HIDDEN: Pen(0.25, (2.0, 1.0)),
    Layer.CENTRE: Pen(0.18, (6.0, 1.2, 1.0, 1.2)),
    Layer.DIMENSION: Pen(0.18),
    Layer.TEXT: Pen(0.18),
    Layer.FRAME: Pen(0.35),
    Layer.OUTLINE: Pen(0.35),
    Layer.HOLES: Pen(0.35),
    Layer.MARK: Pen(0.18, (2.0, 1.0)),
    Layer.NOTES: Pen(0.18),
}


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Whether the two overlap, or are nearer than ``gap``."""
        apart = (
            self.right + gap <= other.left
            or other.right + gap <= self.left
            or self.top + gap <= other.bottom
            or other.top + gap <= self.bottom
        )
        return not apart

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @classmethod
    def around(cls, boxes: list[Box]) -> Box:
        return cls(
            min(box.left for box in boxes),
            min(box.bottom for box in boxes),
            max(box.right for box in boxes),
            max(box.top for box in boxes),
        )


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point

    def box(self) -> Box:
        return _box([self.start, self.end])


@dataclass(frozen=True)
class Circle:
    centre: Point
    radius: float

    def box(self) -> Box:
        (x, y), r = self.centre, self.radius
        return Box(x - r, y - r, x + r, y + r)


@dataclass(frozen=True)
class Arc:
    """Counter-clockwise from ``start`` to ``end``; 0 ≤ start < 360, start < end < start + 360."""

    centre: Point
    radius: float
    start: float
    end: float

    def point(self, degrees: float) -> Point:
        turn = math.radians(degrees)
        return (
            self.centre[0] + self.radius * math.cos(turn),
            self.centre[1] + self.radius * math.sin(turn),
        )

    def box(self) -> Box:
        quarters = [q * 90.0 for q in range(9) if self.start < q * 90.0 < self.end]
        return _box([self.point(angle) for angle in (self.start, *quarters, self.end)])


@dataclass(frozen=True)
class Polyline:
    points: tuple[Point, ...]
    closed: bool = False

    def box(self) -> Box:
        return _box(list(self.points))


@dataclass(frozen=True)
class Contour:
    """A closed run of corners ``(x, y, bulge)``: a bulge is the tangent of a quarter of the arc to the next one."""

    corners: tuple[tuple[float, float, float], ...]

    def box(self) -> Box:
        return Box.around([piece.box() for piece in self.pieces()])

    def pieces(self) -> list[Line | Arc]:
        """Its lines and arcs, one after the other."""
        following = (*self.corners[1:], self.corners[0])
        return [
            bulged((x, y), (to_x, to_y), bulge)
            for (x, y, bulge), (to_x, to_y, _) in zip(self.corners, following, strict=True)
        ]

    def area(self) -> float:
        """The enclosed area; negative when it runs clockwise."""
        total = 0.0
        following = (*self.corners[1:], self.corners[0])
        for (x, y, bulge), (to_x, to_y, _) in zip(self.corners, following, strict=True):
            total += (x * to_y - to_x * y) / 2
            if bulge:
                turn = 4 * math.atan(bulge)
                radius = math.hypot(to_x - x, to_y - y) / (2 * math.sin(turn / 2))
                total += radius * radius * (turn - math.sin(turn)) / 2
        return total


@dataclass(frozen=True)
class Filled:
    """A filled polygon without a border: an arrow head."""

    points: tuple[Point, ...]

    def box(self) -> Box:
        return _box(list(self.points))


@dataclass(frozen=True)
class Text:
    """``height`` is that of a capital letter; ``at`` stands on the base line; ``angle`` is 0 or 90."""

    at: Point
    text: str
    height: float = TEXT
    anchor: Anchor = "start"
    angle: float = 0.0

    def box(self) -> Box:
        width = text_width(self.text, self.height)
        back = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        below, above = 0.3 * self.height, 1.1 * self.height
        x, y = self.at
        if self.angle:
            return Box(x - above, y - back, x + below, y - back + width)
        return Box(x - back, y - below, x - back + width, y + above)


@dataclass(frozen=True)
class Dimension:
    """A length between two points on paper, along x or (``vertical``) y; ``line`` is where its line runs."""

    first: Point
    second: Point
    line: float
    vertical: bool
    text: str
    scale: float  # of the view it stands at: paper length / true length
    before: bool = False  # a text too long for its line stands at the line's low end, not its high one

    def box(self) -> Box:
        return Box.around([piece.box() for piece in self.pieces()])

    def words(self) -> Text:
        """Its text: above the line, or past one of its ends where the line is too short."""
        low, high = self._span()
        if not self.is_short():
            return self._text((low + high) / 2, "middle")
        away = 2 * ARROW + 1
        return self._text(low - away, "end") if self.before else self._text(high + away, "start")

    def pieces(self) -> Iterator[Line | Filled | Text]:
        """What is drawn for it."""
        low, high = self._span()
        for point in (self.first, self.second):
            yield from self._extension(point)
        out = ARROW if high - low < 3 * ARROW else -ARROW
        tail = 2 * ARROW + 1 + text_width(self.text, TEXT) if self.is_short() else 0.0
        reach = 2 * ARROW if out > 0 else 0.0
        start = low - max(reach, tail if self.before else 0.0)
        end = high + max(reach, 0.0 if self.before else tail)
        yield Line(self._on(start), self._on(end))
        yield arrow(self._on(low), self._on(low - out))
        yield arrow(self._on(high), self._on(high + out))
        yield self.words()

    def is_short(self) -> bool:
        """Whether the text is too long for the room between the arrows, or between the lines that they point at."""
        low, high = self._span()
        room = high - low - (1 if high - low < 3 * ARROW else 2 * ARROW + 1)
        return text_width(self.text, TEXT) > room

    def _text(self, along: float, anchor: Anchor) -> Text:
        lift = 0.8
        at = (self.line - lift, along) if self.vertical else (along, self.line + lift)
        return Text(at, self.text, anchor=anchor, angle=90 if self.vertical else 0)

    def _span(self) -> tuple[float, float]:
        axis = 1 if self.vertical else 0
        low, high = sorted((self.first[axis], self.second[axis]))
        return low, high

    def _on(self, along: float) -> Point:
        return (self.line, along) if self.vertical else (along, self.line)

    def _extension(self, point: Point) -> Iterator[Line]:
        along, across = (point[1], point[0]) if self.vertical else point
        away = self.line - across
        if abs(away) <= _CLEAR:
            return
        sign = math.copysign(1.0, away)
        begin, end = across + sign * _CLEAR, self.line + sign * _OVERSHOOT
        if self.vertical:
            yield Line((begin, along), (end, along))
        else:
            yield Line((along, begin), (along, end))


Shape = Line | Circle | Arc | Polyline | Contour | Filled | Text | Dimension
Curve = Line | Circle | Arc | Polyline


@dataclass(frozen=True)
class Item:
    layer: Layer
    shape: Shape


@dataclass
class Sheet:
    """``views`` are the rectangles that the views fill, ``blocks`` those of title block and tables."""

    width: float
    height: float
    title: str
    items: list[Item] = field(default_factory=list)
    views: list[Box] = field(default_factory=list)
    blocks: list[Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    profile: list[Item] | None = None  # in true millimetres: the DXF then holds these alone

    def add(self, layer: Layer, *shapes: Shape) -> None:
        self.items.extend(Item(layer, shape) for shape in shapes)

    def on(self, layer: Layer) -> list[Shape]:
        return [item.shape for item in self.items if item.layer is layer]


def arrow(tip: Point, tail: Point) -> Filled:
    """An arrow head from ``tail`` to ``tip``, a third as wide as long."""
    dx, dy = (tip[0] - tail[0]) / 6, (tip[1] - tail[1]) / 6
    return Filled((tip, (tail[0] - dy, tail[1] + dx), (tail[0] + dy, tail[1] - dx)))


def bulged(start: Point, end: Point, bulge: float) -> Line | Arc:
    """The line, or with a ``bulge`` the arc, from ``start`` to ``end``."""
    if not bulge:
        return Line(start, end)
    turn = 4 * math.atan(bulge)
    chord = math.hypot(end[0] - start[0], end[1] - start[1])
    radius = chord / (2 * math.sin(abs(turn) / 2))
    # the centre stands off the chord's middle, to the left of a counter-clockwise arc of less than half a turn
    off = radius * math.cos(turn / 2) * math.copysign(1.0, turn) / chord
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    centre = (middle[0] - off * (end[1] - start[1]), middle[1] + off * (end[0] - start[0]))
    first, last = (start, end) if turn > 0 else (end, start)
    begin = math.degrees(math.atan2(first[1] - centre[1], first[0] - centre[0])) % 360
    finish = math.degrees(math.atan2(last[1] - centre[1], last[0] - centre[0])) % 360
    return Arc(centre, radius, begin, finish if finish > begin else finish + 360)


@lru_cache(maxsize=4096)
def _em(text: str) -> float:
    return sum(map(_advance, text))


def text_width(text: str, height: float) -> float:
    """About how wide ``text`` comes out, rather too wide than too narrow."""
    return _em(text) * height / 0.72


def _advance(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " .,:;'|!il()[]/":
        return 0.38
    if letter in "mwMW@%—":
        return 0.98
    return 0.70 if letter.isupper() else 0.64


def _box(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
