"""A question's text becomes tokens: words, numbers with their units, screws, signs. Takes time in proportion to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from utils.questions.problems import NotUnderstood
from utils.questions.quantities import UNITS, Number
from utils.questions.screws import Screw

SMALLEST, LARGEST = 1e-6, 1e9  # of a number, in the unit it is kept in; beyond is no dimension of a part


@dataclass(frozen=True)
class Token:
    """`text` is as written, in lower case; a fraction without a unit is marked, since nobody means 1/4 mm."""

    kind: Literal["word", "number", "screw", "sign", "odd"]
    text: str
    number: Number | None = None
    screw: Screw | None = None
    fraction: bool = False
    comma: bool = False  # right behind a comma or semicolon


# "face 7 in inches": nor is it the number's unit where it begins one of these phrases.
_PHRASES = r"inch|inches|imperial|in2|in3|pounds|lbs?|ounces?|oz|cubic|square|metric|mm[23]?|cm[23]?|milli\w+|k?g|grams"
_ASKED_IN = rf"(?!in\s+(?:{_PHRASES})\b)"
_UNITS = f"{_ASKED_IN}(?:{'|'.join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))})"
_NUMBER = r"(?:[0-9]{1,10}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<alloy>[0-9]{{4}}(?=-?[tho][0-9]{{0,4}}(?!\w))-?[tho][0-9]{{0,4}})
  | m\s?(?P<metric>[0-9]{{1,2}}(?:\.[0-9])?)(?:\s?x\s?(?P<pitch>[0-9](?:\.[0-9]{{1,2}})?))?(?!\w|\.[0-9])
  | (?:\#|no\.)\s?(?P<gauge>[0-9]{{1,2}})(?:-(?P<gauge_tpi>[0-9]{{2}}))?(?!\w|[./][0-9]|-[0-9])
  | (?P<inch>[0-9]{{1,2}}/[0-9]{{1,2}})"?-(?P<inch_tpi>[0-9]{{2}})(?!\w|[./][0-9])
  | (?:(?:(?P<whole>[0-9]{{1,4}})(?:\s|\s?-))?(?P<top>[0-9]{{1,4}})/(?P<bottom>[0-9]{{1,4}})|(?P<plain>{_NUMBER}))
    (?:\s?-?(?P<unit>{_UNITS})(?![\w^]|[./][0-9]))?(?![\w^]|[./][0-9])
  | (?P<symbol>[ø⌀∅φ])(?=[\s0-9.<>=≤≥])
  | (?P<prefix>[rd]|f|faces?)(?=[0-9.])
  | (?P<sign><=|=<|>=|=>|==|!=|<>|±|\+/-|\.\.+|[<>=≤≥≠&-])
  | (?P<mark>[,;:?.()"']|!(?=[\s?!.)]|$))
  | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)(?![\w])
  | (?P<odd>\w+|\S)
    """,
    re.VERBOSE,
)
_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "″": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "×": "x",
        "_": " ",
    }
)
# "6 in the plate" is no length: the word behind says that "in" is none of its units.
_PLACE = re.compile(r"\bin(?=\s+(?:the|this|that|these|those|a|an|each|every|all|any|it|my|our|total)\b)")
_COMMA = re.compile(r"(?<![0-9])[0-9]+(?:,[0-9]+)+")
_WORDS = {"symbol": "diameter", "r": "radius", "d": "diameter", "f": "face", "face": "face", "faces": "faces"}


def tokens(text: str) -> list[Token]:
    """Raises NotUnderstood for a number that can be read in two ways."""
    read: list[Token] = []
    comma = False
    for match in _TOKEN.finditer(_normal(text)):
        comma = comma or match["mark"] in (",", ";")
        if (token := _token(match)) is not None:
            read.append(replace(token, comma=True) if comma else token)
            comma = False
    return read


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.replace("″", '"').replace("¼", " 1/4").replace("½", " 1/2"))
    text = text.replace("\u2044", "/").casefold().translate(_SAME).replace("''", '"')
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", text)  # counter-bored, non-through
    return _COMMA.sub(_decimal, _PLACE.sub("of", text))


def _decimal(match: re.Match[str]) -> str:
    whole, *rest = match[0].split(",")
    if len(rest) > 1 or (len(rest[0]) == 3 and len(whole) <= 3 and not whole.startswith("0")):
        plain, point = match[0].replace(",", ""), match[0].replace(",", ".", 1)
        raise NotUnderstood(f"“{match[0]}” can be read in two ways; write {plain} or {point}.", [match[0]])
    return f"{whole}.{rest[0]}"


def _token(match: re.Match[str]) -> Token | None:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if "space" in found or "mark" in found:
        return None
    if "alloy" in found:
        return Token("word", found["alloy"][:4])
    if screw := _screw(found):
        return Token("screw", match[0], screw=screw)
    if "plain" in found or "top" in found:
        return _number(match[0], found)
    if "symbol" in found or "prefix" in found:
        return Token("word", _WORDS["symbol" if "symbol" in found else found["prefix"]])
    for kind in ("sign", "word", "odd"):
        if kind in found:
            return Token(kind, match[0])
    raise AssertionError(f"no token of {match[0]!r}")


def _screw(found: dict[str, str]) -> Screw | None:
    if "metric" in found:
        pitch = float(found["pitch"]) if "pitch" in found else None
        return Screw(f"M{float(found['metric']):g}", pitch)
    if "gauge" in found:
        return Screw(f"#{int(found['gauge'])}", _threads(found.get("gauge_tpi")))
    if "inch" in found:
        return Screw(found["inch"], _threads(found["inch_tpi"]))
    return None


def _threads(text: str | None) -> float | None:
    return float(text) if text else None


def _number(text: str, found: dict[str, str]) -> Token:
    unit, factor = UNITS[found["unit"]] if "unit" in found else ("", 1.0)
    if "plain" in found:
        value = float(found["plain"])
    elif int(found["bottom"]) == 0:
        return Token("odd", text)
    else:
        value = int(found.get("whole", "0")) + int(found["top"]) / int(found["bottom"])
    if value and not SMALLEST <= value * factor <= LARGEST:
        return Token("odd", text)
    return Token("number", text, number=Number(value * factor, unit), fraction="top" in found and not unit)


def numerals(text: str) -> Iterator[float]:
    """Every number that stands in a text, screws' sizes among them, as written and whatever its unit."""
    for digits in re.findall(
        r"[0-9]{1,10}(?:[.,][0-9]{1,20})?|[.,][0-9]{1,20}", unicodedata.normalize("NFKC", text)
    ):
        yield float(digits.replace(",", "."))
    for token in tokens(text):
        if token.number:
            yield token.number.value
