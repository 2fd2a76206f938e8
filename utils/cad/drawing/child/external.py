"""The drawing from outside: three views with hidden lines and overall dimensions, and an isometric one."""

from __future__ import annotations

from dataclasses import dataclass

from utils.cad.analysis import Box as PartBox
from utils.cad.drawing.arranging import BETWEEN, Arrangement, Views, arranged
from utils.cad.drawing.axes import Round, centre_lines, end_steps, rounds, turned_axis
from utils.cad.drawing.border import bordered, scale_name
from utils.cad.drawing.child.model import Model
from utils.cad.drawing.child.projecting import FACET_MM, Projector
from utils.cad.drawing.dimensioning import OFFSET, STEP, below, beside
from utils.cad.drawing.looking import Frame, dot, front_of
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import Box, Curve, Dimension, Layer, Sheet, Text
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import diameter, length

CHORD_MM = 0.02  # on paper: how far a run of chords may stray from the curve that it stands for

ASSEMBLY_NOTE = "Hidden lines are left out, as on assembly drawings."
FACETS_NOTE = (
    f"Drawn from facets that stray up to {FACET_MM} mm from the true surfaces: exact hidden-line removal "
    "would take too long. The dimensions are exact."
)


@dataclass(frozen=True)
class _Subject:
    """What is drawn: a part with its round surfaces, or an assembly without."""

    box: PartBox
    rounds: list[Round]
    axis: Round | None  # of a turned part


def method_notes(model: Model) -> list[str]:
    return [FACETS_NOTE] if model.method == "facets" else []


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``external``."""
    subject = _subject(model)
    notes = method_notes(model)
    if not model.single:
        notes.append(ASSEMBLY_NOTE)
    front = _front(subject)
    frames = (front, front.from_above(), front.from_right(), front.isometric())
    views = _views(subject, frames)
    plan = arranged(views, notes)
    sheet = bordered(plan.paper, title, drawing="External views", scale=scale_name(plan.scale), notes=notes)
    projector = Projector(model.parts[0] if model.single else model.whole, model.method)
    for frame, place in zip(frames, (plan.front, plan.top, plan.right), strict=False):
        add_view(sheet, projector, frame, place, frame.box(subject.box), hidden=model.single)
        sheet.add(Layer.CENTRE, *centre_lines(subject.rounds, frame, place))
    _add_isometric(sheet, projector, frames[3], plan, views.isometric)
    _add_dimensions(sheet, subject, front, views, plan)
    return sheet


def add_view(
    sheet: Sheet, projector: Projector, frame: Frame, place: Place, box: Box, *, hidden: bool = True
) -> list[Curve]:
    """One view with its visible and hidden lines; returns the visible ones as they stand on paper."""
    seen = projector.seen(frame, hidden=hidden, chord=CHORD_MM / place.scale)
    visible = list(map(place.curve, seen.visible))
    sheet.add(Layer.VISIBLE, *visible)
    sheet.add(Layer.HIDDEN, *map(place.curve, seen.hidden))
    sheet.views.append(place.box(box))
    return visible


def _subject(model: Model) -> _Subject:
    if not model.single:
        return _Subject(model.analysis["box"], [], None)
    part = model.part(0)
    found = rounds(part)
    return _Subject(part["box"], found, turned_axis(part, found))


def _front(subject: _Subject) -> Frame:
    front = front_of(subject.box)
    # turned parts lie as they lie in the lathe
    upright = subject.axis is not None and abs(dot(subject.axis.direction, front.up)) > 0.5
    return front.turned() if upright else front


def _views(subject: _Subject, frames: tuple[Frame, Frame, Frame, Frame]) -> Views:
    front, top, right, isometric = (frame.box(subject.box) for frame in frames)
    if not _lies_down(subject, frames[0]):
        return Views(front, top, right, isometric)
    before, after = _stacks(subject, frames[0])
    return Views(
        front,
        top,
        right,
        isometric,
        left_mm=OFFSET + STEP * (len(before) + 1) - 3,
        between_mm=max(BETWEEN, OFFSET + STEP * len(after) + 1),
    )


def _lies_down(subject: _Subject, front: Frame) -> bool:
    """Whether it is a turned part whose axis runs from left to right."""
    return subject.axis is not None and abs(dot(subject.axis.direction, front.right)) > 0.5


def _stacks(subject: _Subject, front: Frame) -> tuple[list[Round], list[Round]]:
    """The steps that are dimensioned on the left and on the right of the front view."""
    assert subject.axis
    low, high = end_steps(subject.axis, subject.rounds)
    forwards = dot(subject.axis.direction, front.right) > 0
    return (low, high) if forwards else (high, low)


def _add_isometric(sheet: Sheet, projector: Projector, frame: Frame, plan: Arrangement, box: Box) -> None:
    place = plan.isometric
    seen = projector.seen(frame, hidden=False, chord=CHORD_MM / place.scale)
    sheet.add(Layer.VISIBLE, *map(place.curve, seen.visible))
    sheet.add(Layer.SMOOTH, *map(place.curve, seen.smooth))
    where = place.box(box)
    sheet.views.append(where)
    if place.scale != plan.scale:
        label = f"ISOMETRIC {scale_name(place.scale)}"
        sheet.add(
            Layer.TEXT, Text(((where.left + where.right) / 2, where.bottom - 5), label, anchor="middle")
        )


def _add_dimensions(sheet: Sheet, subject: _Subject, front: Frame, views: Views, plan: Arrangement) -> None:
    on_front, on_right = plan.front.box(views.front), plan.right.box(views.right)
    end_on = subject.axis is not None and abs(dot(subject.axis.direction, front.back)) > 0.5
    lying = _lies_down(subject, front)
    scale = plan.scale
    if not end_on:
        sheet.add(Layer.DIMENSION, below(on_front, length(views.front.width), scale))
    high = diameter(views.front.height) if end_on or lying else length(views.front.height)
    before = 0
    if lying:
        stacks = _stacks(subject, front)
        before = len(stacks[0])
        for steps, left in zip(stacks, (True, False), strict=True):
            for number, step in enumerate(steps):
                sheet.add(Layer.DIMENSION, _step(step, number, front, plan.front, on_front, left=left))
    sheet.add(Layer.DIMENSION, beside(on_front, high, scale, before))
    if not lying:
        sheet.add(Layer.DIMENSION, below(on_right, length(views.right.width), scale))


def _step(step: Round, number: int, front: Frame, place: Place, box: Box, *, left: bool) -> Dimension:
    """The diameter of a turned part's step, at the end from which it is seen."""
    ends = [place.point(front.flat(step.at(along))) for along in (step.low, step.high)]
    x, y = min(ends) if left else max(ends)
    reach = step.radius * place.scale
    line = box.left - OFFSET + 1 - STEP * number if left else box.right + OFFSET - 1 + STEP * number
    return Dimension((x, y - reach), (x, y + reach), line, True, diameter(2 * step.radius), place.scale)
