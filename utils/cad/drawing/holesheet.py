"""Chooses paper and scale for the views of a part's holes, and puts them, their table and an isometric view on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from utils.cad.drawing.arranging import BETWEEN
from utils.cad.drawing.border import A3, A4, LARGE, SCALES, Paper, room
from utils.cad.drawing.dressing import FRONT, RIGHT, TOP, Dressed, HoleViews, dressed
from utils.cad.drawing.holetable import Table, table_of
from utils.cad.drawing.looking import dot
from utils.cad.drawing.moving import Place
from utils.cad.drawing.packing import free_place, slack
from utils.cad.drawing.sheet import Box
from utils.cad.drawing.tags import NO_LINES, tags_of

_BETWEEN_WORDS = 3.0  # of one view and the next
_LABEL = 7.0  # under the isometric view
_LEAST_ISOMETRIC = (0.2, 20.0)  # of the other views' scale, and its longer side on paper
_LEAST_SCALE = 0.39  # of the scale without a row for each hole: one step of the standard scales
_MOST_CALLOUTS = 8

NO_PLACES_NOTE = "There are too many holes to list where each is; the table has one row for each kind."
FEW_CALLOUTS_NOTE = "There are too many kinds of holes for a callout each; the table has all."


@dataclass(frozen=True)
class HolePlan:
    """``views`` are the standard three and then the others, where they stand on the paper."""

    paper: Paper
    scale: float
    notes: list[str]
    views: list[Dressed]
    isometric: Place | None
    table: Table
    table_at: Box
    every_hole: bool  # whether each hole has a row and a tag


def planned(views: HoleViews, notes: list[str]) -> HolePlan:
    """The best plan: every hole in the table if there is room; A4 unless A3 draws a reduced part larger.

    What has no room on A3 gets A2, then fewer callouts; then holes are listed by kind.
    """
    all_known: dict[float, list[Dressed]] = {}
    few_known: dict[float, list[Dressed]] = {}
    by_kind = [*notes, NO_PLACES_NOTE]
    each_kind = _best(_Wanted(views, by_kind, False, None, all_known))
    each_hole = _Wanted(views, notes, True, None, all_known)
    few_callouts = _Wanted(views, [*notes, FEW_CALLOUTS_NOTE], True, _MOST_CALLOUTS, few_known)
    larger = LARGE[:1]
    for wanted, papers in (
        (each_hole, None),
        (each_hole, larger),
        (few_callouts, None),
        (few_callouts, larger),
    ):
        found = _first(wanted, papers) if papers else _best(wanted)
        if found and (each_kind is None or found.scale >= _LEAST_SCALE * each_kind.scale):
            return found
    if each_kind:
        return each_kind
    last = _Wanted(views, [*by_kind, FEW_CALLOUTS_NOTE], False, _MOST_CALLOUTS, few_known)
    found = _first(last, (A3, *LARGE))
    if found is None:
        raise ValueError("more kinds of holes than a sheet can list")
    return found


@dataclass(frozen=True)
class _Wanted:
    views: HoleViews
    notes: list[str]
    every_hole: bool
    callouts: int | None  # at most, in a view
    known: dict[float, list[Dressed]]  # the views at each scale

    def dressed(self, scale: float) -> list[Dressed]:
        if scale not in self.known:
            self.known[scale] = dressed(self.views, scale, most=self.callouts)
        return self.known[scale]

    def table(self) -> Table:
        origins = [(box.left, box.bottom) for box in self.views.boxes]
        return table_of(self.views.sides, origins, places=self.every_hole)


def _best(wanted: _Wanted) -> HolePlan | None:
    small, large = (next(_on(paper, wanted), None) for paper in (A4, A3))
    if small and (large is None or small.scale >= min(1.0, large.scale)):
        return small
    return large


def _first(wanted: _Wanted, papers: Sequence[Paper]) -> HolePlan | None:
    return next((plan for paper in papers for plan in _on(paper, wanted)), None)


def _on(paper: Paper, wanted: _Wanted) -> Iterator[HolePlan]:
    """The plans on ``paper``, the one with the largest scale first."""
    space, table = room(paper, wanted.notes), wanted.table()
    boxes = wanted.views.boxes
    wide, high = boxes[FRONT].width + boxes[RIGHT].width, boxes[FRONT].height + boxes[TOP].height
    for scale in SCALES:
        if wide * scale + BETWEEN > space.width or high * scale + BETWEEN > space.height:
            continue
        views = wanted.dressed(scale)
        if wanted.every_hole and not all(map(_has_room_for_tags, views)):
            continue
        placed = _placed(views, table, space)
        if placed is None:
            continue
        views, table_at = placed
        isometric = _isometric(views, table_at, wanted.views.isometric, space)
        views, isometric = _spaced(views, table_at, isometric, wanted.views.isometric, space)
        yield HolePlan(
            paper, scale, wanted.notes, views, isometric, table, table_at, every_hole=wanted.every_hole
        )


def _has_room_for_tags(view: Dressed) -> bool:
    return tags_of(view.side, view.place, view.view, view.callouts, NO_LINES) is not None


def _placed(views: list[Dressed], table: Table, space: Box) -> tuple[list[Dressed], Box] | None:
    """All views in third angle if there is room, else what isn't one of the three where there is some; the table."""
    for known in (views, views[:3]):
        placed: list[Dressed] | None = _third_angle(known, space)
        if placed and all(_holds(space, each.outer) for each in placed):
            placed = _with_others(placed, views, space)
            table_at = placed and _table_at([each.outer for each in placed], table, space)
            if placed and table_at:
                return _ordered(placed, views), table_at
    return None


