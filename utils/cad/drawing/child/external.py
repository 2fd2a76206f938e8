"""The drawing from outside: three views with hidden lines and overall dimensions, and an isometric one."""

from __future__ import annotations

from utils.cad.drawing.arranging import BETWEEN, Views, arranged
from utils.cad.drawing.axes import centre_lines
from utils.cad.drawing.border import bordered, scale_name
from utils.cad.drawing.child.model import Model
from utils.cad.drawing.child.projecting import FACET_MM, Projector
from utils.cad.drawing.dimensioning import OFFSET, STEP
from utils.cad.drawing.looking import Frame
from utils.cad.drawing.moving import Place
from utils.cad.drawing.overall import Subject, front_dimensions, right_dimensions
from utils.cad.drawing.sheet import Box, Curve, Layer, Sheet, Text
from utils.cad.drawing.title import TitleBlock

CHORD_MM = 0.02  # on paper: how far a run of chords may stray from the curve that it stands for

ASSEMBLY_NOTE = "Hidden lines are left out, as on assembly drawings."
FACETS_NOTE = (
    f"Drawn from facets that stray up to {FACET_MM} mm from the true surfaces: exact hidden-line removal "
    "would take too long. The dimensions are exact."
)


def method_notes(model: Model) -> list[str]:
    return [FACETS_NOTE] if model.method == "facets" else []


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``external``."""
    subject = Subject.of_part(model.part(0)) if model.single else Subject(model.analysis["box"], [], None)
    notes = method_notes(model)
    if not model.single:
        notes.append(ASSEMBLY_NOTE)
    front = subject.front()
    frames = (front, front.from_above(), front.from_right(), front.isometric())
    views = _views(subject, frames)
    plan = arranged(views, notes)
    sheet = bordered(plan.paper, title, drawing="External views", scale=scale_name(plan.scale), notes=notes)
    projector = Projector(model.parts[0] if model.single else model.whole, model.method)
    for frame, place in zip(frames, (plan.front, plan.top, plan.right), strict=False):
        add_view(sheet, projector, frame, place, frame.box(subject.box), hidden=model.single)
        sheet.add(Layer.CENTRE, *centre_lines(subject.rounds, frame, place))
    add_isometric(sheet, projector, frames[3], plan.isometric, views.isometric, plan.scale)
    sheet.add(Layer.DIMENSION, *front_dimensions(subject, front, plan.front))
    sheet.add(Layer.DIMENSION, *right_dimensions(subject, front, plan.right))
    return sheet


def add_view(
    sheet: Sheet, projector: Projector, frame: Frame, place: Place, box: Box, *, hidden: bool = True
) -> None:
    """One view with its visible and hidden lines."""
    visible, unseen = seen_on_paper(projector, frame, place, hidden=hidden)
    sheet.add(Layer.VISIBLE, *visible)
    sheet.add(Layer.HIDDEN, *unseen)
    sheet.views.append(place.box(box))


def seen_on_paper(
    projector: Projector, frame: Frame, place: Place, *, hidden: bool = True
) -> tuple[list[Curve], list[Curve]]:
    """The visible and the hidden lines of a view."""
    seen = projector.seen(frame, hidden=hidden, chord=CHORD_MM / place.scale)
    return list(map(place.curve, seen.visible)), list(map(place.curve, seen.hidden))


def add_isometric(
    sheet: Sheet, projector: Projector, frame: Frame, place: Place, box: Box, scale: float
) -> None:
    """A view without hidden lines; its own scale is written under it where it isn't ``scale``."""
    seen = projector.seen(frame, hidden=False, chord=CHORD_MM / place.scale)
    sheet.add(Layer.VISIBLE, *map(place.curve, seen.visible))
    sheet.add(Layer.SMOOTH, *map(place.curve, seen.smooth))
    where = place.box(box)
    sheet.views.append(where)
    if place.scale != scale:
        label = f"ISOMETRIC {scale_name(place.scale)}"
        sheet.add(
            Layer.TEXT, Text(((where.left + where.right) / 2, where.bottom - 5), label, anchor="middle")
        )


def _views(subject: Subject, frames: tuple[Frame, Frame, Frame, Frame]) -> Views:
    front, top, right, isometric = (frame.box(subject.box) for frame in frames)
    if not subject.lies_down(frames[0]):
        return Views(front, top, right, isometric)
    before, after = subject.stacks(frames[0])
    return Views(
        front,
        top,
        right,
        isometric,
        left_mm=OFFSET + STEP * (len(before) + 1) - 3,
        between_mm=max(BETWEEN, OFFSET + STEP * len(after) + 1),
    )
