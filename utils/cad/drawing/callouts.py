"""What stands at the holes of a view: their tags, a callout for each kind, and the mark of the datum corner."""

from __future__ import annotations

import math

from utils.cad.drawing.crossing import crosses
from utils.cad.drawing.holetable import Group, Side
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import (
    ARROW,
    TEXT,
    Box,
    Circle,
    Curve,
    Layer,
    Line,
    Point,
    Sheet,
    Text,
    arrow,
    text_width,
)

TAG = 2.2
_LINE = 5.0  # from one callout to the next
_SHELF = 2.5
_CANDIDATES = 30


def add_tags(sheet: Sheet, side: Side, place: Place, lines: list[Curve]) -> None:
    """Each hole's tag next to it, off the other holes, tags and visible ``lines`` as far as there is room."""
    holes = [
        (group.tag(number), Circle(place.point(at), _widest(group) * place.scale))
        for group in side.groups
        for number, at in enumerate(group.places)
    ]
    placed: list[Box] = []
    for tag, hole in holes:
        others = [other.box() for _, other in holes if other is not hole]
        words = _tag(tag, hole, [*others, *placed], lines)
        placed.append(words.box())
        sheet.add(Layer.TEXT, words)


def _widest(group: Group) -> float:
    bore, sink = group.hole["counterbore"], group.hole["countersink"]
    widths = [group.hole["diameter_mm"]]
    widths += [bore["diameter_mm"]] if bore else []
    widths += [sink["diameter_mm"]] if sink else []
    return max(widths) / 2


def _tag(words: str, hole: Circle, taken: list[Box], lines: list[Curve]) -> Text:
    """Off the hole's corner, clear of its centre lines; the upper right one unless something is there."""
    (x, y), wide = hole.centre, text_width(words, TAG)
    away = 0.75 * hole.radius + 0.6
    choices = [
        Text(
            (x + right * away - (wide if right < 0 else 0), y + up * away - (TAG if up < 0 else 0)),
            words,
            TAG,
        )
        for right, up in ((1, 1), (-1, 1), (-1, -1), (1, -1))
    ]
    free = [text for text in choices if not any(text.box().meets(box) for box in taken)]
    clear = (text for text in free if not any(crosses(text.box(), line) for line in lines))
    return next(clear, (free or choices)[0])


def add_callouts(sheet: Sheet, side: Side, place: Place, view: Box) -> None:
    """One callout for each kind of hole, on the view's right, with a leader to its rightmost hole."""
    aimed = sorted(
        ((_aim(group, side, place, view), group) for group in side.groups), key=lambda pair: -pair[0][1]
    )
    room = max(1, int(view.height / _LINE) + 2)
    aimed = aimed[:room]
    x = view.right + 9.0
    for (centre, group), y in zip(aimed, _heights([point[1] for point, _ in aimed], view), strict=True):
        knee = (x, y)
        away = math.dist(knee, centre) or 1.0
        radius = group.hole["diameter_mm"] / 2 * place.scale
        dx, dy = (knee[0] - centre[0]) / away, (knee[1] - centre[1]) / away
        tip = (centre[0] + dx * radius, centre[1] + dy * radius)
        sheet.add(
            Layer.DIMENSION,
            Line(tip, knee),
            Line(knee, (x + _SHELF, y)),
            arrow(tip, (tip[0] + dx * ARROW, tip[1] + dy * ARROW)),
        )
        sheet.add(Layer.TEXT, Text((x + _SHELF + 1, y - TEXT / 2), group.callout()))


def _aim(group: Group, side: Side, place: Place, view: Box) -> Point:
    """The hole of a group whose leader crosses the fewest other holes, the rightmost of these."""
    others = [
        Circle(place.point(at), _widest(other) * place.scale)
        for other in side.groups
        for at in other.places
        if other is not group
    ]

    def crossed(centre: Point) -> int:
        leader = Line(centre, (view.right, centre[1] + 0.01))
        return sum(crosses(other.box(), leader) for other in others)

    # of many holes the rightmost column has one that will do
    nearest = sorted(map(place.point, group.places), reverse=True)[:_CANDIDATES]
    return min(nearest, key=lambda centre: (crossed(centre), -centre[0]))


def _heights(wanted: list[float], view: Box) -> list[float]:
    """Heights as near to the wanted ones (from the top down) as keeps the lines apart."""
    heights: list[float] = []
    for height in wanted:
        heights.append(min(height, heights[-1] - _LINE) if heights else min(height + _LINE, view.top))
    # what was pushed out at the bottom pushes the others up
    floor = view.bottom - 4
    for number in range(len(heights) - 1, -1, -1):
        heights[number] = max(heights[number], floor)
        floor = heights[number] + _LINE
    return heights


def add_datum(sheet: Sheet, view: Box) -> None:
    """The corner from which X and Y are measured."""
    corner = (view.left, view.bottom)
    sheet.add(Layer.DIMENSION, Circle(corner, 1.1))
    sheet.add(Layer.TEXT, Text((view.left - 2.2, view.bottom - 3.6), "0", TAG, "end"))
