"""Wordings that two people would read in two ways: a count or a size, both or either, the hole's size or its bore's."""

from __future__ import annotations

from collections.abc import Sequence

from utils.questions.problems import Ambiguous
from utils.questions.words import Term

_NOUNS = ("holes", "fillets", "faces")
_KINDS = ("through", "trait", "surface", "use", "screw")
_SCREWS = ("screw", "use", "fit")
_LIMITS = ("max", "maximum", "min", "minimum")
# Only these compare sizes alone: "at least 3" and "more than 3" are said of counts just as well.
_SIZES = ("larger", "bigger", "smaller", "<", ">", "=", "!", "≤", "≥", "≠")
_BORES = ("counterbored", "countersunk")
OF_HOLE = ("diameter", "radius", "depth")


def check(terms: Sequence[Term]) -> None:
    """Raises Ambiguous; what merely contradicts itself or does not fit is the reader's to refuse."""
    for at, term in enumerate(terms):
        if term.kind == "fewer":
            raise _count_or_size(term.text)
        if term.kind == "best" and term.text in _LIMITS and _any(terms, "number"):
            raise Ambiguous(
                f"“{term.text}” of a number: say <= or >= for a limit, or “largest” and “smallest”."
            )
        if end := _size_ends(terms, at):
            _check_size(terms, at, end)
        if term.kind == "and" or term.comma:
            _check_joined(terms, at)


def _any(terms: Sequence[Term], *kinds: str) -> bool:
    return any(term.kind in kinds for term in terms)


def _is_noun(term: Term) -> bool:
    return term.kind == "surface" or (term.kind == "subject" and term.value in _NOUNS)


def _kinds(terms: Sequence[Term], at: int, *kinds: str) -> bool:
    return [term.kind for term in terms[at : at + len(kinds)]] == list(kinds)


def _size_ends(terms: Sequence[Term], at: int) -> int | None:
    """Behind the comparison or range that begins at a place; a number alone is none."""
    shapes = (
        ("between", "number", "and", "number"), ("between", "number", "to", "number"),
        ("compare", "number", "plusminus", "number"), ("compare", "number"),
        ("number", "to", "number"), ("number", "plusminus", "number"), ("number", "limit"), ("number", "field"),
    )  # fmt: skip
    for shape in shapes:
        if _kinds(terms, at, *shape):
            return at + len(shape)
    return None


def _check_size(terms: Sequence[Term], at: int, end: int) -> None:
    before = terms[at - 1] if at else None
    if before and before.kind == "not" and at > 1:
        before = terms[at - 2]
    if before and before.kind in ("field", "compare", "between", "plusminus", "to"):
        return
    _check_spacing(terms, at, end)
    said = terms[at:end]
    if any(term.value.unit for term in said if term.kind == "number"):
        return
    text = " ".join(term.text for term in said)
    names = any(map(_is_noun, terms[end:]))
    if said[-1].kind == "field":
        if said[-1].text == "deep" and names:  # 3 deep holes
            raise _count_or_size(text)
        return
    sized = said[0].text.startswith(_SIZES)
    named_before = any(map(_is_noun, terms[:at]))
    follows = end < len(terms) and terms[end].kind in _KINDS
    counted = any(term.kind == "count" and term.text != "how many" for term in terms)
    worded = said[0].text.startswith(("larger", "bigger", "smaller"))
    if names or (follows and not (sized and named_before)) or (counted and not worded):
        raise _count_or_size(text)


def _count_or_size(text: str) -> Ambiguous:
    return Ambiguous(
        f"“{text}”: a size or a count? Say for example “holes diameter < 3 mm”, or ask “how many holes”.",
        [text],
        ["holes diameter < 3 mm", "how many holes"],
    )


def _check_spacing(terms: Sequence[Term], at: int, end: int) -> None:
    """ "Hole spacing > 20 mm" says nothing of the holes' own size."""
    subjects = [term.value for term in terms if term.kind == "subject"]
    before = [term.value for term in terms[:at] if term.kind == "subject"]
    if "spacing" not in subjects and not {"distance", "holes"} <= set(subjects):
        return
    of_holes = any(term.kind == "subject" and term.value == "holes" for term in terms[end:])
    if of_holes and (not before or before[-1] not in ("spacing", "distance")):
        return
    if not of_holes or (terms[at].kind == "compare" and terms[at - 1].kind == "subject"):
        text = " ".join(term.text for term in terms[at:end])
        raise Ambiguous(
            f"“{text}” of the spacing cannot be asked for; “spacing of holes diameter = 6 mm” chooses holes.",
            [text],
            ["spacing of holes diameter = 6 mm"],
        )


