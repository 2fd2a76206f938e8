"""Two faces: the shortest distance, measured by the CAD kernel, and the angle between planes and axes."""

from __future__ import annotations

import math

from utils.cad.analysis import Face, Point
from utils.questions.answers.model import Draft, Measure, Model
from utils.questions.problems import Unanswerable
from utils.questions.quantities import length, point, rounded
from utils.questions.question import EXACT, Question

PARALLEL = 1e-6  # of the sine between two directions


def distance_of(model: Model, question: Question, measure: Measure | None) -> Draft:
    first, second = question.faces
    part_a, place_a, face_a = model.face(first)
    part_b, place_b, face_b = model.face(second)
    _one_place_each(model, question, part_a, part_b)
    if measure is None:
        raise Unanswerable(
            "A distance is measured on the exact shape, which this server cannot read now: its CAD library is missing.",
            code="no_exact_reading",
        )
    found = measure(part_a, place_a, part_b, place_b)
    distance = float(found["distance_mm"])
    draft = Draft()
    draft.proof(question.faces)
    draft.value("distance", distance, "mm")
    said = f"Face {first} and face {second} are {length(distance, question.inches)} apart"
    if distance <= EXACT:
        said = f"Face {first} and face {second} touch"
    between = _between_planes(face_a, face_b) if part_a == part_b else None
    if found["parallel"]:
        said += ", and parallel"
    elif found.get("angle_deg") is not None:
        draft.value("angle", float(found["angle_deg"]), "°")
        said += f", at {rounded(float(found['angle_deg']), 2)}°"
    if between is not None and abs(between - distance) > EXACT:
        draft.value("between the planes", between, "mm")
        said += f"; their planes are {length(between, question.inches)} apart"
    draft.sentence = f"{said}."
    for face, at in zip(question.faces, found["points"], strict=False):
        x, y, z = at
        draft.rows.append({"face": face, "x_mm": x, "y_mm": y, "z_mm": z})
    if found["points"]:
        near = " to ".join(point(list(at), question.inches) for at in found["points"])
        draft.note(f"The shortest way, from {near}.")
    return draft


def _one_place_each(model: Model, question: Question, part_a: int, part_b: int) -> None:
    """Two parts have one distance only when each stands in one place."""
    if part_a == part_b:
        return
    for face, part in zip(question.faces, (part_a, part_b), strict=True):
        quantity = model.parts[part]["quantity"]
        if quantity != 1:
            raise Unanswerable(
                f"Face {face} is on {model.name(part)}, which stands in {quantity} places; "
                "a distance to another part has no one value.",
                code="several_places",
                face=face,
                quantity=quantity,
            )


def _between_planes(a: Face, b: Face) -> float | None:
    if "normal" not in a or "normal" not in b or math.hypot(*_cross(a["normal"], b["normal"])) > PARALLEL:
        return None
    return abs(sum(n * (q - p) for n, p, q in zip(a["normal"], a["centre"], b["centre"], strict=True)))


def angle_of(model: Model, question: Question) -> Draft:
    first, second = question.faces
    part_a, _, face_a = model.face(first)
    part_b, _, face_b = model.face(second)
    if part_a != part_b:
        raise Unanswerable("Angles are known between faces of one part only.", code="two_parts")
    (a, axis_a), (b, axis_b) = _direction(face_a), _direction(face_b)
    turned = math.degrees(
        math.atan2(math.hypot(*_cross(a, b)), abs(sum(p * q for p, q in zip(a, b, strict=True))))
    )
    angle = turned if axis_a == axis_b else 90 - turned  # an axis along a normal stands upright on the plane
    draft = Draft(f"Face {first} and face {second} are at {rounded(angle, 2)}°.")
    draft.value("angle", angle, "°")
    draft.proof(question.faces)
    draft.note("The smaller angle, 0 to 90°; of a cylinder, cone or torus its axis counts.")
    return draft


def _direction(face: Face) -> tuple[Point, bool]:
    """A plane's normal, or an axis; and whether it is one."""
    if "normal" in face:
        return face["normal"], False
    if "axis" in face:
        return face["axis"]["direction"], True
    raise Unanswerable(
        f"Face {face['id']} is a {face['surface']} and has no one direction.",
        code="no_direction",
        face=face["id"],
    )


def _cross(a: Point, b: Point) -> tuple[float, float, float]:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
