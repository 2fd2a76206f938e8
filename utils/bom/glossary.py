"""Shop terms and their English, from a table that ships with Kerfline and one that its users may add."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from utils.bom.words import folded, forms, is_cyrillic, pieces, stem, stems

SHIPPED = Path(__file__).with_name("glossary.tsv")
MAX_FILE = 2 * 1024 * 1024  # bytes
MAX_TERM = 80  # characters
_MOST_COMPLAINTS = 20
_LINKS = ("", "s", "n", "en", "es", "er", "e")  # between the parts of a German compound


@dataclass(frozen=True)
class Term:
    source: str
    language: str
    english: str


@dataclass
class _Node:
    """A place in the tree of phrases: what may follow, and what the phrase so far means in which language."""

    next: dict[str, _Node] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)


class Glossary:
    """Finds terms; those of `own` come first, and of two with the same source and language the first one counts."""

    def __init__(self, terms: Iterable[Term], own: Iterable[Term] = ()) -> None:
        self._root = _Node()
        self._bases: dict[str, list[str]] = {}  # a form of a Latin word: the words it may be a form of
        self._characters: dict[str, dict[str, str]] = {}  # Chinese and Japanese terms
        self._german: dict[str, str] = {}  # forms that parts of compounds have
        self._longest = 1
        self.english_words: set[str] = set()
        self._own: set[str] = set()
        for term in own:
            self._own.add(folded(term.source))
            self._add(term)
        for term in terms:
            self._add(term)
        # What a person writes who knows the language: the plural of what the glossary says.
        self.english_words |= {f"{word}s" for word in self.english_words}

    def _add(self, term: Term) -> None:
        self.english_words.update(
            folded(piece.text) for piece in pieces(term.english) if piece.kind == "word"
        )
        if any(piece.kind == "characters" for piece in pieces(term.source)):
            self._characters.setdefault(folded(term.source), {}).setdefault(term.language, term.english)
            self._longest = max(self._longest, len(term.source))
            return
        words = [piece.text for piece in pieces(term.source) if piece.kind == "word"]
        for keys in _spellings(words):
            node = self._root
            for key in keys:
                node = node.next.setdefault(key, _Node())
            node.english.setdefault(term.language, term.english)
        for word in words:
            if not is_cyrillic(word):
                for form in forms(word, term.language):
                    bases = self._bases.setdefault(form, [])
                    if folded(word) not in bases:
                        bases.append(folded(word))
        if term.language == "de" and len(words) == 1:
            for form in forms(words[0], "de"):
                self._german.setdefault(form, term.english)

    def is_own(self, source: str) -> bool:
        """Whether the users of this glossary gave this term: then it is meant, whatever it is in English."""
        word = folded(source)
        return not self._own.isdisjoint([word, *self._bases.get(word, ())])

    def phrase(self, words: list[str]) -> tuple[int, dict[str, str]]:
        """How many of these words are the longest term that they begin with, and its English by language; (0, {})."""
        best: tuple[int, dict[str, str]] = (0, {})
        nodes = [self._root]
        for count, word in enumerate(words, 1):
            nodes = [node.next[key] for node in nodes for key in self._keys(word) if key in node.next]
            meanings: dict[str, str] = {}
            for node in nodes:
                meanings = node.english | meanings
            if meanings:
                best = (count, meanings)
            if not nodes:
                break
        return best

    def characters(self, text: str, start: int) -> tuple[int, dict[str, str]]:
        """The length of the longest Chinese or Japanese term at `start`, and its English by language; (0, {})."""
        for length in range(min(self._longest, len(text) - start), 0, -1):
            if meanings := self._characters.get(folded(text[start : start + length])):
                return length, meanings
        return 0, {}

    def compound(self, word: str) -> list[str]:
        """The English of a German compound's parts; [] when it is none or a part is unknown."""
        return _split(folded(word), self._german) if len(word) >= 7 and not is_cyrillic(word) else []

    def _keys(self, word: str) -> list[str]:
        if is_cyrillic(word):
            return list(dict.fromkeys([folded(word), stem(word)]))
        return list(dict.fromkeys([folded(word), *self._bases.get(folded(word), ())]))


def _spellings(words: list[str]) -> Iterator[list[str]]:
    """The keys of a term: as it is and, for one Russian word, each of its stems."""
    if len(words) == 1 and is_cyrillic(words[0]):
        yield [folded(words[0])]
        if len(words[0]) > 3:  # the stems of shorter ones mean too much
            yield from ([each] for each in stems(words[0]))
    elif words:
        yield [stem(word) if is_cyrillic(word) else folded(word) for word in words]


def _split(word: str, known: dict[str, str]) -> list[str]:
    @cache
    def rest(start: int) -> tuple[str, ...] | None:
        if start == len(word):
            return ()
        for end in range(len(word), start + 2, -1):
            if word[start:end] not in known:
                continue
            for link in _LINKS:
                if end < len(word) and word.startswith(link, end) and end + len(link) < len(word):
                    if (tail := rest(end + len(link))) is not None:
                        return (known[word[start:end]], *tail)
                elif end == len(word) and not link:
                    return (known[word[start:end]],)
        return None

    return list(rest(0) or ())


def read(path: Path) -> tuple[list[Term], list[str]]:
    """The terms of a table (source, language, English, separated by tabs) and what is wrong with it, by line.

    Empty lines and those that begin with "#" are skipped. A file that cannot be read is one complaint.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
        lines = content.decode("utf-8-sig").splitlines()
    except OSError as error:
        return [], [f"{path.name} cannot be read: {error.strerror}."]
    except UnicodeDecodeError:
        return [], [f"{path.name} is not UTF-8 text."]
    if len(content) > MAX_FILE:
        return [], [f"{path.name} is larger than {MAX_FILE // 2**20} MB."]
    terms, problems = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        term = _term(line)
        if isinstance(term, str):
            problems.append(f"{path.name}, line {number}: {term}")
        else:
            terms.append(term)
    more = len(problems) - _MOST_COMPLAINTS
    return terms, problems[:_MOST_COMPLAINTS] + ([f"{path.name}: {more} more bad lines."] if more > 0 else [])


def _term(line: str) -> Term | str:
    cells = [unicodedata.normalize("NFC", cell.strip()) for cell in line.split("\t")]
    if len(cells) != 3:
        return f"it has {len(cells)} cells, not 3 (source, language, English) separated by tabs."
    source, language, english = cells
    if not source or not english:
        return "the source or the English is empty."
    if len(source) > MAX_TERM or len(english) > MAX_TERM:
        return f"a term is longer than {MAX_TERM} characters."
    if not (2 <= len(language) <= 8 and language.isascii() and language.replace("-", "").isalpha()):
        return f"{language[:20]!r} is no language code such as ru, zh or de."
    if any(not character.isprintable() for character in source + english):
        return "it has characters that cannot be printed."
    if not any(piece.kind != "other" for piece in pieces(source)):
        return "the source has no word."
    return Term(source, language.lower().partition("-")[0], english)


def load(own: Path | None = None) -> tuple[Glossary, list[str]]:
    """The shipped glossary with the terms of `own` before it, and what is wrong with `own`."""
    terms, problems = read(own) if own is not None else ([], [])
    return Glossary(_shipped(), terms), problems


@cache
def _shipped() -> tuple[Term, ...]:
    return tuple(read(SHIPPED)[0])
