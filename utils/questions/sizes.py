"""Sizes in a question: when `1/4` and `10-32` are screws, what is missing to look one up, which unit is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from utils.questions.grammar import SHORT
from utils.questions.problems import NotUnderstood
from utils.questions.quantities import Dimension, Number, Unit
from utils.questions.question import FIELDS, Condition, Subject
from utils.questions.screws import SIZES, Screw, Use, holes_for, known
from utils.questions.words import Term

_METRIC: dict[Dimension, Unit] = {"length": "mm", "area": "mm2", "angle": "deg"}


def refuse(message: str, *unknown: str) -> NotUnderstood:
    return NotUnderstood(message, unknown, SHORT)


def as_screws(terms: list[Term]) -> list[Term]:
    """With a use beside it, `1/4` and `10-32` are screws and not a length or a range."""
    if not any(term.kind == "use" for term in terms):
        return terms
    read: list[Term] = []
    at = 0
    while at < len(terms):
        dashed = _dashed(terms[at : at + 3])
        bare = not read or read[-1].kind not in ("compare", "field", "between", "to", "plusminus")
        size = re.match(r"[0-9]+/[0-9]+", terms[at].text) if terms[at].kind == "number" else None
        if dashed and bare:
            read.append(dashed)
            at += 3
            continue
        if size and size[0] in SIZES and bare:
            read.append(Term("screw", terms[at].text, Screw(size[0]), comma=terms[at].comma))
        else:
            read.append(terms[at])
        at += 1
    return read


def _dashed(run: list[Term]) -> Term | None:
    if len(run) < 3 or [term.kind for term in run] != ["number", "to", "number"] or run[1].text != "-":
        return None
    if not (run[0].text.isdigit() and run[2].text.isdigit()):
        return None
    screw = Screw(f"#{int(run[0].text)}", float(run[2].text))
    if not known(screw):
        return None
    return Term("screw", f"{run[0].text}-{run[2].text}", screw, comma=run[0].comma)


def settled(
    screw: Screw | None, use: Use | None, fit: str | None
) -> tuple[Screw | None, Use | None, str | None]:
    """What to look up in the tables; a fit alone says that clearance is meant, its names are one for both standards."""
    if not screw:
        if use or fit:
            raise refuse(f"For which screw? Say for example “M5 {use or 'clearance'} holes”.")
        return None, None, None
    if not use and fit in ("close", "medium", "free"):
        use = "clearance"
    if not use:
        asked = [f"{screw} clearance holes", f"{screw} tap holes"]
        raise NotUnderstood(f"Say “{asked[0]}” or “{asked[1]}”.", [str(screw)], asked)
    if use == "clearance":
        fit = {"fine": "close", "coarse": "free"}.get(fit or "", fit)
        screw = Screw(screw.size)  # its thread does not matter here
    if not holes_for(screw, use, fit):
        raise refuse(f"The tables have no {fit} {use} for {screw}.", str(fit))
    return screw, use, fit


def with_units(subject: Subject, conditions: Sequence[Condition], inches: bool) -> tuple[Condition, ...]:
    """In millimetres where nothing else is said; a bare number beside inches is refused."""
    mixed = inches or any(n.inches for c in conditions for n in (c.low, c.high) if n)

    def fixed(number: Number, field: str) -> Number:
        dimension = FIELDS[subject][field]
        if not number.unit and mixed and dimension != "angle":
            raise refuse(f"Is {number} millimetres or inches? Give every number its unit.", str(number))
        whole = number if number.unit else replace(number, unit=_METRIC[dimension])
        if whole.dimension != dimension:
            raise refuse(f"“{number}” is no {dimension}, which {field} is.", str(number))
        return whole

    # A hole's own sizes first: said behind a counterbore's they would be the counterbore's.
    ordered = sorted(conditions, key=lambda each: each.field.startswith("counter"))
    return tuple(
        replace(each, low=fixed(each.low, each.field), high=each.high and fixed(each.high, each.field))
        for each in ordered
    )
