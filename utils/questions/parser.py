"""From a question's words to a `Question`; any word that is left over makes it not understood, never a wrong number."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import get_args

from utils.questions.ambiguity import check
from utils.questions.features import FeatureReader
from utils.questions.grammar import SHORT
from utils.questions.materials import BY_NAME, MATERIALS
from utils.questions.problems import NotUnderstood
from utils.questions.quantities import Number
from utils.questions.question import FIELDS, Question, Subject
from utils.questions.screws import Screw
from utils.questions.sizes import as_screws, refuse
from utils.questions.tokens import tokens
from utils.questions.words import Term, alike, terms

LONGEST = 60  # terms; no question of the grammar comes near
NAMED = 5  # unknown words that a refusal names; the rest is no help
DENSEST = 25.0  # g/cm³: above osmium's 22.6
_OF_WHOLE = ("volume", "area", "bbox", "mass", "centre", "thickness")
# What has a unit of its own.
_UNIT_OF = {
    ("pounds", "lb", "lbs", "ounces", "oz", "grams", "g", "kg"): ("mass",),
    ("cubic", "in3", "mm3", "cm3"): ("volume",),
    ("square", "in2", "mm2", "cm2"): ("area", "faces", "face"),
}
_FEATURES = ("holes", "fillets", "faces", "spacing")
_COUNTED = ("holes", "fillets", "faces", "parts", "solids")


def parse(text: str) -> Question:
    """The question that `text` asks. Raises NotUnderstood, naming the words that it does not know."""
    read = _told(terms(tokens(text)))
    if not read:
        raise refuse("Ask something about the geometry.")
    if len(read) > LONGEST:
        raise refuse("That is too long; ask one thing, as for example below.")
    check(as_screws(read))
    is_mass = any(term.kind == "subject" and term.value == "mass" for term in read)
    unknown = [term.text for term in read if term.kind == "unknown"]
    if unknown:
        raise _unknown_material(unknown) if is_mass else _unknown(unknown)
    for term in read:
        if term.kind == "too_large":
            raise refuse(
                f"Answers are in mm, mm² and mm³, or in inches, in² and in³; not “{term.text}”.", term.text
            )
    subject = _subject(read)
    inches = _inches(subject, read)
    if subject in ("distance", "angle"):
        return _pair(subject, read, inches)
    if subject == "faces" and (number := _face_number(read)) is not None:
        return _face(number, read, inches)
    if subject in _FEATURES:
        return FeatureReader(subject, _without_scope(subject, read), inches).read()
    if subject == "mass":
        return _mass(read, inches)
    return _whole(subject, read, inches)


def _told(read: list[Term]) -> list[Term]:
    """Without fillers. "Screws" adds nothing to "M5 screws"; on its own it would be a part that nobody can look for."""
    used = any(term.kind == "use" for term in read)  # 1/4 in bolts go through no hole of 1/4 in
    sized = any(
        term.kind == "screw" or (used and term.kind == "number" and "/" in term.text) for term in read
    )
    kept: list[Term] = []
    comma = False
    for term in read:
        comma = comma or term.comma
        if term.kind == "filler" or (sized and term.kind == "fastener"):
            continue
        kept.append(replace(term, comma=comma, kind="unknown" if term.kind == "fastener" else term.kind))
        comma = False
    return kept


def _unknown(words: list[str]) -> NotUnderstood:
    named = list(dict.fromkeys(word[:40] for word in words))[:NAMED]
    parts = [f"“{word}”" for word in named]
    message = f"{', '.join(parts)} {'is' if len(parts) == 1 else 'are'} not understood."
    meant = list(dict.fromkeys(near for word in named for near in alike(word)))
    if meant:
        message += " Did you mean " + " or ".join(f"“{word}”" for word in meant[:3]) + "?"
    return NotUnderstood(message, named, SHORT)


def _unknown_material(words: list[str]) -> NotUnderstood:
    name = " ".join(words[:NAMED])[:80]
    known = ", ".join(material.name for material in MATERIALS)
    return NotUnderstood(
        f"The density of “{name}” is not known. Known are {known}; or say “mass with density 2.7”.",
        words[:NAMED],
        ["mass of 6061", "mass with density 2.7 g/cm3"],
    )


def _inches(subject: Subject, read: list[Term]) -> bool | None:
    for term in read:
        if term.kind == "inches" and any(
            set(units) & set(term.text.split()) and subject not in subjects
            for units, subjects in _UNIT_OF.items()
        ):
            raise refuse(f"“{term.text}” does not go with {subject}.", term.text)
    said = {term.value for term in read if term.kind == "inches"}
    if len(said) > 1:
        raise refuse("In inches or in millimetres?")
    return said.pop() if said else None


def _subject(read: list[Term]) -> Subject:
    named = [term.value for term in read if term.kind == "subject"]
    if any(term.kind == "surface" for term in read):
        named.append("faces")
    subjects = list(dict.fromkeys(named))
    if len(subjects) > 1 and "size" in subjects:  # size of the holes
        subjects.remove("size")
    if len(subjects) > 1 and subjects[-1] == "parts" and subjects[0] in (*_OF_WHOLE, *_FEATURES):
        subjects.pop()  # holes in all parts
    subject = _joined(subjects, read)
    if not subject or subject not in get_args(Subject):
        raise refuse(
            "What is asked for is not clear; name one of volume, area, mass, holes, fillets, faces, thickness."
        )
    if any(term.kind == "count" for term in read):
        _check_counted(subject, read)
    return subject  # type: ignore[return-value]


def _joined(subjects: list[str], read: list[Term]) -> str | None:
    match subjects:
        case []:
            return _implied(read)
        case ["size"]:
            return "bbox"
        case [one]:
            return one
    pair = set(subjects)
    if pair in (
        {"distance", "holes"},
        {"spacing", "holes"},
        {"distance", "spacing"},
        {"distance", "spacing", "holes"},
    ):
        return "spacing"
    if pair == {"distance", "faces"}:
        return "distance"
    if pair == {"angle", "faces"}:
        return "angle"
    raise refuse("One question at a time: " + " and ".join(subjects) + " are two.", *subjects)


def _implied(read: list[Term]) -> str | None:
    """What can only be meant where no subject is named: M5 clearance is about holes."""
    kinds = {term.kind for term in read}
    fields = {term.value for term in read if term.kind == "field"}
    traits = {term.value[0] for term in read if term.kind == "trait"}
    compared = {term.value[1] for term in read if term.kind == "compare"}
    if kinds & {"screw", "use", "through"} or traits & {"counterbored", "countersunk"}:
        return "holes"
    if fields == {"area"} and kinds <= {"field", "inches"}:
        return "area"
    if fields & set(FIELDS["holes"]) - {"radius"} or "depth" in compared:
        return "holes"
    return "fillets" if fields == {"radius"} else None


def _check_counted(subject: str, read: list[Term]) -> None:
    """ "How many parts have holes" asks for parts: the number of holes would be a wrong answer to it."""
    counts = [place for place, term in enumerate(read) if term.kind == "count"]
    counted = [term.value if term.kind == "subject" else "faces" for term in read[counts[0] :]
               if term.kind in ("subject", "surface") and term.value != "size"]  # fmt: skip
    if len(counts) > 1 or subject not in _COUNTED or (counted and counted[0] != subject):
        raise refuse(f"“{read[counts[0]].text}” does not go with {counted[0] if counted else subject} there.")


def _without_scope(subject: str, read: list[Term]) -> list[Term]:
    return [term for term in read if term.kind != "subject" or term.value != "parts"]


def _only(read: list[Term], *kinds: str) -> None:
    for term in read:
        if term.kind not in kinds:
            raise refuse(f"“{term.text}” does not fit there.", term.text)


def _whole(subject: Subject, read: list[Term], inches: bool | None) -> Question:
    area = [
        term for term in read if not (subject == "area" and term.kind == "field" and term.value == "area")
    ]
    _only(area, "subject", "inches", *(["count"] if subject in ("parts", "solids") else []))
    return Question(subject, inches=bool(inches))


def _mass(read: list[Term], inches: bool | None) -> Question:
    left = [term for term in read if term.kind not in ("subject", "inches")]
    if len(left) == 1 and left[0].kind in ("material", "number") and (name := _material(left[0])):
        return Question("mass", material=name, inches=bool(inches))
    if not left:
        known = ", ".join(material.name for material in MATERIALS)
        raise NotUnderstood(
            f"Of what? Say “mass of 6061” or “mass with density 2.7”. Known are {known}.",
            (),
            ["mass of 6061"],
        )
    _only(left, "field", "number", "compare", "material")
    numbers = [term for term in left if term.kind == "number"]
    others = [term for term in left if term.kind != "number"]
    named = any(term.kind == "field" and term.value == "density" for term in others)
    for term in others:
        if term.value != "density" and not (term.kind == "compare" and term.value[0] == "="):
            raise refuse(f"“{term.text}” does not fit there.", term.text)
    if len(numbers) != 1:
        raise refuse("Say one material, or one density in g/cm³.")
    return Question("mass", density=_density(numbers[0], named), inches=bool(inches))


def _material(term: Term) -> str | None:
    if term.kind == "material":
        return str(term.value)
    found = BY_NAME.get(term.text)
    return found.name if found else None


def _density(term: Term, named: bool) -> Number:
    number: Number = term.value
    if not named and not number.unit:
        raise _unknown_material([term.text])
    if number.unit not in ("", "g/cm3") or term.fraction:
        raise refuse(f"“{term.text}” is no density; write it in g/cm3, kg/m3 or lb/in3.", term.text)
    if not 0 < number.value <= DENSEST:
        raise refuse(f"Nothing has a density of {number.value:g} g/cm³; is it in kg/m3?", term.text)
    return Number(number.value, "g/cm3")


def _face_number(read: list[Term]) -> int | None:
    """Of "face 3"; None where no number stands behind the word."""
    for term, follower in pairwise(read):
        if term.kind == "subject" and term.value == "faces" and follower.kind in ("number", "screw"):
            return _id(follower)
    return None


def _id(term: Term) -> int:
    """A face's number; "#3" is one too."""
    if (
        term.kind == "screw"
        and isinstance(term.value, Screw)
        and term.text.startswith("#")
        and not term.value.thread
    ):
        return int(term.text[1:])
    if not term.text.isdigit() or int(term.text) < 1:
        raise refuse(f"“{term.text}” is no face's number.", term.text)
    return int(term.text)


def _face(number: int, read: list[Term], inches: bool | None) -> Question:
    named = [term for term in read if term.kind in ("number", "screw")]
    if len(named) > 1:
        raise refuse("Ask for one face, or for the distance between two.", named[1].text)
    _only(read, "subject", "number", "screw", "field", "inches")
    for term in read:
        if term.kind == "field" and term.value not in FIELDS["faces"]:
            raise refuse(f"“{term.text}” does not go with a face.", term.text)
    return Question("face", faces=(number,), inches=bool(inches))


def _pair(subject: Subject, read: list[Term], inches: bool | None) -> Question:
    _only(read, "subject", "between", "to", "and", "number", "screw", "inches")
    named = [_id(term) for term in read if term.kind in ("number", "screw")]
    if len(named) != 2 or named[0] == named[1]:
        raise refuse(f"Name two faces, for example “{subject} between face 3 and face 7”.")
    return Question(subject, faces=(named[0], named[1]), inches=bool(inches))
