"""Volume, area, bounding box, mass, centre of mass, thickness and counts of a whole model."""

from __future__ import annotations

from typing import Any

from utils.cad.analysis import Box
from utils.questions.answers.model import Draft, Model
from utils.questions.materials import BY_NAME
from utils.questions.quantities import area, length, mass, plural, point, rounded, volume
from utils.questions.question import Question


def volume_of(model: Model, question: Question) -> Draft:
    draft = Draft(rows=_per_part(model, "volume_mm3", "volume_mm3"))
    total = _total_volume(model, draft, "volume")
    if total is None:
        return draft
    draft.value("volume", total, "mm³")
    draft.sentence = f"The volume is {volume(total, question.inches)}{_together(model)}."
    return draft


def area_of(model: Model, question: Question) -> Draft:
    total = model.analysis["area_mm2"]
    draft = Draft(f"The surface area is {area(total, question.inches)}{_together(model)}.")
    draft.value("surface area", total, "mm²")
    draft.rows = _per_part(model, "area_mm2", "area_mm2")
    return draft


def bbox_of(model: Model, question: Question) -> Draft:
    box = model.analysis["box"]
    x, y, z = _extents(box)
    size = " × ".join(length(side, question.inches) for side in (x, y, z))
    draft = Draft(f"The bounding box is {size} (X × Y × Z).")
    for name, side in zip("xyz", (x, y, z), strict=True):
        draft.value(name, side, "mm")
    if model.single is None:
        for place, part in enumerate(model.parts):
            sides = zip(("x_mm", "y_mm", "z_mm"), _extents(part["box"]), strict=True)
            draft.rows.append({"part": model.name(place), "quantity": part["quantity"], **dict(sides)})
    draft.note("It is along the axes of the file, not turned to be the smallest.")
    return draft


def mass_of(model: Model, question: Question) -> Draft:
    material = BY_NAME[question.material] if question.material else None
    density = material.density if material else question.density.value if question.density else 0.0
    draft = Draft(rows=_per_part(model, "mass_g", "volume_mm3", density / 1000))
    total = _total_volume(model, draft, "mass")
    if total is None:
        return draft
    grams = total * density / 1000
    draft.value("mass", grams, "g")
    draft.value("density", density, "g/cm³")
    draft.value("volume", total, "mm³")
    said = f"In {material.name} ({rounded(density, 2)} g/cm³)" if material else f"At {density:g} g/cm³"
    draft.sentence = f"{said} the mass is {mass(grams, question.inches)}{_together(model)}."
    if material:
        draft.note(f"Density: {material.source}.")
        if material.varies:
            draft.note("Wood and boards differ by a tenth and more from piece to piece.")
    if model.single is None:
        draft.note("As if every part were made of it.")
    return draft


def centre_of(model: Model, question: Question) -> Draft:
    draft = Draft()
    centre = model.analysis["centre"]
    if centre is None:
        draft.sentence = "There is no centre of mass: a shape is not closed."
    else:
        draft.sentence = f"The centre of mass is at {point(centre, question.inches)}{_together(model)}."
        for name, at in zip("xyz", centre, strict=True):
            draft.value(name, at, "mm")
        draft.note("With one density throughout, from the origin of the file.")
    if model.single is None:
        for place, each in enumerate(model.parts):
            x, y, z = each["centre"] or (None, None, None)
            draft.rows.append(
                {"part": model.name(place), "quantity": each["quantity"], "x_mm": x, "y_mm": y, "z_mm": z}
            )
        draft.note("The table has each part's own centre, in its own axes.")
    return draft


def thickness_of(model: Model, question: Question) -> Draft:
    draft = Draft()
    found = [(place, part["thickness"]) for place, part in enumerate(model.parts)]
    for place, thickness in found:
        if thickness:
            draft.proof(thickness["faces"])
        draft.rows.append(
            {
                "part": model.name(place),
                "quantity": model.parts[place]["quantity"],
                "thickness_mm": thickness["mm"] if thickness else None,
                "constant": thickness["constant"] if thickness else None,
            }
        )
    if len(found) > 1:
        plates = sum(1 for _, thickness in found if thickness and thickness["constant"])
        draft.sentence = (
            f"Of one thickness throughout: {plates} of {len(found)} different parts; the table has each."
        )
        draft.value("parts of one thickness", plates)
        return draft
    thickness = found[0][1] if found else None
    draft.rows = []
    if thickness is None:
        draft.sentence = (
            "It has no thickness: it is turned and longer than it is wide, or no two parallel faces look away from "
            "each other."
        )
        return draft
    draft.value("thickness", thickness["mm"], "mm")
    draft.value("constant", thickness["constant"])
    if thickness["constant"]:
        draft.sentence = f"It is {length(thickness['mm'], question.inches)} thick throughout."
    elif thickness.get("wall"):
        draft.sentence = f"Its wall is {length(thickness['mm'], question.inches)} thick."
    else:
        draft.sentence = (
            f"{length(thickness['mm'], question.inches)} lie between its two largest parallel outer faces; "
            "it is not of one thickness throughout."
        )
    return draft


def parts_of(model: Model, question: Question) -> Draft:
    different, pieces = len(model.parts), model.analysis["instances"]
    draft = Draft(f"{plural(pieces, 'part')}, {different:,} different.")
    if different == pieces:
        draft.sentence = (
            f"{plural(pieces, 'part')}." if pieces == 1 else f"{plural(pieces, 'part')}, all different."
        )
    draft.value("parts", pieces)
    draft.value("different parts", different)
    draft.rows = [
        {"part": model.name(place), "quantity": part["quantity"], "solids": part["solids"]}
        for place, part in enumerate(model.parts)
    ]
    return draft


def solids_of(model: Model, question: Question) -> Draft:
    total = sum(part["solids"] * part["quantity"] for part in model.parts)
    draft = Draft(f"{plural(total, 'solid') if total else 'No solids'}{model.of_parts()}.")
    draft.value("solids", total)
    draft.rows = parts_of(model, question).rows if model.single is None else []
    if any(part["solids"] == 0 for part in model.parts):
        draft.note("A part without a solid is made of surfaces that enclose nothing.")
    return draft


def _total_volume(model: Model, draft: Draft, asked: str) -> float | None:
    total = model.analysis["volume_mm3"]
    if total is not None:
        return total
    if model.single:
        draft.sentence = f"It has no {asked}: its surface is not closed, so it encloses nothing."
        return None
    open_parts = [model.name(place) for place, part in enumerate(model.parts) if part["volume_mm3"] is None]
    named = ", ".join(open_parts[:5]) + (" and more" if len(open_parts) > 5 else "")
    why = f"not closed: {named}" if named else "not all of it is closed"
    draft.sentence = f"The whole has no {asked}, because {why}. The table has the parts that have one."
    return None


def _per_part(model: Model, key: str, member: str, factor: float = 1.0) -> list[dict[str, Any]]:
    """A row per different part; none for a single part, whose number is the answer."""
    if model.single is not None:
        return []
    rows = []
    for place, part in enumerate(model.parts):
        one: Any = part[member]  # type: ignore[literal-required]
        each = None if one is None else one * factor
        together = None if each is None else each * part["quantity"]
        rows.append(
            {"part": model.name(place), "quantity": part["quantity"], key: each, f"together_{key}": together}
        )
    return rows


def _together(model: Model) -> str:
    return "" if model.single else f", all {plural(model.analysis['instances'], 'part')} together"


def _extents(box: Box) -> tuple[float, float, float]:
    x, y, z = (high - low for low, high in zip(box["low"], box["high"], strict=True))
    return x, y, z
