"""Centre lines: which axes of a part are drawn in a view, and the steps of a turned part."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from utils.cad.analysis import Box as PartBox
from utils.cad.analysis import Face, Part
from utils.cad.drawing.looking import Frame, Vector, add, dot, is_axis
from utils.cad.drawing.merging import merged
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import Curve, Line

_WHOLE_TURN = 350.0  # degrees: the faces of one round surface may miss a slot
_BEYOND = 2.5  # paper millimetres that a centre line sticks out
_SAME_MM = 1e-3


@dataclass(frozen=True)
class Round:
    """A surface that runs (nearly) all the way round an axis, from ``low`` to ``high`` along it."""

    origin: Vector
    direction: Vector
    radius: float
    inside: bool
    low: float
    high: float

    def at(self, along: float) -> Vector:
        x, y, z = self.direction
        return add(self.origin, (x * along, y * along, z * along))


def rounds(part: Part) -> list[Round]:
    """The round surfaces of a part, halves of one joined."""
    groups: dict[tuple[float | bool, ...], list[Face]] = {}
    for face in part["faces"]:
        if face["surface"] == "cylinder" and "axis" in face:
            groups.setdefault(_axis_key(face), []).append(face)
    return [
        _round(faces)
        for faces in groups.values()
        if sum(face.get("span_deg", 0.0) for face in faces) >= _WHOLE_TURN
    ]


def _axis_key(face: Face) -> tuple[float | bool, ...]:
    direction = _forward(face["axis"]["direction"])
    foot = _foot(face["axis"]["origin"], direction)
    numbers = (*foot, *direction, face.get("radius_mm", 0.0))
    return (*(round(number, 3) + 0.0 for number in numbers), face.get("inside", False))


def _round(faces: list[Face]) -> Round:
    direction = _forward(faces[0]["axis"]["direction"])
    origin = _foot(faces[0]["axis"]["origin"], direction)
    radius = faces[0].get("radius_mm", 0.0)
    spans = [_span(face["box"], direction, radius) for face in faces]
    return Round(
        origin,
        direction,
        radius,
        faces[0].get("inside", False),
        min(low for low, _ in spans),
        max(high for _, high in spans),
    )


def _span(box: PartBox, direction: Vector, radius: float) -> tuple[float, float]:
    """How far a cylinder with this box reaches along its axis."""
    along = [dot(direction, corner) for corner in product(*zip(box["low"], box["high"], strict=True))]
    if is_axis(direction):
        return min(along), max(along)
    # the box of a slanted cylinder is larger than the cylinder by what its round ends stick out
    out = 2 * radius * sum(abs(c) * math.sqrt(max(0.0, 1 - c * c)) for c in direction) / 2
    return min(along) + out, max(along) - out


def _forward(direction: list[float]) -> Vector:
    """Of the two directions of an axis always the same one."""
    x, y, z = direction
    leading = next(number for number in (x, y, z, 1.0) if abs(number) > 1e-6)
    sign = math.copysign(1.0, leading)
    return (x * sign, y * sign, z * sign)


def _foot(origin: list[float], direction: Vector) -> Vector:
    along = dot(direction, origin)
    x, y, z = direction
    return (origin[0] - x * along, origin[1] - y * along, origin[2] - z * along)


def centre_lines(found: list[Round], frame: Frame, place: Place, *, end_on_only: bool = False) -> list[Curve]:
    """Crosses where an axis is seen end-on, lines where it lies in the view; on paper."""
    crosses: dict[tuple[float, float], float] = {}
    lines: list[Curve] = []
    for each in found:
        tilt = abs(dot(each.direction, frame.back))
        if tilt > 1 - 1e-6:
            x, y = place.point(frame.flat(each.origin))
            key = (round(x, 2), round(y, 2))
            crosses[key] = max(crosses.get(key, 0.0), each.radius * place.scale)
        elif tilt < 1e-6 and not end_on_only:
            lines.append(_along(each, frame, place))
    for (x, y), radius in crosses.items():
        reach = radius + min(_BEYOND, max(1.0, radius))
        lines += [Line((x - reach, y), (x + reach, y)), Line((x, y - reach), (x, y + reach))]
    return merged(lines)


def _along(each: Round, frame: Frame, place: Place) -> Line:
    x1, y1 = place.point(frame.flat(each.at(each.low)))
    x2, y2 = place.point(frame.flat(each.at(each.high)))
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length * _BEYOND, (y2 - y1) / length * _BEYOND
    return Line((x1 - dx, y1 - dy), (x2 + dx, y2 + dy))


def turned_axis(part: Part, found: list[Round]) -> Round | None:
    """The round surface that fills the part's box: then it is a turned part, and its axis is that one's."""
    low, high = part["box"]["low"], part["box"]["high"]
    for each in found:
        if each.inside or not is_axis(each.direction):
            continue
        across = [number for number in range(3) if abs(each.direction[number]) < 0.5]
        if all(
            abs(low[number] - each.origin[number] + each.radius) < _SAME_MM
            and abs(high[number] - each.origin[number] - each.radius) < _SAME_MM
            for number in across
        ):
            return each
    return None


def end_steps(axis: Round, found: list[Round]) -> tuple[list[Round], list[Round]]:
    """Outside diameters smaller than the largest that are seen from its low and from its high end, outermost first."""
    coaxial = [
        each
        for each in found
        if not each.inside
        and math.dist(each.origin, axis.origin) < _SAME_MM
        and math.dist(each.direction, axis.direction) < _SAME_MM
    ]
    return _steps(sorted(coaxial, key=lambda each: each.low)), _steps(
        sorted(coaxial, key=lambda each: -each.high)
    )


def _steps(inwards: list[Round]) -> list[Round]:
    largest = max(each.radius for each in inwards)
    seen: list[Round] = []
    for each in inwards:
        if each.radius >= largest - _SAME_MM:
            break
        if not seen or each.radius > seen[-1].radius + _SAME_MM:
            seen.append(each)
    return seen
