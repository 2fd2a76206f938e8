"""Cuts names into words and finds the base of an inflected one: enough grammar for nouns and adjectives of a shop.

Russian words are compared by their stems, German, French and Spanish ones by the forms that a term can take, Chinese
and Japanese ones, which are written without spaces, letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["word", "characters", "other"]

_HAN = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9f]")
# One Latin letter in front belongs to the characters (O型圈, T型槽).
# A code has a digit (M3, 6402, 8C, М3), or is one letter beside digits; "Deckel2" is a word and a number.
_PIECE = re.compile(
    rf"(?P<characters>(?:(?<![^\W_])[A-Za-z])?[{_HAN}]+)"
    rf"|(?P<word>(?:(?![{_HAN}])[^\W\d_]){{3,}}(?=\d+(?![^\W_])))"
    rf"|(?P<code>(?:(?![{_HAN}])[^\W_])*\d(?:(?![{_HAN}])[^\W_])*)"
    rf"|(?P<letters>(?:(?![{_HAN}])[^\W\d_])+)"
    r"|(?P<other>[\W_]+)"
)
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁÄÖÜ])(?=[A-ZА-ЯЁÄÖÜ])")
_RU_CASES = (
    "иями ями ами ого его ому ему ыми ими ией иях ая яя ое ее ые ие ый ий ой ей ом ем ам ям ах ях ов ев "
    "ую юю ых их ым им ия ию ии а я о е ы и у ю ь й"
)
_RU_ENDINGS = tuple(_RU_CASES.split())
_VOWELS = "аеёиоуыэюя"


@dataclass(frozen=True)
class Piece:
    """A word of an alphabet, a run of Chinese or Japanese characters, or what is kept as it stands."""

    text: str
    kind: Kind


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text; put together again they are the text."""
    for found in _PIECE.finditer(text):
        if found.lastgroup == "characters":
            yield Piece(found[0], "characters")
        elif found.lastgroup in {"word", "letters"}:
            for word in _CAMEL.split(found[0]):
                yield Piece(word, "word")
        else:
            yield Piece(found[0], "other")


def has_kana(text: str) -> bool:
    return _KANA.search(text) is not None


def is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u052f" for letter in word)


def folded(word: str) -> str:
    """Lower case; ß is ss and ё is е."""
    return word.casefold().replace("ё", "е")


def stem(word: str) -> str:
    """A Russian word without the ending of its case, number and gender; three letters at least stay."""
    word = folded(word)
    for ending in _RU_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(term: str) -> set[str]:
    """The stems under which a Russian term appears: its vowel may come and go (втулка, втулок; уголок, уголка)."""
    base = stem(term)
    found = {base}
    if len(base) > 3 and base[-1] in "кнцл":
        before, last = base[-2], base[-1]
        if before in "йь":
            found.add(f"{base[:-2]}е{last}")
        elif before not in _VOWELS:
            found |= {f"{base[:-1]}{vowel}{last}" for vowel in "ое"}
        elif before in "ое" and base[-3] not in _VOWELS and last in "кц":
            found |= {base[:-2] + last, f"{base[:-2]}ь{last}"}
    return found


def forms(term: str, language: str) -> set[str]:
    """How a word of a Latin alphabet may be written: its plurals and cases, with and without accents."""
    base = folded(term)
    inflected = {base}
    if len(base) > 3:
        inflected |= {base + ending for ending in _endings(base, language)}
    spelt = set(inflected)
    for form in inflected:
        spelt.add(without_marks(form))
        if language == "de":
            spelt.add(form.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    return spelt


def _endings(base: str, language: str) -> tuple[str, ...]:
    if language == "de":
        return ("n",) if base.endswith("e") else ("e", "en", "n", "er", "s", "es")
    if language == "es":
        return ("s",) if base[-1] in "aeiouáéó" else ("es",)
    if language == "fr":
        return ("s", "x") if base.endswith("u") else ("s",)
    return ()


@cache
def without_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def is_foreign(word: str) -> bool:
    """Whether a word has letters that English has not. A single letter (µ, Ø, М) is a sign, no word."""
    return len(word) > 1 and not word.isascii()
