"""The aperture of a front plate: the inside width and height of its largest opening, and where it is."""

from __future__ import annotations

import math
from dataclasses import replace

from utils.cad.analysis import Part
from utils.cad.drawing.arranging import best_scale
from utils.cad.drawing.border import A3, A4, Paper, bordered, room, scale_name
from utils.cad.drawing.child.choosing import only_part
from utils.cad.drawing.child.external import add_view, method_notes
from utils.cad.drawing.child.model import Model, NoDrawing
from utils.cad.drawing.child.plate import Outline, outline, plate_direction
from utils.cad.drawing.child.projecting import Projector
from utils.cad.drawing.contours import Closed, area, corner_radius, whole_box
from utils.cad.drawing.dimensioning import OFFSET, STEP
from utils.cad.drawing.looking import Frame, is_axis
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import ARROW as HEAD
from utils.cad.drawing.sheet import TEXT, Box, Circle, Dimension, Layer, Line, Sheet, Text, arrow, text_width
from utils.cad.drawing.title import TitleBlock
from utils.cad.drawing.words import diameter, length

LEAST_SHARE = 0.1  # of the plate's face: a smaller opening is a hole for something else
LEAST_FILLED = 0.7  # of the box around it: an ellipse fills 0.79, a triangle half
_BESIDE = OFFSET + 3 * STEP


def draw(model: Model, title: TitleBlock) -> Sheet:
    """The sheet of mode ``active_area``."""
    number, notes = only_part(model, _is_flat, what="parts with a plane face", none=_no_face)
    part = model.part(number)
    direction = plate_direction(part)
    if direction is None:
        raise _no_face(part)
    found = outline(model.parts[number], direction)
    aperture = _aperture(found)
    outside, inside = whole_box(found.outer), aperture.box()
    _refuse_tubes(part, found, outside)
    notes += [_summary(aperture, outside), *method_notes(model)]
    paper, scale = _paper(outside, notes)
    sheet = bordered(paper, title, drawing="Active area", scale=scale_name(scale), notes=notes)
    space = room(paper, notes)
    spare_x = (space.width - _BESIDE - outside.width * scale) / 2
    spare_y = (space.height - _BESIDE - outside.height * scale) / 2
    place = Place.of(outside, space.left + _BESIDE + spare_x, space.bottom + _BESIDE + spare_y, scale)
    projector = Projector(model.parts[number], model.method)
    add_view(sheet, projector, found.frame, place, outside, hidden=False)
    _add_dimensions(sheet, place.box(outside), place.box(inside), scale)
    _add_words(sheet, aperture, place)
    return sheet


def _is_flat(part: Part) -> bool:
    return plate_direction(part) is not None


def _no_face(part: Part) -> NoDrawing:
    return NoDrawing(
        "no_aperture", "This part has no plane face, so there is no front with an aperture in it."
    )


def _aperture(found: Outline) -> Closed:
    """The largest opening that is one to look through. Raises NoDrawing when there is none."""
    if not found.inner:
        raise NoDrawing(
            "no_aperture", "This part has no opening that goes all the way through its largest face."
        )
    largest = max(found.inner, key=area)
    box = largest.box()
    size = f"the largest opening through it, {length(box.width)} × {length(box.height)} mm,"
    share = area(largest) / sum(map(area, found.outer))
    if share < LEAST_SHARE:
        raise NoDrawing(
            "no_aperture",
            f"This part has no aperture: {size} takes {share:.1%} of its face; "
            f"less than {LEAST_SHARE:.0%} counts as a hole.",
        )
    if area(largest) < LEAST_FILLED * box.width * box.height:
        raise NoDrawing(
            "no_aperture", f"This part has no aperture: {size} is neither round nor nearly rectangular."
        )
    return largest


def _refuse_tubes(part: Part, found: Outline, outside: Box) -> None:
    side = found.frame
    deep = Frame(side.back, side.right).box(part["box"]).width
    if is_axis(side.back) and deep > min(outside.width, outside.height) + 1e-6:
        raise NoDrawing(
            "no_aperture",
            f"This part is no front plate: it is {length(deep)} mm deep behind a face of "
            f"{length(outside.width)} × {length(outside.height)} mm.",
        )


