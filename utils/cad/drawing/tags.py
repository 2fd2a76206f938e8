"""What stands at the holes of a view: the tag of each, the mark of the datum corner, the view's name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from utils.cad.drawing.callouts import Callout
from utils.cad.drawing.crossing import crosses
from utils.cad.drawing.holegroups import Side
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import TEXT, Box, Circle, Curve, Line, Text, text_width

TAG = 2.2
DATUM_RADIUS = 1.1
_SAME = 1e-3  # two holes nearer than this are one behind the other
_OFF = 0.6
_LEGIBLE = 0.4  # between a tag and the nearest line
_AWAY = (0.0, 1.5, 3.5, 6.0, 9.0)  # from the hole's edge
_LED = 3.0  # a tag that stands further away gets a line to its hole
_DIAGONALS = ((1, 1), (-1, 1), (-1, -1), (1, -1))
_STRAIGHT = ((1, 0), (-1, 0), (0, 1), (0, -1))


@dataclass(frozen=True)
class Tag:
    words: Text
    line: Line | None  # to the hole, where the tag stands away from it


@dataclass(frozen=True)
class Lines:
    """What is drawn of the part in a view, on paper; ``thin`` are hidden and centre lines."""

    visible: list[Curve]
    thin: list[Curve]


NO_LINES = Lines([], [])


def tags_of(side: Side, place: Place, view: Box, callouts: list[Callout], lines: Lines) -> list[Tag] | None:
    """Each hole's tag next to it, off holes, leaders and other tags; None when one finds no such place.

    Off the view's ``lines`` too, as far as there is room, off the visible ones first. ``view`` is its box on paper.
    """
    taken = _Taken(_holes(side, place), callouts, view, lines)
    tags: list[Tag] = []
    names = [group.tag(number) for group in side.groups for number in range(len(group.places))]
    for words, hole in zip(names, taken.holes, strict=True):
        tag = taken.best(words, hole)
        if tag is None:
            return None
        taken.boxes.append(tag.words.box())
        taken.leaders += [tag.line] if tag.line else []
        tags.append(tag)
    return tags


def _holes(side: Side, place: Place) -> list[Circle]:
    return [
        Circle(place.point(at), max(group.radius * place.scale, 0.3))
        for group in side.groups
        for at in group.places
    ]


class _Taken:
    """What a tag must keep off, and what it had better."""

    def __init__(self, holes: list[Circle], callouts: list[Callout], view: Box, lines: Lines) -> None:
        self.holes = holes
        self.boxes = [each.box() for each in callouts]
        self.boxes.append(datum(view)[1].box())
        self.leaders = [each.leader for each in callouts]
        self._limits = view.grown(4.0)
        self._visible = [(line.box(), line) for line in lines.visible]
        self._thin = [(line.box(), line) for line in lines.thin]

    def best(self, words: str, hole: Circle) -> Tag | None:
        behind = [each.radius for each in self.holes if math.dist(each.centre, hole.centre) < _SAME]
        around = Circle(hole.centre, max(behind))
        found: list[tuple[int, Tag]] = []
        for tag in _choices(words, around):
            if self._fits(tag, around):
                faults = self._faults(tag)
                if not faults:
                    return tag
                found.append((faults, tag))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _faults(self, tag: Tag) -> int:
        """Thin lines can be broken at a tag; a line to the hole is worse, a visible line through it the worst."""
        box = tag.words.box().grown(_LEGIBLE)
        return (
            _runs_through(box, self._thin)
            + 2 * (tag.line is not None)
            + 4 * _runs_through(box, self._visible)
        )

    def _fits(self, tag: Tag, hole: Circle) -> bool:
        box = tag.words.box()
        limits = self._limits
        if not (limits.left <= box.left and box.right <= limits.right):
            return False
        if not (limits.bottom <= box.bottom and box.top <= limits.top):
            return False
        if any(box.meets(other) for other in self.boxes) or any(_covers(each, box) for each in self.holes):
            return False
        if any(crosses(box.grown(0.7), leader) for leader in self.leaders):
            return False
        if tag.line is None:
            return True
        line = tag.line
        others = (each for each in self.holes if math.dist(each.centre, hole.centre) >= _SAME)
        crossed = any(crosses(each.box(), line) for each in others)
        return not crossed and not any(crosses(box, line) for box in self.boxes)


def _runs_through(box: Box, lines: list[tuple[Box, Curve]]) -> bool:
    return any(at.meets(box) and crosses(box, line) for at, line in lines)


def _choices(words: str, hole: Circle) -> Iterator[Tag]:
    """Off the hole's corners, clear of its centre lines; the upper right one first."""
    wide, (x, y) = text_width(words, TAG), hole.centre
    for away, (right, up) in product(_AWAY, (*_DIAGONALS, *_STRAIGHT)):
        slanted = bool(right and up)
        reach = (0.75 if slanted else 1.0) * hole.radius + _OFF + away * (0.75 if slanted else 1.0)
        if not slanted and not away:
            continue  # it would stand on a centre line
        corner_x = x + right * reach - {1: 0.0, 0: wide / 2, -1: wide}[right]
        corner_y = y + up * reach - {1: 0.0, 0: TAG / 2, -1: TAG}[up]
        text = Text((corner_x, corner_y), words, TAG)
        yield Tag(text, _line(text.box(), hole) if away > _LED else None)


def _line(box: Box, hole: Circle) -> Line:
    x, y = hole.centre
    near = (min(max(x, box.left), box.right), min(max(y, box.bottom), box.top))
    away = math.dist(near, hole.centre)
    edge = (x + (near[0] - x) / away * hole.radius, y + (near[1] - y) / away * hole.radius)
    return Line(edge, near)


def _covers(hole: Circle, box: Box) -> bool:
    x, y = hole.centre
    nearest = (min(max(x, box.left), box.right), min(max(y, box.bottom), box.top))
    return math.dist(nearest, hole.centre) < hole.radius


def datum(view: Box) -> tuple[Circle, Text]:
    """The mark of the corner from which X and Y are measured."""
    zero = Text((view.left - 2.2, view.bottom - 3.6), "0", TAG, "end")
    return Circle((view.left, view.bottom), DATUM_RADIUS), zero


def name_of(side: Side, view: Box, *, lower: bool) -> Text:
    """The view's name under it, ``lower`` where a dimension stands there."""
    down = 16.0 if lower else 8.0
    return Text(((view.left + view.right) / 2, view.bottom - down), side.name, TEXT, "middle")
