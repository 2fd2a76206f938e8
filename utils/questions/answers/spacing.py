"""Spacing of equal holes: from each to its nearest neighbour, between the axes."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from utils.cad.analysis import Hole, Point
from utils.questions.answers.holes import SAME, selected
from utils.questions.answers.model import Draft, Model, cut
from utils.questions.quantities import diameter, length, plural
from utils.questions.question import Question

COAXIAL = 1e-3  # mm: holes through two walls are drilled at once, and are no neighbours
NAMED = 4

Place = tuple[float, float]


def spacing_of(model: Model, question: Question) -> Draft:
    draft = Draft()
    said = []
    for (place, size, along), found in _patterns(model, question).items():
        axes = _apart(_on_plane(found, along))
        if len(axes) < 2:
            continue
        pitches = Counter(round(distance, 3) for distance in nearest(axes))
        draft.proof(face for hole in found for face in hole["faces"])
        for pitch, count in sorted(pitches.items()):
            draft.rows.append(_row(model, place, size, len(axes), pitch, count))
            draft.value("spacing", pitch, "mm")
        said.append(
            f"{len(axes)} of {diameter(size, question.inches)}{_where(model, place)}: {_said(pitches, question)}"
        )
    if not said:
        draft.sentence = "There are no two such holes of one diameter and one direction to measure between."
        return draft
    more = f"; and {plural(len(said) - NAMED, 'more pattern')}" if len(said) > NAMED else ""
    draft.sentence = f"From each hole to its nearest neighbour: {'; '.join(said[:NAMED])}{more}."
    draft.note("Between the axes of holes of one diameter and direction; holes on one axis count as one.")
    cut(draft)
    return draft


def _row(model: Model, place: int, size: float, holes: int, pitch: float, count: int) -> dict[str, Any]:
    return {
        "part": model.name(place),
        "diameter_mm": size,
        "holes": holes,
        "spacing_mm": pitch,
        "holes_with_it": count,
    }


def _said(pitches: Counter[float], question: Question) -> str:
    if len(pitches) == 1:
        return length(next(iter(pitches)), question.inches)
    shown = [
        f"{length(pitch, question.inches)} ({count} of them)"
        for pitch, count in sorted(pitches.items())[:NAMED]
    ]
    return ", ".join(shown) + (" and others" if len(pitches) > NAMED else "")


def _where(model: Model, place: int) -> str:
    return "" if len(model.parts) == 1 else f" in {model.name(place)}"


def _patterns(model: Model, question: Question) -> dict[tuple[int, float, tuple[float, ...]], list[Hole]]:
    """Holes of one part, diameter and direction; a hole from the other side has the same."""
    patterns: dict[tuple[int, float, tuple[float, ...]], list[Hole]] = {}
    for place, hole in selected(model, question):
        key = place, round(hole["diameter_mm"], SAME), _direction(hole["axis"]["direction"])
        patterns.setdefault(key, []).append(hole)
    return dict(sorted(patterns.items(), key=lambda item: item[0]))


def _direction(direction: Point) -> tuple[float, ...]:
    """Of either way along an axis the same."""
    short = tuple(round(x, 4) + 0.0 for x in direction)
    first = next((x for x in short if x), 1.0)
    return tuple(x * (1 if first > 0 else -1) + 0.0 for x in short)


def _on_plane(holes: list[Hole], along: tuple[float, ...]) -> list[Place]:
    """Where each axis meets the plane through the origin that it stands upright on."""
    aside = (1.0, 0.0, 0.0) if abs(along[0]) < 0.9 else (0.0, 1.0, 0.0)
    x = _cross(aside, along)
    size = math.hypot(*x)
    x0, x1, x2 = x[0] / size, x[1] / size, x[2] / size
    y0, y1, y2 = _cross(along, (x0, x1, x2))
    origins = [hole["axis"]["origin"] for hole in holes]
    return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in origins]


def _cross(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, float, float]:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _apart(places: list[Place]) -> list[Place]:
    kept: dict[tuple[int, int], Place] = {}
    for place in places:
        kept.setdefault((round(place[0] / COAXIAL / 2), round(place[1] / COAXIAL / 2)), place)
    return sorted(kept.values())


def nearest(places: list[Place]) -> list[float]:
    """The distance from each place to the nearest other one; `places` are sorted, so the search ends early."""
    found = []
    for at, (x, y) in enumerate(places):
        best = math.inf  # squared
        for way in (range(at + 1, len(places)), range(at - 1, -1, -1)):
            for other in way:
                aside, ahead = places[other]
                across = (aside - x) * (aside - x)
                if across >= best:
                    break
                apart = across + (ahead - y) * (ahead - y)
                if apart < best:
                    best = apart
        found.append(math.sqrt(best))
    return found