def _with_others(placed: list[Dressed], views: list[Dressed], space: Box) -> list[Dressed] | None:
    names = {each.side.name for each in placed}
    for view in views:
        if view.side.name not in names:
            there = _beside(view, placed, space)
            if there is None:
                return None
            placed = [*placed, there]
    return placed


def _table_at(taken: list[Box], table: Table, space: Box) -> Box | None:
    """In the upper right corner, or as near to it as can be."""
    for wide, high in table.sizes(space):
        at = free_place(wide, high, taken, space, lambda box: (-box.top - box.right, -box.right))
        if at:
            return at
    return None


def _third_angle(views: list[Dressed], space: Box) -> list[Dressed]:
    """Front, top and right view from the lower left corner, of the ``views`` also rear, bottom and left one.

    Slanted views are left out.
    """
    front, top, right = views[FRONT], views[TOP], views[RIGHT]
    rear, bottom, left = (_opposite(each, views) for each in (front, top, right))
    row = [each for each in (left, front, right, rear) if each]
    column = [each for each in (bottom, front, top) if each]
    xs = _stops([(each.outer.left, each.view.left, each.view.right, each.outer.right) for each in row])
    # what stands beside the front view may reach higher and lower than that does
    least, most = (
        min(each.outer.bottom for each in row),
        max(each.outer.top - each.view.height for each in row),
    )
    ys = _stops(
        [
            (
                least if each is front else each.outer.bottom,
                each.view.bottom,
                each.view.top,
                most + front.view.height if each is front else each.outer.top,
            )
            for each in column
        ]
    )
    front_x, front_y = xs[row.index(front)], ys[column.index(front)]
    # above and below the front view words may begin further left than those in its row
    first = space.left + max(front_x, *(each.view.left - each.outer.left for each in column)) - front_x
    placed = [_at(each, first + x, space.bottom + front_y) for each, x in zip(row, xs, strict=True)]
    placed += [
        _at(each, first + front_x, space.bottom + y)
        for each, y in zip(column, ys, strict=True)
        if each is not front
    ]
    return _ordered(placed, views)


def _stops(spans: list[tuple[float, float, float, float]]) -> list[float]:
    """Where views in a row begin that start and end, with all that stands around them, as given."""
    stops: list[float] = []
    for number, (outer, start, _, _) in enumerate(spans):
        if not stops:
            stops.append(start - outer)
            continue
        _, before, before_end, before_outer = spans[number - 1]
        gap = max(BETWEEN, before_outer - before_end + start - outer + _BETWEEN_WORDS)
        stops.append(stops[-1] + before_end - before + gap)
    return stops


def _opposite(view: Dressed, views: list[Dressed]) -> Dressed | None:
    return next((each for each in views if dot(each.side.frame.back, view.side.frame.back) < -0.999999), None)


def _ordered(placed: list[Dressed], views: list[Dressed]) -> list[Dressed]:
    names = [view.side.name for view in views]
    return sorted(placed, key=lambda each: names.index(each.side.name))


def _at(view: Dressed, left: float, bottom: float) -> Dressed:
    return view.moved(left - view.view.left, bottom - view.view.bottom)


def _beside(view: Dressed, placed: list[Dressed], space: Box) -> Dressed | None:
    """A further view: level with the front one if it can be, near the lower left corner."""
    outer = view.outer
    level = placed[FRONT].view.bottom - (view.view.bottom - outer.bottom)
    at = free_place(
        outer.width,
        outer.height,
        [each.outer for each in placed],
        space,
        lambda box: (abs(box.bottom - level) > 1e-6, box.left + box.bottom),
        heights=(level,),
    )
    return view.moved(at.left - outer.left, at.bottom - outer.bottom) if at else None


def _isometric(views: list[Dressed], table_at: Box, box: Box, space: Box) -> Place | None:
    """The largest isometric view that there is room for, no larger than the others, near their inner corner."""
    scale = views[FRONT].place.scale
    taken = [*(each.outer for each in views), table_at]
    corner = (views[RIGHT].view.left, views[TOP].view.bottom)
    least, longest = _LEAST_ISOMETRIC
    for fits in (each for each in SCALES if least * scale <= each <= scale):
        wide, high = box.width * fits, box.height * fits
        if max(wide, high) < longest:
            return None
        at = free_place(
            wide,
            high + _LABEL,
            taken,
            space,
            lambda box: abs(box.left - corner[0]) + abs(box.bottom - corner[1]),
        )
        if at:
            return Place.of(box, at.left, at.bottom + _LABEL, fits)
    return None


def _spaced(
    views: list[Dressed], table_at: Box, isometric: Place | None, box: Box, space: Box
) -> tuple[list[Dressed], Place | None]:
    """The views moved away from the lower left corner, half as far as they could go."""
    for right, up in ((0.5, 0.0), (0.0, 0.5)):
        boxes = [each.outer for each in views]
        if isometric:
            seen = isometric.box(box)
            boxes.append(replace(seen, bottom=seen.bottom - _LABEL))
        far = slack(boxes, [table_at], space, 2 * right, 2 * up)
        views = [each.moved(right * far, up * far) for each in views]
        isometric = isometric and isometric.moved(right * far, up * far)
    return views, isometric


def _holds(space: Box, box: Box) -> bool:
    """Whether a box that begins in the lower left corner of ``space`` ends in it."""
    return box.right <= space.right + 1e-6 and box.top <= space.top + 1e-6
