"""Cuts a STEP file of any size into blocks of whole statements, so that it can be looked at in little memory.

The text format is ISO 10303-21: statements end with ``;``, strings stand in ``'`` with ``''`` for a quote, comments
in ``/* */``. A block never ends inside of a string or a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK_BYTES = 256 * 1024
LONGEST_STATEMENT = 64 * 1024 * 1024

_STRING = re.compile(rb"'[^']*'")
_STRING_OR_COMMENT = re.compile(rb"'[^']*'|/\*.*?\*/", re.DOTALL)
_STATEMENT = re.compile(rb"(?:[^';/]++|'[^']*+'|/\*.*?\*/|/)*+;", re.DOTALL)
_TRIES = 4


class StatementTooLong(ValueError):
    """A statement has no end for 64 MB."""


@dataclass(frozen=True)
class Block:
    """Whole statements; ``bare`` is the same text with ``$`` for every string and no comments."""

    raw: bytes
    bare: bytes
    first_line: int

    def statements(self) -> Iterator[tuple[int, bytes]]:
        """Each statement, stripped and without its semicolon, and the line that it begins in."""
        line, counted = self.first_line, 0
        for match in _STATEMENT.finditer(self.raw):
            text = without_comments(match[0][:-1]).strip()
            begin = match.start() + len(match[0]) - len(match[0].lstrip())
            line += self.raw.count(b"\n", counted, begin)
            counted = begin
            yield line, text

    def having(self, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
        """The statements in which ``pattern`` occurs, stripped; quicker than looking at every one."""
        for statement in _STATEMENT.findall(self.raw):
            if pattern.search(statement):
                yield without_comments(statement[:-1]).strip()


@dataclass(frozen=True)
class Rest:
    """What follows the last whole statement, up to the end of the file."""

    bare: bytes
    last_line: int  # of the last character that is no white space


def read_blocks(file: BinaryIO, block_bytes: int = BLOCK_BYTES) -> Iterator[Block | Rest]:
    """All blocks, then one Rest. Raises StatementTooLong."""
    pending, line, size = b"", 1, block_bytes
    while piece := file.read(size):
        pending += piece
        end, bare = _last_statement(pending)
        if not end:
            if len(pending) > LONGEST_STATEMENT:
                raise StatementTooLong
            size = len(pending)  # doubled each time, so that a long statement is not read over and over
            continue
        yield Block(pending[:end], bare, line)
        line += pending.count(b"\n", 0, end)
        pending, size = pending[end:], block_bytes
    yield Rest(bare_text(pending), line + pending.rstrip().count(b"\n"))


def statement_spans(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where each statement of a block begins and where its semicolon stands; comments before it are part of it."""
    for match in _STATEMENT.finditer(raw):
        yield match.start(), match.end() - 1


def bare_text(raw: bytes) -> bytes:
    """``$`` for every string, a space for every comment; an unfinished one stays."""
    if b"/*" not in raw:
        return _STRING.sub(b"$", raw)
    return _STRING_OR_COMMENT.sub(lambda match: b"$" if match[0].startswith(b"'") else b" ", raw)


def _last_statement(raw: bytes) -> tuple[int, bytes]:
    """Where the last whole statement ends (0 when none does) and the bare text up to there."""
    end = raw.rfind(b";") + 1
    for _ in range(_TRIES):
        if not end:
            break
        bare = bare_text(raw[:end])
        unfinished = _unfinished(bare)
        if unfinished is None:
            return end, bare
        # that semicolon is inside of a string or a comment: look before it
        end = raw.rfind(b";", 0, end - (len(bare) - unfinished)) + 1
    return 0, b""


def _unfinished(bare: bytes) -> int | None:
    places = [place for place in (bare.find(b"'"), bare.find(b"/*")) if place >= 0]
    return min(places, default=None)


def without_comments(statement: bytes) -> bytes:
    if b"/*" not in statement:
        return statement
    return _STRING_OR_COMMENT.sub(lambda match: match[0] if match[0].startswith(b"'") else b" ", statement)
