"""Closed contours of lines and arcs: joining what runs on, circles as circles, and which of them are the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

from utils.cad.drawing.sheet import Arc, Box, Circle, Contour, Line, Point, Polyline, bulged

_SAME = 1e-3  # millimetres
_GAP = 0.01  # millimetres between two edges that meet

Closed = Circle | Contour


@dataclass(frozen=True)
class Piece:
    """From ``start`` to ``end``, straight or with a bulge (see ``sheet.Contour``)."""

    start: Point
    end: Point
    bulge: float = 0.0

    def reversed(self) -> Piece:
        return Piece(self.end, self.start, -self.bulge)

    def shape(self) -> Line | Arc:
        return bulged(self.start, self.end, self.bulge)


class Open(Exception):
    """Pieces that do not close."""


def closed(pieces: list[Piece]) -> Closed:
    """The contour of ``pieces``, which follow one another. Raises Open."""
    pieces = [piece for piece in pieces if piece.bulge or math.dist(piece.start, piece.end) > 1e-6]
    if not pieces:
        raise Open
    for before, after in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        if math.dist(before.end, after.start) > _GAP:
            raise Open
    return _as_circle(pieces) or _as_contour(_joined(pieces))


def _as_circle(pieces: list[Piece]) -> Circle | None:
    arcs = [piece.shape() for piece in pieces]
    first = arcs[0]
    if not isinstance(first, Arc):
        return None
    for arc in arcs:
        if not isinstance(arc, Arc) or not _same_circle(arc, first):
            return None
    turn = abs(sum(4 * math.atan(piece.bulge) for piece in pieces))
    return Circle(first.centre, first.radius) if abs(turn - math.tau) < 1e-3 else None


def _same_circle(one: Arc, other: Arc) -> bool:
    return math.dist(one.centre, other.centre) < _SAME and abs(one.radius - other.radius) < _SAME


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours that run on are made one, over the contour's start too."""
    joined: list[Piece] = []
    for piece in pieces:
        both = _together(joined[-1], piece) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(piece)
    both = _together(joined[-1], joined[0]) if len(joined) > 2 else None
    return [*joined[1:-1], both] if both else joined


def _together(one: Piece, other: Piece) -> Piece | None:
    if not one.bulge and not other.bulge:
        (ax, ay), (bx, by), (cx, cy) = one.start, one.end, other.end
        across = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        ahead = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
        straight = abs(across) <= 1e-4 * math.dist((ax, ay), (cx, cy)) and ahead > 0
        return Piece(one.start, other.end) if straight else None
    first, second = one.shape(), other.shape()
    if not (isinstance(first, Arc) and isinstance(second, Arc) and _same_circle(first, second)):
        return None
    turn = 4 * math.atan(one.bulge) + 4 * math.atan(other.bulge)
    if one.bulge * other.bulge < 0 or abs(turn) > math.pi + 1e-9:
        return None
    return Piece(one.start, other.end, math.tan(turn / 4))


def _as_contour(pieces: list[Piece]) -> Contour:
    return Contour(tuple((*piece.start, piece.bulge) for piece in pieces))


def area(contour: Closed) -> float:
    """The enclosed area, whichever way it runs."""
    if isinstance(contour, Circle):
        return math.pi * contour.radius**2
    return abs(contour.area())


def same(one: Closed, other: Closed) -> bool:
    """Whether they enclose the same, as far as box and area tell."""
    a, b = one.box(), other.box()
    corners = zip((a.left, a.bottom, a.right, a.top), (b.left, b.bottom, b.right, b.top), strict=True)
    return all(abs(x - y) < 2 * _SAME for x, y in corners) and abs(area(one) - area(other)) <= _SAME * (
        a.width + a.height
    )


def distinct(contours: list[Closed], known: list[Closed]) -> list[Closed]:
    """Those that are neither in ``known`` nor twice here."""
    found: list[Closed] = []
    for contour in contours:
        if not any(same(contour, other) for other in (*known, *found)):
            found.append(contour)
    return found


def curves(contour: Closed) -> list[Line | Arc | Circle | Polyline]:
    return [contour] if isinstance(contour, Circle) else list(contour.pieces())


def corner_radius(contour: Closed) -> tuple[float, Arc, int] | None:
    """The radius of a contour's rounded corners, one of them and how many there are; None if they differ."""
    if isinstance(contour, Circle):
        return None
    arcs = [piece for piece in contour.pieces() if isinstance(piece, Arc)]
    if not arcs or any(abs(arc.radius - arcs[0].radius) > _SAME for arc in arcs):
        return None
    return arcs[0].radius, arcs[0], len(arcs)


def whole_box(contours: list[Closed]) -> Box:
    return Box.around([contour.box() for contour in contours])
