"""Callouts: one for each kind of hole in a view, with a short leader to the hole that is nearest to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from utils.cad.drawing.crossing import crosses, meet
from utils.cad.drawing.holegroups import Group, Side
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import ARROW, TEXT, Box, Circle, Filled, Line, Point, Text, arrow

Edge = Literal["right", "left", "above"]

_LINE = 5.0  # from one callout to the next
_SHELF = 2.5
_BESIDE = 9.0  # the view, where the first leader has its knee
_ABOVE = 8.0
_FLOOR = 1.0  # below the view: dimensions stand there
_NEAREST = 4  # holes of a kind that are tried for each edge
_RISES = (2.5, 11.0, -11.0)  # of a leader to the side: one that lies level passes for a centre line
_CLEAR = 0.5  # between a leader and the holes that it passes
_ROUNDS = 3
_MANY, _TOO_MANY = 8, 16  # kinds: of more than these fewer ways are tried, or just one
# what one fault is worth in millimetres of leader
_OVER_HOLE, _OVER_LEADER, _OVER_WORDS = 45.0, 60.0, 1000.0


@dataclass(frozen=True)
class Callout:
    """Its leader runs from the ``tip`` at a hole to the ``knee`` and on to the words at ``shelf``."""

    tip: Point
    knee: Point
    shelf: Point
    words: Text

    @property
    def leader(self) -> Line:
        return Line(self.tip, self.knee)

    def pieces(self) -> tuple[Line, Line, Filled]:
        away = math.dist(self.knee, self.tip) or 1.0
        dx, dy = ((to - at) / away * ARROW for at, to in zip(self.tip, self.knee, strict=True))
        head = arrow(self.tip, (self.tip[0] + dx, self.tip[1] + dy))
        return self.leader, Line(self.knee, self.shelf), head

    def box(self) -> Box:
        """Of what stands outside of the view: knee, shelf and words."""
        return Box.around([Line(self.knee, self.shelf).box(), self.words.box()])

    def moved(self, right: float, up: float) -> Callout:
        def to(point: Point) -> Point:
            return (point[0] + right, point[1] + up)

        words = Text(to(self.words.at), self.words.text, anchor=self.words.anchor)
        return Callout(to(self.tip), to(self.knee), to(self.shelf), words)

    def mirrored(self) -> Callout:
        """At the line x = 0."""

        def to(point: Point) -> Point:
            return (-point[0], point[1])

        words = Text(to(self.words.at), self.words.text, anchor="end")
        return Callout(to(self.tip), to(self.knee), to(self.shelf), words)


@dataclass(frozen=True)
class _Aim:
    """The hole that a callout points at, and the edge of the view behind which its words stand."""

    words: str
    hole: Circle
    edge: Edge
    rise: float = _RISES[0]

    def mirrored(self) -> _Aim:
        x, y = self.hole.centre
        return replace(self, hole=Circle((-x, y), self.hole.radius))


def called_out(side: Side, place: Place, view: Box, edges: Sequence[Edge]) -> list[Callout]:
    """A callout for each group of ``side``, outside of ``view`` behind those of its ``edges`` that are nearest.

    ``view`` is its box on paper.
    """
    holes = [
        Circle(place.point(at), group.radius * place.scale) for group in side.groups for at in group.places
    ]
    choices = [_choices(group, place, view, edges, many=len(side.groups) > _MANY) for group in side.groups]
    if not choices:
        return []
    aims = [min(several, key=lambda aim: _reach(aim, view)) for several in choices]
    if len(choices) > _TOO_MANY:
        return _listed(choices, view, "right" if "right" in edges else edges[0])
    best = _cost(aims, view, holes)
    for _ in range(1 if len(choices) > _MANY else _ROUNDS):
        before = best
        for number, several in enumerate(choices):
            for other in several:
                tried = [*aims[:number], other, *aims[number + 1 :]]
                cost = _cost(tried, view, holes)
                if cost < best - 1e-9:
                    aims, best = tried, cost
        if best == before:
            break
    return _arranged(aims, view)


def _listed(choices: list[list[_Aim]], view: Box, edge: Edge) -> list[Callout]:
    """All behind one edge: in a list of many kinds at least no words overlap."""
    return _arranged([next(aim for aim in several if aim.edge == edge) for several in choices], view)


def _choices(group: Group, place: Place, view: Box, edges: Sequence[Edge], *, many: bool) -> list[_Aim]:
    found = []
    holes = [Circle(place.point(at), group.radius * place.scale) for at in group.places]
    for edge in edges:
        aims = [_Aim(group.callout(), hole, edge) for hole in holes]
        aims.sort(key=lambda aim: _reach(aim, view))
        found += aims[: 1 if many else _NEAREST]
        if edge != "above" and not many:
            found += [replace(aims[0], rise=rise) for rise in _RISES[1:]]
    return found


def _reach(aim: _Aim, view: Box) -> float:
    """About how long the leader gets."""
    x, y = aim.hole.centre
    if aim.edge == "above":
        return view.top - y + _ABOVE
    return _BESIDE + (view.right - x if aim.edge == "right" else x - view.left)


def _cost(aims: list[_Aim], view: Box, holes: list[Circle]) -> float:
    made = _arranged(aims, view)
    leaders = [callout.leader for callout in made]
    cost = sum(math.dist(leader.start, leader.end) for leader in leaders)
    cost += _OVER_HOLE * sum(
        _holes_under(leader, aim.hole, holes) for leader, aim in zip(leaders, aims, strict=True)
    )
    spans = [leader.box() for leader in leaders]
    words = [callout.words.box() for callout in made]
    boxes = [callout.box() for callout in made]
    for one, other in combinations(range(len(made)), 2):
        cost += _OVER_LEADER * meet(leaders[one], leaders[other])
        cost += _OVER_WORDS * sum(
            words[a].meets(spans[b]) and crosses(words[a], leaders[b])
            for a, b in ((one, other), (other, one))
        )
        if boxes[one].meets(boxes[other], 0.5):
            cost += _OVER_WORDS
    return cost


def _holes_under(leader: Line, its: Circle, holes: list[Circle]) -> int:
    """How many holes besides ``its`` own (and what is concentric) a leader runs over or close by."""
    (x, y), (to_x, to_y) = leader.start, leader.end
    across, up = to_x - x, to_y - y
    whole = across * across + up * up or 1.0
    count = 0
    for hole in holes:
        off_x, off_y = hole.centre[0] - x, hole.centre[1] - y
        share = min(1.0, max(0.0, (off_x * across + off_y * up) / whole))
        away_x, away_y, near = off_x - share * across, off_y - share * up, hole.radius + _CLEAR
        if away_x * away_x + away_y * away_y < near * near:
            count += math.dist(hole.centre, its.centre) > 1e-6
    return count


def _arranged(aims: list[_Aim], view: Box) -> list[Callout]:
    """The callouts of ``aims``, in their order."""
    made: dict[int, Callout] = {}
    by_edge: dict[Edge, list[int]] = {"right": [], "left": [], "above": []}
    for number, aim in enumerate(aims):
        by_edge[aim.edge].append(number)
    right = [aims[number] for number in by_edge["right"]]
    made |= zip(by_edge["right"], _beside(right, view), strict=True)
    left = [aims[number].mirrored() for number in by_edge["left"]]
    across = Box(-view.right, view.bottom, -view.left, view.top)
    made |= zip(by_edge["left"], (each.mirrored() for each in _beside(left, across)), strict=True)
    above = [aims[number] for number in by_edge["above"]]
    made |= zip(by_edge["above"], _over(above, view), strict=True)
    return [made[number] for number in range(len(aims))]


def _beside(aims: list[_Aim], view: Box) -> list[Callout]:
    """On the right, the words under each other in the order of their holes."""
    order = sorted(
        range(len(aims)), key=lambda n: (-aims[n].hole.centre[1] - aims[n].rise, -aims[n].hole.centre[0])
    )
    wanted = [aims[n].hole.centre[1] + aims[n].rise for n in order]
    x = view.right + _BESIDE
    made = {
        number: _callout(aims[number], (x, y))
        for number, y in zip(order, spread(wanted, view.bottom - _FLOOR), strict=True)
    }
    return [made[number] for number in range(len(aims))]


def _over(aims: list[_Aim], view: Box) -> list[Callout]:
    """Above, the words on the right of their knees; what stands further left stands higher where it must."""
    order = sorted(range(len(aims)), key=lambda n: (-aims[n].hole.centre[0], -aims[n].hole.centre[1]))
    made: dict[int, Callout] = {}
    boxes: list[Box] = []
    for number in order:
        x, y = aims[number].hole.centre
        for row in range(len(aims)):
            high = view.top + _ABOVE + _LINE * row
            lean = min(15.0, max(3.0, 0.3 * (high - y)))
            callout = _callout(aims[number], (x + lean, high))
            box = callout.box()
            if not any(box.meets(other, 1.0) for other in boxes):
                break
        made[number] = callout
        boxes.append(box)
    return [made[number] for number in range(len(aims))]


def _callout(aim: _Aim, knee: Point) -> Callout:
    (x, y), radius = aim.hole.centre, aim.hole.radius
    away = math.dist(knee, (x, y)) or 1.0
    tip = (x + (knee[0] - x) / away * radius, y + (knee[1] - y) / away * radius)
    shelf = (knee[0] + _SHELF, knee[1])
    return Callout(tip, knee, shelf, Text((shelf[0] + 1, knee[1] - TEXT / 2), aim.words))


def spread(wanted: list[float], floor: float) -> list[float]:
    """Heights (from the top down) as near to the ``wanted`` ones as keeps lines apart and above ``floor``."""
    # of lines that would overlap each keeps its distance from their common middle (pool adjacent violators)
    pools: list[tuple[float, int]] = []
    for number, height in enumerate(wanted):
        pools.append((height + number * _LINE, 1))
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            (last, many), (above, others) = pools.pop(), pools.pop()
            pools.append(((last * many + above * others) / (many + others), many + others))
    level = [height for height, many in pools for _ in range(many)]
    heights = [height - number * _LINE for number, height in enumerate(level)]
    for number in range(len(heights) - 1, -1, -1):
        heights[number] = max(heights[number], floor)
        floor = heights[number] + _LINE
    return heights
