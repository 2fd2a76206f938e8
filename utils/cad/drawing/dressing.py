"""The views of a holes sheet at a scale, each with the room that dimensions, callouts and its name take around it."""

from __future__ import annotations

from dataclasses import dataclass

from utils.cad.drawing.callouts import Callout, Edge, called_out
from utils.cad.drawing.holegroups import Side
from utils.cad.drawing.looking import Frame
from utils.cad.drawing.moving import Place
from utils.cad.drawing.overall import Subject, front_dimensions, right_dimensions
from utils.cad.drawing.packing import moved_box
from utils.cad.drawing.sheet import Box, Dimension, Text
from utils.cad.drawing.tags import datum, name_of

_AROUND = 4.0  # a view: centre lines and tags stick out

FRONT, TOP, RIGHT = range(3)


@dataclass(frozen=True)
class HoleViews:
    """What there is to draw; ``boxes`` are those of the ``sides`` (the standard three first) in millimetres."""

    subject: Subject
    front: Frame
    sides: list[Side]
    boxes: list[Box]
    isometric: Box


@dataclass(frozen=True)
class Dressed:
    """A view on paper, and all that stands around it."""

    side: Side
    box: Box  # in the part's millimetres
    place: Place
    dimensions: list[Dimension]
    callouts: list[Callout]
    name: Text
    outer: Box  # of everything

    @property
    def view(self) -> Box:
        return self.place.box(self.box)

    def moved(self, right: float, up: float) -> Dressed:
        x, y = self.name.at
        return Dressed(
            self.side,
            self.box,
            self.place.moved(right, up),
            [_moved(each, right, up) for each in self.dimensions],
            [each.moved(right, up) for each in self.callouts],
            Text((x + right, y + up), self.name.text, self.name.height, self.name.anchor),
            moved_box(self.outer, right, up),
        )


def dressed(views: HoleViews, scale: float, *, most: int | None = None) -> list[Dressed]:
    """Each view at its own origin, with at most ``most`` callouts."""
    place = Place(0.0, 0.0, scale)
    subject, front = views.subject, views.front
    right_callouts = _called(views, RIGHT, place, ("right", "above"), most)
    front_callouts = _called(views, FRONT, place, _front_edges(views, place, right_callouts), most)
    # the overall height stands where there are no callouts
    on_left = not any(each.words.anchor == "end" for each in front_callouts)
    at_front = front_dimensions(subject, front, place, height=on_left)
    at_right = right_dimensions(subject, front, place, height=not on_left)
    found = [
        _dressed(views, FRONT, place, at_front, front_callouts),
        _dressed(views, TOP, place, [], _called(views, TOP, place, ("right", "left", "above"), most)),
        _dressed(views, RIGHT, place, at_right, right_callouts),
    ]
    for number in range(3, len(views.sides)):
        callouts = _called(views, number, place, ("right", "left", "above"), most)
        found.append(_dressed(views, number, place, [], callouts))
    return found


def _front_edges(views: HoleViews, place: Place, right_callouts: list[Callout]) -> tuple[Edge, ...]:
    """The edges of the front view that no dimension needs."""
    _, after = views.subject.stacks(views.front)
    edges: list[Edge] = ["above"]
    if not after:
        edges.insert(0, "right")
    beside_right = any(each.knee[0] > place.box(views.boxes[RIGHT]).right for each in right_callouts)
    if not views.subject.lies_down(views.front) and not beside_right:
        edges.insert(0, "left")
    return tuple(edges)


def _called(
    views: HoleViews, number: int, place: Place, edges: tuple[Edge, ...], most: int | None
) -> list[Callout]:
    side = views.sides[number]
    if most is not None:
        side = Side(side.name, side.frame, side.groups[:most])
    return called_out(side, place, place.box(views.boxes[number]), edges)


def _dressed(
    views: HoleViews, number: int, place: Place, dimensions: list[Dimension], callouts: list[Callout]
) -> Dressed:
    side, box = views.sides[number], views.boxes[number]
    view = place.box(box)
    below = any(not each.vertical for each in dimensions)
    name = name_of(side, view, lower=below)
    around = [view.grown(_AROUND), name.box()]
    around += [each.box() for each in dimensions] + [each.box() for each in callouts]
    if side.groups:
        around += [mark.box() for mark in datum(view)]
    return Dressed(side, box, place, dimensions, callouts, name, Box.around(around))


def _moved(dimension: Dimension, right: float, up: float) -> Dimension:
    (x1, y1), (x2, y2) = dimension.first, dimension.second
    return Dimension(
        (x1 + right, y1 + up),
        (x2 + right, y2 + up),
        dimension.line + (right if dimension.vertical else up),
        dimension.vertical,
        dimension.text,
        dimension.scale,
        dimension.before,
    )
