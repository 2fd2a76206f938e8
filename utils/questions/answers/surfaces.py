"""Fillets and faces by kind, size and place; one face in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from utils.cad.analysis import Face, Fillet
from utils.questions.answers.model import ROWS, Draft, Model, count_of, cut, cut_to
from utils.questions.quantities import area, diameter, length, plural, point, rounded
from utils.questions.question import EXACT, Condition, Question, Rank

T = TypeVar("T")
ROUND = ("cylinder", "sphere", "torus")  # a cone has no one radius
ADJECTIVES = {
    "plane": "planar",
    "cylinder": "cylindrical",
    "cone": "conical",
    "sphere": "spherical",
    "torus": "toroidal",
    "spline": "free-form",
    "other": "other",
}


def fillets_of(model: Model, question: Question) -> Draft:
    found = [
        (place, fillet)
        for place, part in enumerate(model.parts)
        for fillet in part["fillets"]
        if _inside(question, fillet["inside"])
        and all(condition.holds(_fillet_value(fillet, condition.field)) for condition in question.conditions)
    ]
    found = _ranked(found, question.rank, lambda pair: _fillet_value(pair[1], "radius"))
    draft = Draft()
    counts: dict[tuple[int, float, bool], int] = {}
    faces: dict[tuple[int, float, bool], list[int]] = {}
    for place, fillet in found:
        key = place, round(fillet["radius_mm"], 4), fillet["inside"]
        counts[key] = counts.get(key, 0) + 1
        faces.setdefault(key, []).extend(fillet["faces"])
        draft.proof(fillet["faces"])
    for key in sorted(counts, key=lambda key: (key[1], key[0])):
        draft.rows.append(_fillet_row(model, key, counts[key], faces[key]))
    total = sum(row["total"] for row in draft.rows)
    draft.value("fillets", total)
    radii = [fillet["radius_mm"] for _, fillet in found]
    if radii:
        draft.value("smallest radius", min(radii), "mm")
        draft.value("largest radius", max(radii), "mm")
    draft.sentence = _fillet_sentence(model, question, total, radii)
    cut(draft)
    return draft


def _fillet_value(fillet: Fillet, name: str) -> float:
    return fillet["radius_mm"] * (2 if name == "diameter" else 1)


def _fillet_row(model: Model, key: tuple[int, float, bool], count: int, faces: list[int]) -> dict[str, Any]:
    place, radius, inside = key
    quantity = model.parts[place]["quantity"]
    return {
        "part": model.name(place),
        "count": count,
        "quantity": quantity,
        "total": count * quantity,
        "radius_mm": radius,
        "inside": inside,
        "faces": sorted(set(faces)),
    }


def _fillet_sentence(model: Model, question: Question, total: int, radii: list[float]) -> str:
    side = "".join("inside" if on else "outside" for _, on in question.traits)
    if not radii:
        wanted = " with " + " and ".join(str(c) for c in question.conditions) if question.conditions else ""
        return f"There are {count_of(0, 'fillet', side)}{wanted}."
    low, high = min(radii), max(radii)
    said = f"radius {length(low, question.inches)}"
    if high - low > EXACT:
        said = f"radii from {length(low, question.inches)} to {length(high, question.inches)}"
    return f"{count_of(total, 'fillet', side)} of {said}{model.of_parts()}."


def faces_of(model: Model, question: Question) -> Draft:
    found = [
        (place, face)
        for place, part in enumerate(model.parts)
        for face in part["faces"]
        if _wanted(face, question)
    ]
    draft = Draft()
    whole = not (question.conditions or question.surface or question.traits or question.rank)
    if question.rank:
        field = question.rank.field
        found = [pair for pair in found if _face_value(pair[1], field) is not None]
        found = _ranked(found, question.rank, lambda pair: _face_value(pair[1], field) or 0.0)
    total = sum(model.parts[place]["quantity"] for place, _ in found)
    draft.value("faces", total)
    if total != len(found):
        draft.value("different faces", len(found))
        draft.note("Faces are counted in all pieces; a part that is used several times has its numbers once.")
    draft.proof(face["id"] for _, face in found)
    if whole:
        counts: Counter[str] = Counter()
        for place, face in found:
            counts[face["surface"]] += model.parts[place]["quantity"]
        draft.rows = [{"surface": surface, "faces": count} for surface, count in counts.most_common()]
        kinds = ", ".join(f"{count:,} {ADJECTIVES[surface]}" for surface, count in counts.most_common())
        draft.sentence = f"{plural(total, 'face')}{model.of_parts()}{': ' + kinds if kinds else ''}."
        return draft
    draft.rows = [_face_row(model, place, face) for place, face in found[:ROWS]]
    if len(found) > ROWS:
        draft.note(cut_to(len(found)))
    draft.sentence = _face_sentence(model, question, found, total)
    if found:
        draft.value(
            "total area",
            sum(face["area_mm2"] * model.parts[place]["quantity"] for place, face in found),
            "mm²",
        )
    return draft


def _wanted(face: Face, question: Question) -> bool:
    if question.surface and (face["surface"] == question.surface) == question.not_surface:
        return False
    if question.traits and ("inside" not in face or not _inside(question, face["inside"])):
        return False
    return all(_holds(face, condition) for condition in question.conditions)


def _inside(question: Question, inside: bool) -> bool:
    return all(on == inside for name, on in question.traits if name == "inside")


def _holds(face: Face, condition: Condition) -> bool:
    value = _face_value(face, condition.field)
    return value is not None and condition.holds(value)


def _face_value(face: Face, name: str) -> float | None:
    if name == "area":
        return face["area_mm2"]
    if face["surface"] not in ROUND or "radius_mm" not in face:
        return None
    return face["radius_mm"] * (2 if name == "diameter" else 1)


def _face_row(model: Model, place: int, face: Face) -> dict[str, Any]:
    x, y, z = face["centre"]
    return {
        "face": face["id"],
        "part": model.name(place),
        "surface": face["surface"],
        "area_mm2": face["area_mm2"],
        "radius_mm": face.get("radius_mm"),
        "inside": face.get("inside"),
        "x_mm": x,
        "y_mm": y,
        "z_mm": z,
    }


def _face_sentence(model: Model, question: Question, found: list[tuple[int, Face]], total: int) -> str:
    kind = ADJECTIVES.get(question.surface or "", "")
    kind = f"not {kind}" if question.not_surface else kind
    if not found:
        wanted = " with " + " and ".join(str(c) for c in question.conditions) if question.conditions else ""
        return f"There are {count_of(0, 'face', kind)}{wanted}."
    if len(found) == 1:
        place, face = found[0]
        where = "" if model.single else f" of {model.name(place)}"
        return f"{_called(face)}{where}: {_described(face, question.inches)}."
    areas = [face["area_mm2"] for _, face in found]
    low, high = (area(value, question.inches) for value in (min(areas), max(areas)))
    spread = f"of {low} each" if max(areas) - min(areas) <= EXACT else f"of {low} to {high}"
    return f"{count_of(total, 'face', kind)} {spread}{model.of_parts()}."


def _called(face: Face) -> str:
    return f"Face {face['id']}" if face["id"] is not None else "A face that the preview does not show"


def _described(face: Face, inches: bool) -> str:
    said = [ADJECTIVES[face["surface"]], area(face["area_mm2"], inches)]
    if face["surface"] in ROUND and "radius_mm" in face:
        said.append(diameter(face["radius_mm"] * 2, inches))
    if "minor_radius_mm" in face:
        said.append(f"tube radius {length(face['minor_radius_mm'], inches)}")
    if "half_angle_deg" in face:
        said.append(f"{rounded(face['half_angle_deg'] * 2, 1)}° cone")
    if "inside" in face and face["surface"] != "plane":
        said.append("the wall of a hollow" if face["inside"] else "an outside")
    return ", ".join(said)


def face_of(model: Model, question: Question) -> Draft:
    place, _, face = model.face(question.faces[0])
    part = model.parts[place]
    where = "" if model.single else f" of {model.name(place)}"
    draft = Draft(
        f"{_called(face)}{where}: {_described(face, question.inches)}{_feature(model, place, face)}."
    )
    draft.value("surface", face["surface"])
    draft.value("area", face["area_mm2"], "mm²")
    for name, key, unit in (
        ("radius", "radius_mm", "mm"),
        ("tube radius", "minor_radius_mm", "mm"),
        ("half angle", "half_angle_deg", "°"),
        ("span", "span_deg", "°"),
    ):
        if key in face:
            draft.value(name, face[key], unit)  # type: ignore[literal-required]
    for name, low, high in zip("xyz", face["box"]["low"], face["box"]["high"], strict=True):
        draft.value(name, high - low, "mm")
    draft.proof([face["id"]])
    draft.note(f"Its centre is at {point(face['centre'], question.inches)}, in the axes of its part.")
    if part["quantity"] > 1:
        draft.note(f"The part is used {part['quantity']} times.")
    return draft


def _feature(model: Model, place: int, face: Face) -> str:
    """What the face belongs to, by the holes and fillets that were found."""
    part = model.parts[place]
    for hole in part["holes"]:
        if face["id"] in hole["faces"]:
            return f", of a {hole['kind']} hole of ⌀{rounded(hole['diameter_mm'], 2)} mm"
    for fillet in part["fillets"]:
        if face["id"] in fillet["faces"]:
            return f", a fillet of {rounded(fillet['radius_mm'], 2)} mm"
    return ""


def _ranked(found: list[T], rank: Rank | None, value: Callable[[T], float]) -> list[T]:
    """The first `count`, and all that are equal to the last of them."""
    if rank is None or not found:
        return found
    sign = -1 if rank.order == "max" else 1
    ordered = sorted(found, key=lambda each: value(each) * sign)
    last = value(ordered[min(rank.count, len(ordered)) - 1]) * sign
    return [each for each in ordered if value(each) * sign <= last + EXACT]
