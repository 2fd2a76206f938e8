"""Holes: which fulfil a question's conditions, in groups of equal ones, each with the screws that it suits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from utils.cad.analysis import Hole
from utils.questions.answers.model import Draft, Model, count_of, cut
from utils.questions.quantities import diameter, length, rounded
from utils.questions.question import EXACT, FIELDS, Condition, Question, Rank
from utils.questions.screws import Suited, holes_for, matching, suits

NAMED = 4  # groups that the sentence names; the table has all
SAME = 4  # decimals of mm to which two holes are equal


@dataclass
class Group:
    """Equal holes of one part; `count` is per piece."""

    part: int
    quantity: int
    hole: Hole
    count: int = 0
    faces: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.count * self.quantity


def holes(model: Model, question: Question) -> Draft:
    groups = _ranked(list(grouped(model, question)), question.rank)
    total = sum(group.total for group in groups)
    draft = Draft()
    draft.value("holes", total)
    draft.proof(face for group in groups for face in group.faces)
    draft.rows = [_row(model, group) for group in groups]
    _named_values(draft, groups)
    draft.sentence = _sentence(model, question, groups, total)
    _notes(model, question, draft, total)
    cut(draft)
    return draft


def selected(model: Model, question: Question) -> Iterator[tuple[int, Hole]]:
    """Each hole that fulfils everything but the rank, with its part's place."""
    rows = table(question)
    for place, part in enumerate(model.parts):
        for hole in part["holes"]:
            if fulfils(hole, question) and (rows is None or matching(hole["diameter_mm"], rows)):
                yield place, hole


def table(question: Question) -> list[Suited] | None:
    if question.screw is None or question.use is None:
        return None
    return holes_for(question.screw, question.use, question.fit)


def fulfils(hole: Hole, question: Question) -> bool:
    """All but the screw."""
    if question.through is not None and (hole["kind"] == "through") != question.through:
        return False
    if any(_trait(hole, name) != on for name, on in question.traits):
        return False
    return all(_holds(hole, condition) for condition in question.conditions)


def _trait(hole: Hole, name: str) -> bool:
    if name == "plain":
        return hole["counterbore"] is None and hole["countersink"] is None
    return (hole["counterbore"] if name == "counterbored" else hole["countersink"]) is not None


def _holds(hole: Hole, condition: Condition) -> bool:
    value = measured(hole, condition.field)
    return value is not None and condition.holds(value)


def measured(hole: Hole, name: str) -> float | None:
    """In mm or degrees; None for a counterbore's number where there is none."""
    bore, sink = hole["counterbore"], hole["countersink"]
    match name:
        case "diameter":
            return hole["diameter_mm"]
        case "radius":
            return hole["diameter_mm"] / 2
        case "depth":
            return hole["depth_mm"]
        case "counterbore diameter":
            return bore and bore["diameter_mm"]
        case "counterbore depth":
            return bore and bore["depth_mm"]
        case "countersink diameter":
            return sink and sink["diameter_mm"]
        case _:
            return sink and sink["angle_deg"]


def grouped(model: Model, question: Question) -> Iterator[Group]:
    """Equal holes of a part together, the smallest first."""
    groups: dict[tuple[Any, ...], Group] = {}
    for place, hole in selected(model, question):
        key = (place, *_likeness(hole))
        group = groups.setdefault(key, Group(place, model.parts[place]["quantity"], hole))
        group.count += 1
        group.faces += hole["faces"]
    yield from sorted(
        groups.values(), key=lambda group: (group.hole["diameter_mm"], group.part, group.hole["depth_mm"])
    )


def _likeness(hole: Hole) -> tuple[Any, ...]:
    bore, sink = hole["counterbore"], hole["countersink"]
    numbers = (
        hole["diameter_mm"],
        hole["depth_mm"],
        *(bore.values() if bore else ()),
        *(sink.values() if sink else ()),
    )
    return hole["kind"], bore is None, sink is None, *(round(float(str(number)), SAME) for number in numbers)


def _ranked(groups: list[Group], rank: Rank | None) -> list[Group]:
    """The first `count` holes by the rank's field, and all that are equal to the last of them."""
    if rank is None:
        return groups
    sign = -1 if rank.order == "max" else 1
    known = [
        (value * sign, group) for group in groups if (value := measured(group.hole, rank.field)) is not None
    ]
    known.sort(key=lambda pair: pair[0])
    kept: list[Group] = []
    last = None
    for value, group in known:
        if last is not None and value > last + EXACT:
            break
        kept.append(group)
        if last is None and sum(each.total for each in kept) >= rank.count:
            last = value
    return kept


def _row(model: Model, group: Group) -> dict[str, Any]:
    hole = group.hole
    bore, sink = hole["counterbore"], hole["countersink"]
    return {
        "part": model.name(group.part),
        "count": group.count,
        "quantity": group.quantity,
        "total": group.total,
        "kind": hole["kind"],
        "diameter_mm": hole["diameter_mm"],
        "depth_mm": hole["depth_mm"],
        "counterbore_diameter_mm": bore["diameter_mm"] if bore else None,
        "counterbore_depth_mm": bore["depth_mm"] if bore else None,
        "countersink_diameter_mm": sink["diameter_mm"] if sink else None,
        "countersink_angle_deg": sink["angle_deg"] if sink else None,
        "suits": list(suits(round(hole["diameter_mm"], SAME))),
        "faces": sorted(set(group.faces)),
    }


