"""A search text becomes a condition on parts; the indexes are `part_trigram` and `part_words` (FTS5)."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, column, false, literal_column, select, table

from models import Part

_TRIGRAM = 3
_WORD = re.compile(r"\w|%")
_APART = re.compile(r"([%_])")


def matching(search: str) -> ColumnElement[bool] | None:
    """Parts that have every word of `search`; None when it has no words.

    Three letters and more are found anywhere, one or two at the start of words (a trigram index
    cannot know shorter ones). `%` and `_` are letters like others.
    """
    words = search.replace("\x00", " ").split()
    if not words:
        return None
    return and_(*(_one(word) for word in words))


def _one(word: str) -> ColumnElement[bool]:
    if len(word) >= _TRIGRAM:
        return _in_index("part_trigram", _quoted(word))
    if not _WORD.search(word):
        return false()
    # The index holds % and _ as words of their own; the phrase is cut the same way.
    cut = _APART.sub(r" \1 ", word)
    return _in_index("part_words", f"{_quoted(cut)} *")


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _in_index(index: str, query: str) -> ColumnElement[bool]:
    # FTS5 takes the table's own name as the column that MATCH searches.
    found: Select[Any] = (
        select(column("rowid")).select_from(table(index)).where(literal_column(index).op("MATCH")(query))
    )
    return Part.id.in_(found)
