"""Turns one name into English by the glossary: what it does not know, and what needs no translation, stays as it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from utils.bom.glossary import Glossary
from utils.bom.words import Piece, folded, has_kana, is_cyrillic, is_foreign, pieces

LONGEST = 500  # characters: a longer text is no name, and is left alone
_MOST_WORDS = 6  # of one term

# Foreign words that are English ones as well: they are translated only beside an unmistakable word of their language.
_ALSO_ENGLISH = (
    "de del des du la le les el los las der die das y et con par pour para por sur sans von mit und zum zur of "
    "links rot wand stab loch schild isolator ventilator puffer lang rolle fur cote pie tope asa long court "
    "superior inferior interior exterior central principal frontal lateral grand grande petit petite plaque plat "
    "joint bride came collier tampon plateau alimentation circlip ensemble fixation roulette rouge noir vert "
    "principale volant patin insert corps disco capa carro marco bomba sello table gauche mode cadre borne niet "
    "piece pieces articulation articulations profiler linker reservoir reservoirs modulo sin messing gross langs"
)
ALSO_ENGLISH = frozenset(_ALSO_ENGLISH.split())
_BEGINNINGS = ("_", ":", ";", "/", "(")
_POSSESSIVE = frozenset("の的用之")  # between two Chinese or Japanese nouns; English puts them side by side


class State(Enum):
    """`ENGLISH` has nothing to translate."""

    ENGLISH = "english"
    WHOLE = "translated"
    PARTLY = "partly translated"
    NOT = "not translated"


@dataclass(frozen=True)
class Gloss:
    text: str
    state: State


@dataclass
class _Found:
    """A run of pieces: either a term with its English by language, or one piece as it stands."""

    source: str
    kind: str
    english: dict[str, str]
    text: str = ""
    new: bool = False


def gloss(text: str, glossary: Glossary) -> Gloss:
    """The text with its foreign shop terms in English, each at its place.

    Codes, sizes, standards and English words stay letter by letter.
    """
    if len(text) > LONGEST:
        return Gloss(text, State.NOT if not text.isascii() else State.ENGLISH)
    found = _find(unicodedata.normalize("NFC", text), glossary)
    languages = {language for each in found if _is_sure(each, glossary) for language in each.english}
    if "ja" in languages and "zh" in languages:
        languages.discard("zh" if has_kana(text) else "ja")
    open_words = False
    for place, each in enumerate(found):
        english = _choice(each, languages, glossary)
        if english is None:
            each.text = each.source
            open_words = open_words or _is_open(each, languages, glossary)
        else:
            each.text, each.new = _cased(english, each, found[:place], languages), True
    if not any(each.new for each in found):
        return Gloss(text, State.NOT if open_words else State.ENGLISH)
    return Gloss(_joined(found), State.PARTLY if open_words else State.WHOLE)


def _find(text: str, glossary: Glossary) -> list[_Found]:
    parts = list(pieces(text))
    found: list[_Found] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.kind == "characters":
            found += _characters(part.text, glossary)
        elif part.kind == "word":
            run, step = _word(parts, place, glossary)
            found.append(run)
            place += step
            continue
        else:
            found.append(_Found(part.text, "other", {}))
        place += 1
    return found


def _word(parts: list[Piece], place: int, glossary: Glossary) -> tuple[_Found, int]:
    """The longest term that begins here, and how many pieces it covers."""
    words, places = [], []
    for at in range(place, min(place + 2 * _MOST_WORDS, len(parts))):
        if parts[at].kind == "word":
            words.append(parts[at].text)
            places.append(at)
        elif parts[at].kind != "other" or parts[at].text.strip(" _-'’"):
            break
    count, english = glossary.phrase(words[:_MOST_WORDS])
    if count:
        end = places[count - 1] + 1
        return _Found("".join(part.text for part in parts[place:end]), "word", english), end - place
    if compound := glossary.compound(parts[place].text):
        english = {"de": " ".join(compound)}
    return _Found(parts[place].text, "word", english), 1


def _characters(text: str, glossary: Glossary) -> list[_Found]:
    found: list[_Found] = []
    start = 0
    while start < len(text):
        length, english = glossary.characters(text, start)
        if length:
            found.append(_Found(text[start : start + length], "characters", english))
        elif text[start] in _POSSESSIVE and 0 < start < len(text) - 1:
            found.append(_Found(text[start], "characters", {"zh": "", "ja": ""}))
        elif found and found[-1].kind == "characters" and not found[-1].english:
            found[-1].source += text[start]
        else:
            found.append(_Found(text[start], "characters", {}))
        start += length or 1
    return found


def _is_sure(found: _Found, glossary: Glossary) -> bool:
    """Whether this term shows its language: no English word, no code, no word that is the same in English."""
    word = folded(found.source)
    if not any(found.english.values()):
        return False
    if not found.source.isascii() or glossary.is_own(found.source):
        return True
    is_code = found.source.isupper() and len(word) <= 3
    return not (is_code or word in ALSO_ENGLISH or word in glossary.english_words)


def _choice(found: _Found, languages: set[str], glossary: Glossary) -> str | None:
    """The English for this place, or None to leave it."""
    is_english = found.source.isascii() and folded(found.source) in glossary.english_words
    if is_english and not glossary.is_own(found.source):
        return None
    wanted = [language for language in found.english if language in languages]
    if not wanted and not found.source.isascii():
        wanted = list(found.english)
    return found.english[wanted[0]] if wanted else None


def _is_open(found: _Found, languages: set[str], glossary: Glossary) -> bool:
    """Whether somebody who reads English only would stumble here."""
    source = found.source
    if found.kind == "other" or found.english or (len(source) == 1 and found.kind == "word"):
        return False
    if not source.isascii():
        return found.kind == "characters" or is_foreign(source)
    is_word = len(source) > 2 and not source.isupper() and folded(source) not in glossary.english_words
    return is_word and bool(languages & {"de", "fr", "es"})


def _cased(english: str, found: _Found, before: list[_Found], languages: set[str]) -> str:
    """The English in the case of its source: SCREW for ВИНТ, Screw where a text or a part of it begins."""
    word = found.source
    if found.kind == "characters" or word.lower() == word.upper():  # a script without capitals
        capital = not before
    elif len(word) > 1 and word.isupper():
        return english.upper()
    elif "de" in languages and not is_cyrillic(word):  # all nouns have capitals there
        capital = word[:1].isupper() and (not before or before[-1].source.rstrip(" ").endswith(_BEGINNINGS))
    else:
        capital = word[:1].isupper()
    return english[:1].upper() + english[1:] if capital else english


def _joined(found: list[_Found]) -> str:
    """The texts, with a space where a translated word would grow together with its neighbour."""
    whole = ""
    grown = False
    for each in found:
        touches = whole[-1:].isalnum() and each.text[:1].isalnum()
        whole += f" {each.text}" if touches and (each.new or grown) else each.text
        grown = each.new if each.text else grown
    return whole