def check_spaced(terms: Sequence[Term], at: int) -> None:
    """The same for a number alone, which stands at a place."""
    _check_spacing(terms, at, at + 1)


# Both, or either?


def _check_joined(terms: Sequence[Term], at: int) -> None:
    """At an "and", or at a term behind a comma."""
    joined = terms[at].kind == "and"
    left, right = terms[:at], terms[at + joined :]
    if not left or not right:
        return
    nouns = ({term.value for term in side if term.kind == "subject"} for side in (left, right))
    before, after = nouns
    faces = "distance" in before or "angle" in before
    if before & after & set(_NOUNS) and not (faces and "holes" not in before):
        raise _either(terms, at)
    apart = [term for term in left if not _is_noun(term) or term.kind == "surface"]
    last, first = apart[-1] if apart else None, right[0]
    if last is None or first.kind == "and":
        return
    if len(left) > 1 and _kinds(left, len(left) - 2, "not", last.kind):
        return  # the reader asks how far a "not" reaches
    if _either_kind(last, first, joined, last is left[-1]):
        raise _either(terms, at)
    # "6 mm and blind holes": of both kinds, or both at once? Behind the noun it narrows: "holes of 6 mm and blind".
    pair = {last.kind in _KINDS, first.kind in _KINDS}
    sizes = last.kind == "number" or first.kind in ("number", "compare", "field")
    if (
        joined
        and pair == {True, False}
        and sizes
        and not any(map(_is_noun, left))
        and any(map(_is_noun, right))
    ):
        raise _either(terms, at)


def _either_kind(last: Term, first: Term, joined: bool, adjacent: bool) -> bool:
    if first.kind not in _KINDS:
        return False
    if joined:  # one screw at a time, says the reader
        return last.kind in (*_KINDS, "best") and not last.kind == first.kind == "screw"
    if last.kind not in _KINDS or {last.kind, first.kind} <= set(_SCREWS):
        return False
    return adjacent or last.kind == first.kind == "trait"  # M5 clearance holes, through


def _either(terms: Sequence[Term], at: int) -> Ambiguous:
    text = "and" if terms[at].kind == "and" else ","
    return Ambiguous(
        f"“{text}”: what is both at once, or either? Ask for one kind at a time; for both leave “{text}” out, "
        "for example “blind counterbored holes”.",
        [text],
        ["counterbored holes", "blind counterbored holes"],
    )


# The hole, or its counterbore or countersink?


def _is_bore(terms: Sequence[Term], at: int) -> bool:
    term = terms[at]
    if term.kind == "field":
        return str(term.value).startswith("counter")
    return term.kind == "trait" and term.value[0] in _BORES and not (at and terms[at - 1].kind == "not")


def check_bore(terms: Sequence[Term], start: int, end: int, named: bool) -> None:
    """A hole's own size stands at `start` to `end`; `named` when it says diameter, radius or depth."""
    bores = [at for at in range(len(terms)) if not start <= at < end and _is_bore(terms, at)]
    before = max((at for at in bores if at < start), default=None)
    after = min((at for at in bores if at >= end), default=None)

    def parted(first: int, last: int) -> bool:
        return any(term.kind == "subject" and term.value == "holes" for term in terms[first:last])

    if not bores:
        return
    if named:
        clear = (before is None or parted(before, start)) and (
            after is None or terms[after].kind == "field" or parted(end, after)
        )
    else:
        clear = parted(end, end + 1) and before != start - 1
    if not clear:
        raise Ambiguous(
            "The diameter or depth of the hole, or of its counterbore or countersink? Say for example "
            "“counterbored holes diameter = 6 mm” or “counterbore diameter = 10 mm”.",
            [" ".join(term.text for term in terms[start:end])],
            [
                "counterbored holes diameter = 6 mm",
                "counterbore diameter = 10 mm",
                "countersink diameter = 10 mm",
            ],
        )


def check_ranked(terms: Sequence[Term]) -> None:
    """ "Largest counterbore" is no largest hole."""
    if _any(terms, "best") and not any(term.kind == "subject" for term in terms):
        for at, term in enumerate(terms):
            if term.kind == "trait" and _is_bore(terms, at):
                raise Ambiguous(
                    f"The largest hole, or the largest {term.text}? Say for example “largest counterbored hole” or "
                    "“largest counterbore diameter”.",
                    [term.text],
                    ["largest counterbored hole", "largest counterbore diameter"],
                )
