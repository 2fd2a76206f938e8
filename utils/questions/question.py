"""A question that was understood: what is asked, of which features, and how it reads in its canonical form."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from utils.questions.quantities import Dimension, Number
from utils.questions.screws import Screw, Use

Subject = Literal[
    "volume", "area", "bbox", "mass", "centre", "holes", "fillets", "thickness", "faces", "face", "distance", "angle",
    "spacing", "parts", "solids", "help",
]  # fmt: skip
Operator = Literal["<", "<=", ">", ">=", "=", "!=", "between"]

NOUNS: dict[str, str] = {"holes": "hole", "fillets": "fillet", "faces": "face"}
# What each field measures, by what has it.
FIELDS: dict[str, dict[str, Dimension]] = {
    "holes": {
        "diameter": "length",
        "radius": "length",
        "depth": "length",
        "counterbore diameter": "length",
        "counterbore depth": "length",
        "countersink diameter": "length",
        "countersink angle": "angle",
    },
    "fillets": {"radius": "length", "diameter": "length"},
    "faces": {"area": "area", "radius": "length", "diameter": "length"},
}
FIELDS["spacing"] = FIELDS["holes"]
TRAITS: dict[str, tuple[str, ...]] = {
    "holes": ("counterbored", "countersunk", "plain"),
    "spacing": ("counterbored", "countersunk", "plain"),
    "fillets": ("inside",),
    "faces": ("inside",),
}
_BORES = ("counterbored", "countersunk")  # said before the noun, so that no size is theirs
# Two lengths are one when they differ by less than a model's own noise: "=" takes this much, the others a tenth of µm.
EQUAL_MM = 0.01
EXACT = 1e-4


@dataclass(frozen=True)
class Condition:
    """`high` stands only with "between", which takes both ends in."""

    field: str
    operator: Operator
    low: Number
    high: Number | None = None

    def holds(self, value: float) -> bool:
        """Whether a value in mm, mm² or degrees fulfils it."""
        if self.operator == "!=":
            return abs(value - self.low.metric) > EQUAL_MM
        least, most = self.interval()
        return least <= value <= most

    def interval(self) -> tuple[float, float]:
        """The values that fulfil it, both ends within; in mm, mm² or degrees."""
        low = self.low.metric
        match self.operator:
            case "<":
                return -math.inf, low - EXACT
            case "<=":
                return -math.inf, low + EXACT
            case ">":
                return low + EXACT, math.inf
            case ">=":
                return low - EXACT, math.inf
            case "between":
                assert self.high is not None
                return low - EXACT, self.high.metric + EXACT
            case _:
                return low - EQUAL_MM, low + EQUAL_MM

    def __str__(self) -> str:
        if self.high is not None:
            return f"{self.field} between {self.low} and {self.high}"
        return f"{self.field} {self.operator} {self.low}"


@dataclass(frozen=True)
class Rank:
    """The `count` first by `field`, from the largest or the smallest; all equal to the last one belong to it."""

    order: Literal["max", "min"]
    field: str
    count: int = 1

    def words(self, default: str) -> str:
        if self.field == "depth":
            word = "deepest" if self.order == "max" else "shallowest"
        else:
            word = "largest" if self.order == "max" else "smallest"
        shown = "" if self.field in (default, "depth") else f" {self.field}"
        return (f"{self.count} " if self.count > 1 else "") + word + shown


@dataclass(frozen=True)
class Question:
    """`faces` are the numbers that the viewer shows; `material` is a name of the table, `density` g/cm³."""

    subject: Subject
    conditions: tuple[Condition, ...] = ()
    through: bool | None = None
    traits: tuple[tuple[str, bool], ...] = ()  # sorted
    surface: str | None = None
    not_surface: bool = False
    screw: Screw | None = None
    use: Use | None = None
    fit: str | None = None
    rank: Rank | None = None
    faces: tuple[int, ...] = ()
    material: str | None = None
    density: Number | None = None
    inches: bool = False

    @property
    def canonical(self) -> str:
        """The question as this grammar says it: reading it again gives the same question."""
        if self.inches == self._shows_inches():
            return self._said()
        unit = "pounds" if self.subject == "mass" else "inches"
        return f"{self._said()} in {unit if self.inches else 'mm'}"

    def _shows_inches(self) -> bool:
        numbers = [n for c in self.conditions for n in (c.low, c.high) if n]
        return any(number.inches for number in numbers)

    def _said(self) -> str:
        match self.subject:
            case "mass":
                return f"mass of {self.material}" if self.material else f"mass with density {self.density}"
            case "centre":
                return "centre of mass"
            case "face":
                return f"face {self.faces[0]}"
            case "distance" | "angle":
                return f"{self.subject} between face {self.faces[0]} and face {self.faces[1]}"
            case "parts" | "solids":
                return f"how many {self.subject}"
            case "holes" | "fillets" | "faces" | "spacing":
                return self._features()
            case _:
                return self.subject

    def _features(self) -> str:
        noun = "holes" if self.subject == "spacing" else self.subject
        words = ["spacing of"] if self.subject == "spacing" else []
        if self.rank:
            default = {"holes": "diameter", "fillets": "radius", "faces": "area"}[noun]
            words.append(self.rank.words(default))
        if self.surface:
            words.append(f"not {self.surface}" if self.not_surface else self.surface)
        words += [name for name, on in self.traits if on and name in _BORES]
        words.append(noun)
        if self.screw:
            words += [str(self.screw), *([self.fit] if self.fit else []), str(self.use)]
        if self.through is not None:
            words.append("through" if self.through else "blind")
        words += [_trait(name, on) for name, on in self.traits if not (on and name in _BORES)]
        words += [str(condition) for condition in self.conditions]
        return " ".join(words)


def _trait(name: str, on: bool) -> str:
    if name == "inside":
        return "inside" if on else "outside"
    return name if on else f"not {name}"


def contradiction(question: Question) -> str | None:
    """Why nothing at all can fulfil the conditions; None when something can."""
    fields: dict[str, tuple[float, float]] = {}
    for condition in question.conditions:
        twice = 2 if condition.field == "radius" else 1  # radius and diameter bound one another
        name = "diameter" if condition.field in ("radius", "diameter") else condition.field
        least, most = fields.get(name, (EXACT, math.inf))
        if condition.operator != "!=":
            low, high = condition.interval()
            least, most = max(least, low * twice), min(most, high * twice)
        fields[name] = least, most
        if least > most - 1e-9:
            return f"Nothing has {_joined(question, condition.field)}."
    return None


def _joined(question: Question, name: str) -> str:
    same = {"radius", "diameter"} if name in ("radius", "diameter") else {name}
    return " and ".join(str(condition) for condition in question.conditions if condition.field in same)
