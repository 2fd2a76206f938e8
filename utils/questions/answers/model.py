"""What answers read and what they are made of: the analysis with its parts' names, and the shape of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from utils.cad.analysis import Analysis, Face, Part
from utils.questions.problems import Unanswerable
from utils.questions.quantities import plural

ROWS = 200  # an answer's table has at most these many; a note says when it has been cut


class Distance(TypedDict):
    """Of two faces: `points` are the nearest ones, in mm."""

    distance_mm: float
    points: list[list[float]]
    parallel: bool
    angle_deg: float | None


# (part, face, part, face), places in the analysis' lists from 0.
Measure = Callable[[int, int, int, int], Mapping[str, Any]]


class Value(TypedDict):
    name: str
    value: float | int | str | bool
    unit: str  # mm, mm², mm³, g, g/cm³, °; empty for counts and words


class Answer(TypedDict):
    """`faces` are the numbers of the faces that prove it; `rows` is a table whose rows have the same keys."""

    understood: str
    interpreted: bool
    sentence: str
    values: list[Value]
    rows: list[dict[str, Any]]
    faces: list[int]
    notes: list[str]


@dataclass
class Draft:
    """An answer in the making."""

    sentence: str = ""
    values: list[Value] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    faces: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def value(self, name: str, value: float | int | str | bool, unit: str = "") -> None:
        self.values.append({"name": name, "value": value, "unit": unit})

    def proof(self, faces: Iterable[int | None]) -> None:
        """Faces that the preview does not show have no number and prove nothing."""
        self.faces = sorted({*self.faces, *(face for face in faces if face is not None)})

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(frozen=True)
class Model:
    analysis: Analysis
    names: Mapping[int, str]

    @property
    def parts(self) -> list[Part]:
        return self.analysis["parts"]

    @property
    def single(self) -> Part | None:
        """The part of a file that holds one part once."""
        return self.parts[0] if len(self.parts) == 1 and self.parts[0]["quantity"] == 1 else None

    def name(self, place: int) -> str:
        product = self.parts[place]["product"]
        named = self.names.get(product) if product is not None else None
        return named or f"part {place + 1}"

    def face(self, number: int) -> tuple[int, int, Face]:
        """Where the face with a number stands: places of the part and of the face in it, and the face itself."""
        for part_place, part in enumerate(self.parts):
            for face_place, face in enumerate(part["faces"]):
                if face["id"] == number:
                    return part_place, face_place, face
        raise Unanswerable(f"There is no face {number}; {self._numbers()}.", code="no_such_face", face=number)

    def _numbers(self) -> str:
        known = [face["id"] for part in self.parts for face in part["faces"] if face["id"] is not None]
        return (
            f"they are numbered {min(known)} to {max(known)}"
            if known
            else "this model shows no numbered faces"
        )

    def of_parts(self) -> str:
        """`, in all 12 parts together` behind a count in an assembly; nothing for one part."""
        pieces = sum(part["quantity"] for part in self.parts)
        return "" if self.single else f", in all {plural(pieces, 'part')} together"


def count_of(number: int, noun: str, describing: str = "") -> str:
    """`4 blind holes`, `no holes`."""
    words = f"{describing} {noun}".strip()
    return f"no {words}s" if number == 0 else plural(number, words)


def cut(draft: Draft) -> None:
    if len(draft.rows) > ROWS:
        draft.note(cut_to(len(draft.rows)))
        draft.rows = draft.rows[:ROWS]


def cut_to(rows: int) -> str:
    return f"The table shows the first {ROWS} of {rows:,} rows."
