"""The flat drawing: a plate's outline at 1:1, every contour closed, for a laser or a router."""

from __future__ import annotations

from utils.cad.analysis import Part
from utils.cad.drawing.border import A3, A4, LARGE, Paper, bordered, room
from utils.cad.drawing.child.choosing import only_part
from utils.cad.drawing.child.model import Model, NoDrawing
from utils.cad.drawing.child.plate import CHORD_MM, Outline, outline, plate_direction
from utils.cad.drawing.contours import Closed, whole_box
from utils.cad.drawing.dimensioning import below, beside
from utils.cad.drawing.looking import Frame, facing, is_axis
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import Box, Circle, Contour, Item, Layer, Sheet, Text
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import length, plain

_BESIDE = 20.0  # paper for dimensions on the left and below
_STICKS_OUT_MM = 1e-3
_THINNER = 0.2  # of the plate: with more pockets than that it is milled, not cut out
MARK_NOTE = (
    "Layer MARK shows edges of what does not go through, such as counterbores, countersinks and chamfers: "
    "do not cut along them."
)
CHORD_NOTE = f"Curves that are neither lines nor arcs are runs of chords within {CHORD_MM} mm."


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``flat``; its ``profile`` is the outline alone, its lower left corner at 0, 0."""
    number, notes = only_part(
        model, _is_constant, is_plate, what="plates of constant thickness", none=_no_plate
    )
    part = model.part(number)
    direction = plate_direction(part)
    thickness = part["thickness"]
    if direction is None or thickness is None:
        raise _no_plate(part)
    found = outline(model.parts[number], direction)
    box = whole_box(found.outer)
    notes += [_summary(found, box, thickness["mm"]), *_weigh(part, found, thickness["mm"]), *_warnings(found)]
    paper = _paper(box, notes)
    sheet = bordered(paper, title, drawing="Flat outline", scale="1:1", notes=notes)
    space = room(paper, notes)
    spare = ((space.width - _BESIDE - box.width) / 2, (space.height - _BESIDE - box.height) / 2)
    place = Place.of(box, space.left + _BESIDE + spare[0], space.bottom + _BESIDE + spare[1], 1.0)
    for layer, contours in _layers(found):
        sheet.add(layer, *(_moved(contour, place) for contour in contours))
    seen = place.box(box)
    sheet.views.append(seen)
    sheet.add(Layer.DIMENSION, below(seen, length(box.width), 1.0), beside(seen, length(box.height), 1.0))
    sheet.profile = _profile(found, box, title, thickness["mm"])
    return sheet


def _is_constant(part: Part) -> bool:
    return part["thickness"] is not None and part["thickness"]["constant"]


def is_plate(part: Part) -> bool:
    """Whether it may be one: counterbores and pockets are allowed here, and weighed once the outline is known."""
    thickness, direction = part["thickness"], plate_direction(part)
    if thickness is None or direction is None:
        return False
    if thickness["constant"]:
        return True
    side = facing(direction)
    along = Frame(side.back, side.right).box(part["box"])
    return is_axis(direction) and along.width - thickness["mm"] < _STICKS_OUT_MM


def _no_plate(part: Part) -> NoDrawing:
    thickness = part["thickness"]
    why = "it has no two parallel faces that look away from each other"
    if thickness:
        why = (
            f"its largest parallel faces are {length(thickness['mm'])} mm apart, "
            "but it reaches beyond them or slopes"
        )
    return NoDrawing("not_a_plate", f"This part is not a plate of constant thickness: {why}.")


def _weigh(part: Part, found: Outline, thickness: float) -> list[str]:
    """What is thinner than the plate, in a sentence. Raises NoDrawing when that is most of it."""
    box = whole_box(found.outer)
    if thickness > min(box.width, box.height) + _STICKS_OUT_MM:
        raise NoDrawing(
            "not_a_plate",
            f"This part is not a plate of constant thickness: it is {length(thickness)} mm long behind an outline of "
            f"{length(box.width)} × {length(box.height)} mm.",
        )
    full, volume = found.area() * thickness, part["volume_mm3"]
    if volume is None:
        raise NoDrawing(
            "not_a_plate", "This part is not a plate of constant thickness: it is not a closed solid."
        )
    thinner = 1 - volume / full
    if thinner > _THINNER:
        raise NoDrawing(
            "not_a_plate",
            "This part is not a plate of constant thickness: pockets, steps or slopes take away "
            f"{thinner:.0%} of what its outline encloses.",
        )
    if thinner < 1e-4:
        return []
    return [
        f"Not all of it is {length(thickness)} mm thick: {thinner:.1%} of the plate is taken away part of the way."
    ]


def _summary(found: Outline, box: Box, thickness: float) -> str:
    cuts = len(found.inner)
    inner = "no inner cuts" if not cuts else f"{cuts:,} inner cut{'s' if cuts > 1 else ''}"
    return (
        f"Thickness {length(thickness)} mm, {length(box.width)} × {length(box.height)} mm, {inner}. "
        "The DXF holds the outline alone, 1:1 in millimetres."
    )


def _warnings(found: Outline) -> list[str]:
    every = [*found.outer, *found.inner]
    notes = [MARK_NOTE] if found.marks else []
    if any(isinstance(each, Contour) and _has_chords(each) for each in every):
        notes.append(CHORD_NOTE)
    return notes


def _has_chords(contour: Contour) -> bool:
    """Many short straight pieces in a row are no polygon that anybody drew."""
    straight = sum(not bulge for _, _, bulge in contour.corners)
    return straight > 24


def _paper(box: Box, notes: list[str]) -> Paper:
    """The smallest sheet that takes the plate at its true size; past A0 one made to measure."""
    for paper in (A4, A3, *LARGE):
        space = room(paper, notes)
        if box.width + _BESIDE <= space.width and box.height + _BESIDE <= space.height:
            return paper
    largest = LARGE[-1]
    space = room(largest, notes)
    wide = largest.width + max(0.0, box.width + _BESIDE - space.width)
    high = largest.height + max(0.0, box.height + _BESIDE - space.height)
    return Paper("–", wide, high)


def _layers(found: Outline) -> tuple[tuple[Layer, list[Closed]], ...]:
    return (Layer.OUTLINE, found.outer), (Layer.HOLES, found.inner), (Layer.MARK, found.marks)


def _moved(contour: Closed, place: Place) -> Circle | Contour:
    if isinstance(contour, Circle):
        return Circle(place.point(contour.centre), contour.radius * place.scale)
    return place.contour(contour)


def _profile(found: Outline, box: Box, title: TitleBlock, thickness: float) -> list[Item]:
    place = Place.of(box, 0.0, 0.0, 1.0)
    items = [
        Item(layer, _moved(contour, place)) for layer, contours in _layers(found) for contour in contours
    ]
    named = " ".join(filter(None, (plain(title.part_number), plain(title.part_name))))[:80]
    words = f"{named}, {length(thickness)} mm thick".removeprefix(", ")
    return [*items, Item(Layer.NOTES, Text((0.0, -8.0), words, 4.0))]
