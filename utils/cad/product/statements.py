"""Finds the few statements of a STEP file that tell its product structure, quickly and with their places.

A block of a large file seldom has any: then it is searched for four words and that is all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from utils.cad.blocks import Block, statement_spans, without_comments
from utils.cad.entities import Entity, parse

# each begins with a literal, which the regex engine looks for at the speed of memory
_WORDS = (
    re.compile(rb"PRODUCT(?:_DEFINITION(?!_CONTEXT\b|_CONTEXT_)[A-Z_]*)?\s*\("),
    re.compile(rb"ASSEMBLY_(?:USAGE_OCCURRENCE|COMPONENT_USAGE)\s*\("),
    re.compile(rb"SHAPE_DEFINITION_REPRESENTATION\s*\("),
    re.compile(rb"COUNT_MEASURE\s*\("),
)
_HEAD = re.compile(rb"#\d{1,20}\s*=\s*(?:NEXT_|QUANTIFIED_)?\Z")
_LONGEST_HEAD = 64
_STATEMENT_FROM_HEAD = re.compile(rb"(?:[^';]++|'[^']*+')*+;")


@dataclass(frozen=True)
class Found:
    """A statement, where it stands in its block's ``raw`` (its semicolon is at ``end``), and what it says."""

    begin: int
    end: int
    entity: Entity


def product_statements(block: Block) -> Iterator[Found]:
    """The statements of a block that may say something of products, in order."""
    if not any(word.search(block.bare) for word in _WORDS):
        return
    spans = _spans_of_heads(block)
    for begin, end in _spans_of_all(block) if spans is None else spans:
        entity = parse(without_comments(block.raw[begin:end]).strip())
        if entity:
            yield Found(begin, end, entity)


def _spans_of_heads(block: Block) -> list[tuple[int, int]] | None:
    """The statements that begin with one of the words, or None when places have to be found the slow way.

    Without comments every word of the bare text stands in the raw text too, so equal numbers mean that none of
    those found in the raw text is inside of a string.
    """
    raw = block.raw
    if b"/*" in raw:
        return None
    spans = []
    for word in _WORDS:
        places = [match.start() for match in word.finditer(raw)]
        if len(places) != len(word.findall(block.bare)):
            return None
        for place in places:
            from_ = max(0, place - _LONGEST_HEAD)
            head = _HEAD.search(raw[from_:place])
            statement = _STATEMENT_FROM_HEAD.match(raw, place) if head else None
            if not head or not statement:
                return None  # inside of a complex entity
            spans.append((from_ + head.start(), statement.end() - 1))
    return sorted(spans)


def _spans_of_all(block: Block) -> Iterator[tuple[int, int]]:
    for begin, end in statement_spans(block.raw):
        plain = without_comments(block.raw[begin:end])
        if any(word.search(plain) for word in _WORDS):
            yield begin, end