def _named_values(draft: Draft, groups: list[Group]) -> None:
    """What all of them share, by its full value."""
    for name in (name for name in FIELDS["holes"] if name != "radius"):
        values = [value for group in groups if (value := measured(group.hole, name)) is not None]
        if values and max(values) - min(values) <= EXACT:
            draft.value(name, values[0], "°" if FIELDS["holes"][name] == "angle" else "mm")


def _sentence(model: Model, question: Question, groups: list[Group], total: int) -> str:
    describing = _describing(question)
    if not groups:
        wanted = " with " + " and ".join(str(c) for c in question.conditions) if question.conditions else ""
        fit = f" {question.fit}" if question.fit else ""
        screw = f" for {question.screw}{fit} {question.use}" if question.screw else ""
        return f"There are {count_of(0, 'hole', describing)}{_excluded(question)}{screw}{wanted}."
    merged = _merged(question, groups)
    if len(merged) == 1:
        text = next(iter(merged))
        return f"{count_of(total, 'hole', _kind(groups[0]))} of {text}{model.of_parts()}."
    named = [f"{count:,} {kind} of {text}" for (kind, text), count in _parted(question, groups)]
    more = f"; and {len(named) - NAMED:,} more kinds" if len(named) > NAMED + 1 else ""
    shown = named[:NAMED] if more else named
    return f"{count_of(total, 'hole', describing)}{_excluded(question)}{model.of_parts()}: {'; '.join(shown)}{more}."


def _describing(question: Question) -> str:
    words = {True: "through", False: "blind", None: ""}[question.through]
    return " ".join([*(name for name, on in question.traits if on), words]).strip()


def _excluded(question: Question) -> str:
    names = [name for name, on in question.traits if not on]
    return f" that are not {' and not '.join(names)}" if names else ""


def _kind(group: Group) -> str:
    bore = "counterbored " if group.hole["counterbore"] else ""
    sink = "countersunk " if group.hole["countersink"] else ""
    return f"{bore}{sink}{group.hole['kind']}"


def _text(question: Question, group: Group) -> str:
    hole, inches = group.hole, question.inches
    text = diameter(hole["diameter_mm"], inches)
    if hole["kind"] == "blind" or (question.rank and question.rank.field == "depth"):
        text += f", {length(hole['depth_mm'], inches)} deep"
    if bore := hole["counterbore"]:
        text += (
            f", counterbore {diameter(bore['diameter_mm'], inches)}, {length(bore['depth_mm'], inches)} deep"
        )
    if sink := hole["countersink"]:
        text += f", countersink {diameter(sink['diameter_mm'], inches)}, {sink['angle_deg']:g}°"
    rows = table(question)
    found = matching(hole["diameter_mm"], rows) if rows else None
    return f"{text} ({found})" if found else text


def _merged(question: Question, groups: list[Group]) -> set[str]:
    return (
        {f"{_text(question, group)}" for group in groups}
        if len({_kind(g) for g in groups}) == 1
        else {"", "mixed"}
    )


def _parted(question: Question, groups: list[Group]) -> list[tuple[tuple[str, str], int]]:
    """The sentence's kinds, the same in several parts counted together."""
    counts: dict[tuple[str, str], int] = {}
    for group in groups:
        key = _kind(group), _text(question, group)
        counts[key] = counts.get(key, 0) + group.total
    return list(counts.items())


def _notes(model: Model, question: Question, draft: Draft, total: int) -> None:
    rows = table(question)
    if rows is not None:
        sizes = ", ".join(f"⌀{rounded(row.diameter_mm, 2)} {row.detail}" for row in rows)
        sources = " and ".join(dict.fromkeys(row.source for row in rows))
        draft.note(f"Recognised by diameter alone, within 0.05 mm of {sizes} ({sources}).")
        if question.through:
            others = sum(
                part["quantity"] for part in model.parts for hole in part["holes"]
                if hole["kind"] == "blind" and matching(hole["diameter_mm"], rows)
            )  # fmt: skip
            if others:
                draft.note(f"Not counted: {count_of(others, 'hole', 'blind')} of such a diameter.")
    equal = [c for c in question.conditions if c.operator == "=" and c.field in ("diameter", "radius")]
    if not total and equal:
        wanted = equal[0].low.metric * (2 if equal[0].field == "radius" else 1)
        sizes_there = [hole["diameter_mm"] for part in model.parts for hole in part["holes"]]
        if sizes_there:
            nearest = min(sizes_there, key=lambda size: abs(size - wanted))
            draft.note(f"The nearest diameter there is {diameter(nearest, question.inches)}.")
    if model.single is None and total:
        draft.note("Counts are of all pieces; the table has them per different part.")
