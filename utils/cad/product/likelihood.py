"""Says how surprising a text would be as the name of a part: the sum over its characters of -ln of their frequency.

What bytes mean in an unknown encoding is told by which reading surprises least. ASCII costs nothing: it reads the same
in all encodings, and one that swallows ASCII into other characters gains nothing by it.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from utils.cad.product.alphabets import HANGUL, HANZI, KANJI, RUSSIAN

GARBAGE = 11.0  # nats for what is no letter of the language: dearer than any that is
NOISE = 8.5  # nats for each byte beyond ASCII from which on a reading is no likelier than noise

_RUSSIAN = {letter: -math.log(share / 1000) for letter, share in RUSSIAN.items()}
_UMLAUTS = frozenset("äöüßÄÖÜ")
_WESTERN = frozenset("éèêëàâáãåçñíìîïóòôõøúùûýæœÉÈÀÅÇÑØÆÁÓ")
_SIGNS = dict.fromkeys("°№Ø±×", 4.0) | dict.fromkeys("«»–—„“”‘’…µ²³½¼®™§·€\u00a0", 5.5)
_EAST_ASIAN_SIGNS = frozenset("　、。・ー〜～（）－＿：；，．／＋×「」【】《》〈〉“”℃Φφ￠")
_CUT_OFF = 5.0  # for half a character at the end, where a program cut the name
_BREAK = 5.0  # a letter that does not go with the one before it


def surprise(text: str, encoding: str) -> float:
    """In nats, for ``text`` as it was read in ``encoding``."""
    total = 0.0
    before = ""
    if text.endswith("\ufffd") and encoding not in ("cp1251", "cp866", "cp1252"):
        text, total = text[:-1], _CUT_OFF
    for character in text:
        if character >= "\x80":
            total += _character(character, encoding)
        elif character < " " and character not in "\t\n\r":
            total += GARBAGE
        total += _transition(before, character)
        before = character
    return total


@lru_cache(maxsize=1 << 15)
def _character(character: str, encoding: str) -> float:
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return 1.3 * GARBAGE
    if encoding in ("cp1251", "cp866"):
        return _cyrillic(character)
    if encoding == "cp1252":
        return _latin(character)
    if encoding == "utf-8":
        return 3.0  # valid sequences are evidence enough, whatever they say
    return _east_asian(character, encoding)


def _cyrillic(character: str) -> float:
    if character.lower() in _RUSSIAN:
        return _RUSSIAN[character.lower()] + (0.0 if character.islower() else 0.7)
    if character in "іїєґІЇЄҐўЎ":
        return 7.0
    return _SIGNS.get(character, GARBAGE)


def _latin(character: str) -> float:
    if character in _UMLAUTS:
        return 3.5
    if character.isalpha():
        return 5.0 if character in _WESTERN else 8.0
    return _SIGNS.get(character, 9.0)


def _east_asian(character: str, encoding: str) -> float:
    if character in _EAST_ASIAN_SIGNS:
        return 4.5
    if "\u3041" <= character <= "\u30ff":
        return 4.2 if encoding == "cp932" else 11.0
    if "\uff61" <= character <= "\uff9f":
        return 4.8
    if "\uac00" <= character <= "\ud7a3":
        return 5.5 if character in HANGUL else _by_row(character, "euc_kr", ((0xB0, 0xC8, 9.0),))
    if "\u4e00" <= character <= "\u9fff":
        return _ideograph(character, encoding)
    if "\uff01" <= character <= "\uff5e":
        return 6.0  # full-width ASCII
    return 9.5


def _ideograph(character: str, encoding: str) -> float:
    """The first level of each national set holds what is in everyday use, ordered by rows of its lead byte."""
    if encoding == "gb18030":
        return (
            5.8
            if character in HANZI
            else _by_row(character, "gb2312", ((0xB0, 0xD7, 9.0), (0xD8, 0xF7, 12.0)))
        )
    if encoding == "cp932":
        return (
            5.8
            if character in KANJI
            else _by_row(character, "cp932", ((0x88, 0x97, 9.5), (0x98, 0xEA, 13.0)))
        )
    return 13.0  # Korean names are seldom written in hanja


def _by_row(character: str, encoding: str, rows: tuple[tuple[int, int, float], ...]) -> float:
    try:
        lead = character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 14.0
    return next((cost for first, last, cost in rows if first <= lead <= last), 14.0)


def _transition(before: str, character: str) -> float:
    """What neighbours say: scripts do not mix inside of a word, and capitals do not follow small letters."""
    if before < "\x80" and character < "\x80":
        return 0.0
    if character == "№":
        return _BREAK if before.isalpha() else 0.0
    if not (before.isalpha() and character.isalpha()):
        return 0.0
    scripts = _script(before), _script(character)
    if scripts == ("latin", "latin"):
        both = before >= "\x80" and character >= "\x80"
        return _BREAK if both or (before.islower() and character.isupper()) else 0.0
    if scripts == ("cyrillic", "cyrillic"):
        return _BREAK if before.islower() and character.isupper() else 0.0
    return _BREAK if set(scripts) in ({"latin", "cyrillic"}, {"latin", "half-width"}) else 0.0


@lru_cache(maxsize=1 << 15)
def _script(character: str) -> str:
    if character < "\u0250":
        return "latin"
    if "\u0400" <= character <= "\u04ff":
        return "cyrillic"
    return "half-width" if "\uff61" <= character <= "\uff9f" else "other"
