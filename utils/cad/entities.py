"""Takes one statement of a STEP file apart: its number, its types, its parameters, and the text in its strings."""

from __future__ import annotations

import codecs
import itertools
import re
from dataclasses import dataclass
from typing import TypeAlias

Parameter: TypeAlias = "bytes | list[Parameter]"

_HEAD = re.compile(rb"#(\d{1,20})\s*=\s*(?=[(!A-Z])")
_TOKEN = re.compile(rb"'(?:[^']|'')*'|[()]|[^\s'(),]+")
_ESCAPE = re.compile(
    r"\\\\|\\X2\\((?:[0-9A-Fa-f]{4})*)\\X0\\|\\X4\\((?:[0-9A-Fa-f]{8})*)\\X0\\|\\X\\([0-9A-Fa-f]{2})"
    r"|\\S\\(.)|\\P([A-I])\\|(\\[NF]\\)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Entity:
    """``parts`` maps each type name to its parameters: one for a simple entity, several for a complex one."""

    number: int
    parts: dict[bytes, list[Parameter]]

    def strings(self, kind: bytes) -> list[str]:
        """The texts among a part's own parameters."""
        return [
            text(parameter)
            for parameter in self.parts[kind]
            if isinstance(parameter, bytes) and parameter.startswith(b"'")
        ]

    def references(self, kind: bytes) -> list[int]:
        """The numbers that a part refers to, in order, those in its lists too."""
        return references(self.parts[kind])


def parse(statement: bytes) -> Entity | None:
    """The entity that a statement of the data section defines, or None when it defines none."""
    head = _HEAD.match(statement)
    if not head:
        return None
    values = parameters(statement[head.end() :])
    if len(values) == 1 and isinstance(values[0], list):
        values = values[0]
    parts = {
        kind: content
        for kind, content in itertools.pairwise(values)
        if isinstance(kind, bytes) and isinstance(content, list)
    }
    return Entity(int(head[1]), parts)


def parameters(source: bytes) -> list[Parameter]:
    """The words of ``source``, with a list for each pair of parentheses."""
    top: list[Parameter] = []
    stack = [top]
    for token in _TOKEN.findall(source):
        if token == b"(":
            inner: list[Parameter] = []
            stack[-1].append(inner)
            stack.append(inner)
        elif token == b")":
            if len(stack) > 1:
                stack.pop()
        else:
            stack[-1].append(token)
    return top


def texts(values: list[Parameter]) -> list[str]:
    """All strings among ``values``, those in lists too."""
    found = []
    waiting = list(reversed(values))
    while waiting:  # lists nest as deep as a broken file likes
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif value.startswith(b"'"):
            found.append(text(value))
    return found


def text(literal: bytes) -> str:
    """What a string literal says: quotes and the escapes of ISO 10303-21 undone; other bytes read as UTF-8."""
    return unescaped(literal[1:-1].replace(b"''", b"'").decode("utf-8", "replace"))


def unescaped(escaped: str) -> str:
    """The escapes of ISO 10303-21 undone; those of ISO 8859 pages (``\\PE\\S\\1``) and of line breaks too."""
    page = "iso8859-1"

    def plain(match: re.Match[str]) -> str:
        nonlocal page
        two, four, one, shifted, new_page, control = match.groups()
        if two is not None:
            return codecs.decode(bytes.fromhex(two), "utf-16-be", "replace")
        if four is not None:
            return codecs.decode(bytes.fromhex(four), "utf-32-be", "replace")
        if one is not None:
            return chr(int(one, 16))
        if shifted is not None:
            return bytes([ord(shifted) + 128]).decode(page, "replace") if shifted < "\x80" else shifted
        if new_page is not None:
            page = f"iso8859-{ord(new_page) - ord('A') + 1}"
            return ""
        return " " if control else "\\"

    return _ESCAPE.sub(plain, escaped) if "\\" in escaped else escaped


def references(values: list[Parameter]) -> list[int]:
    """The numbers that ``values`` refer to, in order, those in lists too."""
    found = []
    waiting = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif value.startswith(b"#") and value[1:].isdigit() and len(value) <= 20:
            found.append(int(value[1:]))
    return found
