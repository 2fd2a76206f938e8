"""Makes the names in a STEP file readable: undoes its escapes and finds out in which encoding its other bytes are.

ISO 10303-21 wants ASCII with escapes, or UTF-8 since its third edition. Exporters also write the bytes of whatever code
page the machine had, without a word about which, and even two of them in one name. Each name is read in every encoding
that may be meant and the least surprising reading is kept, with all names of the file as evidence where a name on its
own says little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from utils.cad.entities import unescaped
from utils.cad.product.likelihood import NOISE, surprise

LONGEST = 500  # characters

ENCODINGS = ("utf-8", "cp1251", "cp866", "cp1252", "gb18030", "cp932", "euc_kr")

_CYRILLIC = ("cp1251", "cp866")
_BOTH_CYRILLIC = "cp1251 and cp866"
_SWITCH = 6.0  # nats for a second encoding in one name
_MOST_EVIDENCE = 12.0  # nats that all other names may weigh together against one that speaks for itself
_EVIDENCE_NAMES = 400
_EVIDENCE_BYTES = 200
_HIGH = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"[A-Za-z\x80-\xff]+|[^A-Za-z\x80-\xff]+")
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"0" * 9)
_AFTER_DOUBLE_BYTE = re.compile(r"([^\x00-\x7f])\\")


class Decoder:
    """Reads the literals of one file; ``literals`` are those that it takes for evidence, quotes and all."""

    def __init__(self, literals: Iterable[bytes] = ()) -> None:
        self._known: dict[bytes, str] = {}
        self._encodings: dict[bytes, str] = {}
        self._weights = dict.fromkeys(ENCODINGS, 0.0)
        foreign = dict.fromkeys(_alike(_content(literal)) for literal in literals if _HIGH.search(literal))
        for raw in list(foreign)[:_EVIDENCE_NAMES]:
            costs = _costs(raw[:_EVIDENCE_BYTES])
            least = min(costs.values())
            for encoding, cost in costs.items():
                self._weights[encoding] += min(cost - least, _MOST_EVIDENCE)

    def text(self, literal: bytes) -> str:
        """What a string literal says, at most 500 characters of it; ``""`` for what is none. Never raises."""
        if literal not in self._known:
            self._known[literal] = _tidy(unescaped(self._decoded(_content(literal)[: 16 * LONGEST])))
        return self._known[literal]

    def _decoded(self, raw: bytes) -> str:
        if not _HIGH.search(raw):
            return raw.decode("ascii")
        alike = _alike(raw)
        if alike not in self._encodings:
            self._encodings[alike] = self._encoding_of(alike)
        encoding = self._encodings[alike]
        if encoding == _BOTH_CYRILLIC:
            return _mixed(raw)[0]
        return _without_doubled(raw.decode(encoding, "replace"), encoding)

    def _encoding_of(self, raw: bytes) -> str:
        costs = _costs(raw)
        least = min(self._weights.values())
        weighed = {
            encoding: cost + min(self._weights[encoding] - least, _MOST_EVIDENCE)
            for encoding, cost in costs.items()
        }
        best = min(weighed, key=lambda encoding: weighed[encoding])
        if best in _CYRILLIC and _mixed(raw)[1] + _SWITCH < costs[best]:
            return _BOTH_CYRILLIC
        # what is likelier noise than a name keeps its ASCII and is marked elsewhere
        return best if costs[best] <= NOISE * len(_HIGH.findall(raw)) else "utf-8"


def _without_doubled(text: str, encoding: str) -> str:
    """Some double-byte characters end with the byte of a backslash, which careful exporters double."""
    if "\\" not in text or encoding not in ("cp932", "gb18030"):
        return text
    return _AFTER_DOUBLE_BYTE.sub(
        lambda match: match[1] if match[1].encode(encoding, "replace").endswith(b"\\") else match[0], text
    )


def _alike(raw: bytes) -> bytes:
    """The same for names that differ in their digits only: what goes for one of them goes for all."""
    return raw.translate(_DIGITS_ALIKE)


def _content(literal: bytes) -> bytes:
    return literal[1:-1].replace(b"''", b"'") if len(literal) >= 2 and literal.startswith(b"'") else b""


def _costs(raw: bytes) -> dict[str, float]:
    return {encoding: surprise(raw.decode(encoding, "replace"), encoding) for encoding in ENCODINGS}


def _mixed(raw: bytes) -> tuple[str, float]:
    """The name with each word in the Cyrillic encoding that suits it better, and what that costs."""
    text, total = "", 0.0
    for run in _RUN.findall(raw):
        costs = {encoding: surprise(run.decode(encoding, "replace"), encoding) for encoding in _CYRILLIC}
        best = min(costs, key=lambda encoding: costs[encoding])
        text += run.decode(best, "replace")
        total += costs[best]
    return text, total


def _tidy(text: str) -> str:
    """One line without control characters, of at most LONGEST characters."""
    if not text.isprintable():
        text = "".join(_visible(character) for character in text)
    return text[:LONGEST]


def _visible(character: str) -> str:
    if character in "\t\n\r\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    # marks that turn the direction of what follows are controls too; what joins letters and emoji is not
    if category == "Cc" or (category == "Cf" and character not in "\u200c\u200d"):
        return ""
    return character
