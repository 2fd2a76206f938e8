"""The drawing of holes: the three views and those that it takes besides, every hole tagged, a table of all."""

from __future__ import annotations

from typing import Any

from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib

from utils.cad.analysis import Part
from utils.cad.drawing.axes import Round, centre_lines
from utils.cad.drawing.border import bordered, scale_name
from utils.cad.drawing.child.choosing import only_part
from utils.cad.drawing.child.external import add_isometric, method_notes, seen_on_paper
from utils.cad.drawing.child.model import Model, NoDrawing
from utils.cad.drawing.child.plate import laid_down
from utils.cad.drawing.child.projecting import Projector
from utils.cad.drawing.crossing import cut
from utils.cad.drawing.dressing import Dressed, HoleViews
from utils.cad.drawing.holegroups import sides_of
from utils.cad.drawing.holesheet import planned
from utils.cad.drawing.holetable import add_table
from utils.cad.drawing.looking import Frame, is_axis
from utils.cad.drawing.overall import Subject
from utils.cad.drawing.sheet import Box, Layer, Sheet
from utils.cad.drawing.tags import NO_LINES, Lines, Tag, datum, tags_of
from utils.cad.drawing.title import TitleBlock

_MOST_VIEWS = 8
DATUM_NOTE = (
    "X and Y are measured from the lower left corner of each view's outline, marked 0, to the right and up."
)


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``holes``."""
    number, notes = only_part(model, _has_holes, what="parts with round holes", none=_no_holes)
    part, shape = model.part(number), model.parts[number]
    views, left_out = _views(part, shape)
    plan = planned(views, [DATUM_NOTE, *notes, *left_out, *method_notes(model)])
    sheet = bordered(plan.paper, title, drawing="Holes", scale=scale_name(plan.scale), notes=plan.notes)
    projector = Projector(shape, model.method)
    for view in plan.views:
        _add_view(sheet, projector, view, views.subject.rounds, tagged=plan.every_hole)
    if plan.isometric:
        frame = views.front.isometric()
        add_isometric(sheet, projector, frame, plan.isometric, views.isometric, plan.scale)
    add_table(sheet, plan.table, plan.table_at)
    return sheet


def _has_holes(part: Part) -> bool:
    return bool(part["holes"])


def _no_holes(part: Part) -> NoDrawing:
    return NoDrawing("no_holes", "This part has no round holes to list.")


def _views(part: Part, shape: Any) -> tuple[HoleViews, list[str]]:
    """The views to draw, and what to tell of holes that none of them shows."""
    subject = Subject.of_part(part)
    front = subject.front()
    every = sides_of(part["holes"], front)
    sides, others = every[:_MOST_VIEWS], every[_MOST_VIEWS:]
    notes = []
    if others:
        count = sum(side.count for side in others)
        notes.append(f"{count:,} more holes in {len(others):,} further directions are not on this sheet.")
    boxes = [_box(part, shape, side.frame) for side in sides]
    return HoleViews(subject, front, sides, boxes, front.isometric().box(part["box"])), notes


def _box(part: Part, shape: Any, frame: Frame) -> Box:
    if is_axis(frame.back):
        return frame.box(part["box"])
    # a slanted view's own corner: the box along the axes is larger than what is seen
    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(laid_down(shape, frame), box, False, False)
    low, high = box.CornerMin(), box.CornerMax()
    return Box(low.X(), low.Y(), high.X(), high.Y())


def _add_view(sheet: Sheet, projector: Projector, view: Dressed, found: list[Round], *, tagged: bool) -> None:
    """A view's lines, the thin ones broken at its tags, and all that stands around it."""
    frame, place = view.side.frame, view.place
    visible, unseen = seen_on_paper(projector, frame, place)
    centres = centre_lines(found, frame, place)
    tags = _tags(view, Lines(visible, unseen + centres)) if tagged else []
    boxes = [tag.words.box() for tag in tags]
    sheet.views.append(view.view)
    sheet.add(Layer.VISIBLE, *visible)
    sheet.add(Layer.HIDDEN, *cut(unseen, boxes))
    sheet.add(Layer.CENTRE, *cut(centres, boxes))
    sheet.add(Layer.DIMENSION, *view.dimensions)
    sheet.add(Layer.TEXT, view.name, *(tag.words for tag in tags))
    sheet.add(Layer.DIMENSION, *(tag.line for tag in tags if tag.line))
    if view.side.groups:
        mark, zero = datum(view.view)
        sheet.add(Layer.DIMENSION, mark)
        sheet.add(Layer.TEXT, zero)
    for callout in view.callouts:
        sheet.add(Layer.DIMENSION, *callout.pieces())
        sheet.add(Layer.TEXT, callout.words)


def _tags(view: Dressed, lines: Lines) -> list[Tag]:
    tags = tags_of(view.side, view.place, view.view, view.callouts, lines)
    if tags is None:
        # room off the lines for some was taken from others; the plan found a place for each without them
        tags = tags_of(view.side, view.place, view.view, view.callouts, NO_LINES)
    assert tags is not None
    return tags