def _summary(aperture: Closed, outside: Box) -> str:
    inside = aperture.box()
    size = f"{length(inside.width)} × {length(inside.height)} mm"
    corners = corner_radius(aperture)
    if isinstance(aperture, Circle):
        size = f"{diameter(inside.width)} mm"
    elif corners:
        size += f" with corners of radius {length(corners[0])} mm"
    return (
        f"Active area {size}, {area(aperture):,.2f} mm² clear; from the edges of the plate: "
        f"left {length(inside.left - outside.left)}, right {length(outside.right - inside.right)}, "
        f"bottom {length(inside.bottom - outside.bottom)}, top {length(outside.top - inside.top)} mm."
    )


def _paper(box: Box, notes: list[str]) -> tuple[Paper, float]:
    """A4 unless A3 makes a plate that is drawn smaller than it is larger."""
    found: list[tuple[Paper, float]] = []
    for paper in (A4, A3):
        space = room(paper, notes)
        smaller = Box(space.left + _BESIDE, space.bottom + _BESIDE, space.right - 4, space.top - 4)
        scale = best_scale(box.width, box.height, smaller)
        if scale:
            found.append((paper, scale))
    return next((one for one in found if one[1] >= min(1.0, found[-1][1])), found[-1])


def _add_dimensions(sheet: Sheet, outside: Box, inside: Box, scale: float) -> None:
    """A chain edge – aperture – edge under the view and on its left, the whole plate outside of it."""
    low, left = outside.bottom - OFFSET, outside.left - OFFSET + 1
    chains = (
        ([outside.left, inside.left, inside.right, outside.right], outside.bottom, inside.bottom, low, False),
        ([outside.bottom, inside.bottom, inside.top, outside.top], outside.left, inside.left, left, True),
    )
    for stops, edge, aperture_edge, line, vertical in chains:
        across = [edge, aperture_edge, aperture_edge, edge]
        for number in range(3):
            _add(sheet, stops[number : number + 2], across[number : number + 2], line, vertical, scale)
        _add(sheet, [stops[0], stops[3]], [edge, edge], line - STEP, vertical, scale)


def _add(
    sheet: Sheet, along: list[float], across: list[float], line: float, vertical: bool, scale: float
) -> None:
    if along[1] - along[0] < 1e-6:
        return
    first, second = zip(along, across, strict=True)
    if vertical:
        first, second = first[::-1], second[::-1]
    text = length((along[1] - along[0]) / scale)
    # a short one at the plate's lower left corner has its text outside, away from its neighbours
    at_corner = across[0] < across[1]
    dimension = Dimension(first, second, line, vertical, text, scale, before=at_corner)
    if vertical and at_corner and dimension.is_short():
        # and off the one that does the same below
        dimension = replace(dimension, line=line - 2 * STEP)
    sheet.add(Layer.DIMENSION, dimension)


def _add_words(sheet: Sheet, aperture: Closed, place: Place) -> None:
    """Its size and corner radius, inside of it: there is nothing of the part there."""
    box = place.box(aperture.box())
    middle = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
    size = f"{length(aperture.box().width)} × {length(aperture.box().height)}"
    if isinstance(aperture, Circle):
        size = diameter(2 * aperture.radius)
    for line, words in enumerate(("ACTIVE AREA", size)):
        if text_width(words, 3.5) < box.width - 4 and box.height > 20:
            sheet.add(Layer.TEXT, Text((middle[0], middle[1] + 1 - 6 * line), words, 3.5, "middle"))
    corners = corner_radius(aperture)
    if corners is None:
        return
    radius, arc, count = corners
    words = f"{count}× R{length(radius)}" if count > 1 else f"R{length(radius)}"
    tip = place.point(arc.point((arc.start + arc.end) / 2))
    centre = place.point(arc.centre)
    inwards = math.atan2(middle[1] - tip[1], middle[0] - tip[0])
    knee = (tip[0] + 9 * math.cos(inwards), tip[1] + 9 * math.sin(inwards))
    if text_width(words, TEXT) + 24 > box.width or box.height < 36:
        return  # the note says it
    away = math.dist(tip, centre) or 1.0
    back = (tip[0] + (centre[0] - tip[0]) / away * HEAD, tip[1] + (centre[1] - tip[1]) / away * HEAD)
    rightwards = knee[0] > tip[0]
    shelf = (knee[0] + (2 if rightwards else -2), knee[1])
    sheet.add(Layer.DIMENSION, arrow(tip, back), Line(tip, knee), Line(knee, shelf))
    at = (shelf[0] + (1 if rightwards else -1), shelf[1] - TEXT / 2)
    sheet.add(Layer.TEXT, Text(at, words, TEXT, "start" if rightwards else "end"))
