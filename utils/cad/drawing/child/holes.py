"""The drawing of holes: each side that has some face-on, every hole tagged, a table with sizes and places."""

from __future__ import annotations

from typing import Any

from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib

from utils.cad.analysis import Part
from utils.cad.drawing.axes import centre_lines, rounds
from utils.cad.drawing.border import bordered, scale_name
from utils.cad.drawing.callouts import add_callouts, add_datum, add_tags
from utils.cad.drawing.child.choosing import only_part
from utils.cad.drawing.child.external import add_view, method_notes
from utils.cad.drawing.child.model import Model, NoDrawing
from utils.cad.drawing.child.plate import laid_down
from utils.cad.drawing.child.projecting import Projector
from utils.cad.drawing.dimensioning import below, beside
from utils.cad.drawing.holesheet import HolePlan, planned
from utils.cad.drawing.holetable import Side, add_table, sides_of
from utils.cad.drawing.looking import Frame, is_axis
from utils.cad.drawing.sheet import TEXT, Box, Layer, Sheet, Text
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import length

_MOST_SIDES = 6
DATUM_NOTE = (
    "X and Y are measured from the lower left corner of the view's outline, marked 0, to the right and up."
)


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``holes``."""
    number, notes = only_part(model, _has_holes, what="parts with round holes", none=_no_holes)
    part, shape = model.part(number), model.parts[number]
    every = sides_of(part["holes"])
    sides, others = every[:_MOST_SIDES], every[_MOST_SIDES:]
    if others:
        count = sum(side.count for side in others)
        notes.append(f"{count:,} more holes in {len(others):,} further directions are not on this sheet.")
    boxes = [_box(part, shape, side.frame) for side in sides]
    plan = planned(sides, boxes, [DATUM_NOTE, *notes, *method_notes(model)])
    sheet = bordered(plan.paper, title, drawing="Holes", scale=scale_name(plan.scale), notes=plan.notes)
    projector = Projector(shape, model.method)
    found = rounds(part)
    for which, (side, box) in enumerate(zip(sides, boxes, strict=True)):
        place = plan.places[which]
        lines = add_view(sheet, projector, side.frame, place, box, hidden=False)
        sheet.add(Layer.CENTRE, *centre_lines(found, side.frame, place, end_on_only=True))
        if plan.every_hole:
            add_tags(sheet, side, place, lines)
        _add_words(sheet, side, plan, which, place.box(box), several=len(sides) > 1)
    add_table(sheet, plan.table, plan.table_at)
    return sheet


def _has_holes(part: Part) -> bool:
    return bool(part["holes"])


def _no_holes(part: Part) -> NoDrawing:
    return NoDrawing("no_holes", "This part has no round holes to list.")


def _box(part: Part, shape: Any, frame: Frame) -> Box:
    if is_axis(frame.back):
        return frame.box(part["box"])
    # a slanted view's own corner: the box along the axes is larger than what is seen
    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(laid_down(shape, frame), box, False, False)
    low, high = box.CornerMin(), box.CornerMax()
    return Box(low.X(), low.Y(), high.X(), high.Y())


def _add_words(sheet: Sheet, side: Side, plan: HolePlan, which: int, view: Box, *, several: bool) -> None:
    place, scale = plan.places[which], plan.scale
    add_callouts(sheet, side, place, view)
    add_datum(sheet, view)
    sheet.add(
        Layer.DIMENSION,
        below(view, length(view.width / scale), scale),
        beside(view, length(view.height / scale), scale),
    )
    if several:
        words = f"VIEW {which + 1}, FROM {side.name}"
        sheet.add(Layer.TEXT, Text(((view.left + view.right) / 2, view.bottom - 16), words, TEXT, "middle"))
