"""Chooses paper and scale for three views and an isometric one, and puts them where third angle has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from utils.cad.drawing.border import A3, A4, SCALES, Paper, room
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import Box

BETWEEN = 14.0  # views, with room for a dimension
_LABEL = 6.0  # under the isometric view
_BESIDE = 8.0  # the other views, where it stands on their right
_SHORT = 20.0
_LEAST_ISOMETRIC = (0.4, 0.1, 0.001)  # of the other views' scale: what is hoped for, what will do


@dataclass(frozen=True)
class Views:
    """The boxes of the views in the part's millimetres, and the paper that their dimensions take beside them."""

    front: Box
    top: Box
    right: Box
    isometric: Box
    left_mm: float = 12.0
    between_mm: float = BETWEEN
    bottom_mm: float = 12.0


@dataclass(frozen=True)
class Arrangement:
    paper: Paper
    scale: float
    front: Place
    top: Place
    right: Place
    isometric: Place


def arranged(views: Views, notes: list[str]) -> Arrangement:
    """The arrangement at the best scale: A4 unless A3 makes a part that is drawn smaller than it is larger."""
    for least in _LEAST_ISOMETRIC:
        small, large = (next(_on(paper, views, notes, least), None) for paper in (A4, A3))
        if small and (large is None or small.scale >= min(1.0, large.scale)):
            return small
        if large:
            return large
    raise ValueError("a part too large for the smallest scale")


def best_scale(wide: float, high: float, space: Box) -> float | None:
    """The largest standard scale at which something so large fits into ``space``."""
    return next((s for s in SCALES if wide * s <= space.width and high * s <= space.height), None)


def _on(paper: Paper, views: Views, notes: list[str], least: float) -> Iterator[Arrangement]:
    space = room(paper, notes)
    for scale in SCALES:
        found = _try(paper, space, views, scale)
        if found and found.isometric.scale >= least * scale * (1 - 1e-9):
            yield found


def _try(paper: Paper, space: Box, views: Views, scale: float) -> Arrangement | None:
    """The views at ``scale``, all together in the middle of the paper."""
    front, top, right = views.front, views.top, views.right
    wide = views.left_mm + (front.width + right.width) * scale + views.between_mm
    high = views.bottom_mm + (front.height + top.height) * scale + views.between_mm
    if wide > space.width or high > space.height:
        return None
    x, y = space.left + views.left_mm, space.bottom + views.bottom_mm
    right_x = x + front.width * scale + views.between_mm
    top_y = y + front.height * scale + views.between_mm
    corner = Box(right_x, top_y, space.right, space.top)
    # the text of a short dimension stands on its right
    gap = _BESIDE if right.width * scale > _SHORT else _BESIDE + _SHORT
    side = Box(right_x + right.width * scale + gap, space.bottom, space.right, space.top)
    isometric = _isometric(views.isometric, [corner, side], scale)
    if isometric is None:
        return None
    places = (
        Place.of(front, x, y, scale),
        Place.of(top, x, top_y, scale),
        Place.of(right, right_x, y, scale),
        isometric,
    )
    seen = Box(space.left, space.bottom, space.left + wide, space.bottom + high)
    return Arrangement(paper, scale, *_centred(places, seen, isometric.box(views.isometric), space))


def _centred(places: tuple[Place, ...], seen: Box, isometric: Box, space: Box) -> Iterator[Place]:
    filled = Box.around([seen, isometric])
    right = (space.left + space.right - filled.left - filled.right) / 2
    up = (space.bottom + space.top - filled.bottom - filled.top) / 2
    return (place.moved(right, up) for place in places)


def _isometric(box: Box, spaces: list[Box], scale: float) -> Place | None:
    """The largest isometric view, no larger than the others."""
    best: Place | None = None
    for space in spaces:
        above = Box(space.left, space.bottom + _LABEL, space.right, space.top)
        fits = best_scale(box.width, box.height, above)
        if fits is None or (best and min(fits, scale) <= best.scale):
            continue
        fits = min(fits, scale)
        spare = above.width - box.width * fits
        # beside the other views rather than in the far corner of a wide sheet
        x = above.left + min(spare / 2, 20)
        y = above.bottom + (above.height - box.height * fits) / 2
        best = Place.of(box, x, y, fits)
    return best
