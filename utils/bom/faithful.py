"""Checks a translation that a language model made: nothing lost that a shop orders by, nothing made up."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from utils.bom.words import pieces

# A standard is one where its number follows: "en" alone is a French word.
_STANDARD = re.compile(
    r"(?<![^\W_])(din|iso|en|gost|ost|gb|jis|ansi|asme|nema|iec|sae|aisi|uni)(?=(?:/t)?[\s:\-]*[a-z]?\d)"
)
_UNIT = re.compile(r"(?<=\d)(?:mm|cm|m|kg|g|nm|n|v|a|w)$")
_LOOKALIKES = str.maketrans("авекмнорстухі×✕*‐‑‒–—−", "abekmhopctyxixxx------")
_JOINED = re.compile(r"(?<=\d)\s*([x/\-:])\s*(?=\d)")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"(?:(?<![^\W_])m\s?)?\d+(?:[.x/\-:]\d+)*")
_CODE = re.compile(r"[a-z0-9]*\d[a-z0-9]*")


def is_faithful(source: str, english: str) -> bool:
    """Whether `english` may stand for `source`.

    It has every number, size, code and standard of the source and no others, is one printable line of a name's
    length, has no words in another script, and is not the source itself.
    """
    return (
        bool(english.strip())
        and english.isprintable()
        and len(english) <= max(60, 4 * len(source))
        and english.casefold() != source.casefold()
        and _in_latin_letters(english)
        and _numbers(source) == _numbers(english)
        and _codes(source) <= _codes(english)
        and _standards(source) == _standards(english)
    )


def _numbers(text: str) -> Counter[str]:
    plain = _COMMA.sub(".", _JOINED.sub(r"\1", _plain(text)))
    return Counter(number.replace(" ", "") for number in _NUMBER.findall(plain))


def _codes(text: str) -> set[str]:
    """What has digits and perhaps letters, without the unit: 100 mm is 100mm, and M3 x 8 is M3x8."""
    kept = "".join(
        piece.text if piece.kind == "other" or piece.text in "xX×хХ" else " " for piece in pieces(text)
    )
    return {_UNIT.sub("", code) for code in _CODE.findall(_JOINED.sub(r"\1", _plain(kept)))}


def _standards(text: str) -> Counter[str]:
    latin = _plain(text).replace(_plain("ГОСТ"), "gost").replace(_plain("ОСТ"), "ost")
    return Counter(_STANDARD.findall(latin))


def _plain(text: str) -> str:
    """Lower case, full-width signs as narrow ones, Cyrillic letters that look like Latin ones as those."""
    return unicodedata.normalize("NFKC", text.replace("№", "no ")).casefold().translate(_LOOKALIKES)


def _in_latin_letters(text: str) -> bool:
    for piece in pieces(text):
        if piece.kind == "characters":
            return False
        if piece.kind == "word" and len(piece.text) > 1:
            letters = unicodedata.normalize("NFD", piece.text)
            if not all(unicodedata.name(letter, "").startswith(("LATIN", "COMBINING")) for letter in letters):
                return False
    return True
