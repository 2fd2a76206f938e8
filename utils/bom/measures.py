"""What is known about a product's size, and how a sub-assembly's volume adds up from its parts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Box = tuple[float, float, float]

APPROXIMATE = "approximate: measured on the preview"
SURFACE_ONLY = "surface only, no volume"
NO_VOLUME = "no volume: the preview is not closed"
NOT_MEASURED = "not measured"
SOME_UNKNOWN = "no volume: not known for all parts"

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Measure:
    """Lengths along x, y and z in mm, volume in mm³; None for what is not known. `colour` is "#rrggbb".

    `exact` is False for what was measured on the preview's triangles. `bodies` is how many solids and surfaces it
    has. `whole`: of a sub-assembly, measured with all its parts in place; else only the bodies that it has itself.
    """

    box_mm: tuple[float, ...] | None = None
    volume_mm3: float | None = None
    colour: str | None = None
    exact: bool = True
    bodies: int = 1
    whole: bool = False


@dataclass(frozen=True)
class Size:
    """What a row says about size, and the notes that go with it."""

    box: tuple[float | None, float | None, float | None] = (None, None, None)
    volume_mm3: float | None = None
    colour: str | None = None
    notes: tuple[str, ...] = ()
    approximate: bool = False


def of_part(measure: Measure | None) -> Size:
    """The size of what has no parts below it."""
    if measure is None:
        return Size(notes=(NOT_MEASURED,))
    volume = _positive(measure.volume_mm3)
    notes = [f"{measure.bodies} bodies"] if measure.bodies > 1 else []
    if not measure.exact:
        notes.append(APPROXIMATE)
    if volume is None:
        notes.append(SURFACE_ONLY if measure.exact else NO_VOLUME)
    return Size(_box(measure), volume, _colour(measure), tuple(notes), not measure.exact)


def of_assembly(measure: Measure | None, below: Iterable[tuple[int, Size]]) -> Size:
    """The size of what has parts below it: `below` is how many of each, and their sizes.

    Its volume is the sum of its parts where all are known; its box is never guessed.
    """
    own = of_part(measure) if measure is not None else None
    colour = own.colour if own else None
    if own and measure and measure.whole:
        return own
    parts = [*below, *([(1, own)] if own else [])]
    volume = _sum(parts)
    notes = () if volume is not None else (SOME_UNKNOWN,)
    approximate = any(size.approximate for _, size in parts)
    if approximate and volume is not None:
        notes = (APPROXIMATE,)
    return Size((None, None, None), volume, colour, notes, approximate)


def sizes(
    children: Mapping[int, Mapping[int, int]], measures: Mapping[int, Measure], order: Iterable[int]
) -> dict[int, Size]:
    """The size of each product of `order`, which has a product's children before it.

    `children` maps a product to its children and how many of each it has.
    """
    found: dict[int, Size] = {}
    for product in order:
        measure = measures.get(product)
        inner = children.get(product)
        if not inner:
            found[product] = of_part(measure)
        else:
            found[product] = of_assembly(
                measure, ((count, found.get(child, Size())) for child, count in inner.items())
            )
    return found


def _sum(parts: Iterable[tuple[int, Size]]) -> float | None:
    volumes = [(quantity, size.volume_mm3) for quantity, size in parts]
    known = [quantity * volume for quantity, volume in volumes if volume is not None]
    return math.fsum(known) if known and len(known) == len(volumes) else None


def _box(measure: Measure) -> tuple[float | None, float | None, float | None]:
    box = measure.box_mm
    if box is None or len(box) != 3 or not all(math.isfinite(side) and side >= 0 for side in box):
        return (None, None, None)
    return (float(box[0]), float(box[1]), float(box[2]))


def _positive(volume: float | None) -> float | None:
    return float(volume) if volume is not None and math.isfinite(volume) and volume > 0 else None


def _colour(measure: Measure) -> str | None:
    return measure.colour.lower() if measure.colour and _COLOUR.fullmatch(measure.colour) else None
