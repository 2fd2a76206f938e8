"""Finds the other files that a STEP file would make the reader open.

The reader follows a PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS or an APPLIED_DOCUMENT_REFERENCE to a document and
opens what the document or its APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT names, relative to the file or absolute. A
drawing number or a link to a manual is harmless and stays allowed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from utils.cad.entities import Entity, texts

KEYWORDS = (
    b"DOCUMENT_FILE",
    b"PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS",
    b"APPLIED_DOCUMENT_REFERENCE",
    b"APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT",
    b"EXTERNAL_SOURCE",
    b"DOCUMENT(",
    b"DOCUMENT (",
)

_FOLLOWED = (b"PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS", b"APPLIED_DOCUMENT_REFERENCE")
_IDENTIFIED = b"APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT"
_PAPERS = {
    *(".pdf", ".txt", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".rtf", ".odt", ".htm", ".html", ".xml"),
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".dwg", ".dxf", ".slddrw", ".drw"),
}
_ABROAD = re.compile(r"^/|(^|[/\\])\.\.([/\\]|$)")
_SUFFIX = re.compile(r"\.\w{1,8}$")
_URI = re.compile(rb"=\s*<([^>#]+)")


class ExternalFiles:
    """Collects documents, what points at them, and the names that they were given elsewhere."""

    def __init__(self) -> None:
        self._files: dict[int, list[str]] = {}
        self._papers: dict[int, list[str]] = {}
        self._followed: set[int] = set()
        self._identified: list[tuple[list[str], list[int]]] = []
        self._sources: dict[int, list[str]] = {}
        self._anchors: list[str] = []

    def add(self, entity: Entity) -> None:
        for kind in entity.parts:
            if kind == b"DOCUMENT_FILE":
                self._files.setdefault(entity.number, []).extend(entity.strings(kind)[:2])
            elif kind == b"DOCUMENT":
                self._papers.setdefault(entity.number, []).extend(entity.strings(kind)[:2])
            elif kind in _FOLLOWED:
                self._followed.update(entity.references(kind))
            elif kind == _IDENTIFIED:
                self._identified.append((entity.strings(kind)[:1], entity.references(kind)))
            elif kind == b"EXTERNAL_SOURCE":
                self._sources[entity.number] = texts(entity.parts[kind])

    def add_anchor(self, statement: bytes) -> None:
        """A statement of the REFERENCE section, such as ``#10=<other.stp#part>``."""
        match = _URI.search(statement)
        if match:
            self._anchors.append(match[1].decode("utf-8", "replace"))

    def names(self) -> list[str]:
        """The files' names, each once, in the order of the file."""
        found = list(self._anchors)
        for number, own in self._files.items():
            given = [*self._given(number), *own]
            found += _first(name for name in given if _is_file(name, followed=number in self._followed))
        for number, own in self._papers.items():
            if number in self._followed:
                found += _first(name for name in reversed(own) if _is_file(name, followed=False))
        return list(dict.fromkeys(found))

    def _given(self, number: int) -> list[str]:
        names = []
        for identifiers, references in self._identified:
            if number in references:
                sources = [name for source in references for name in self._sources.get(source, ())]
                # an identifier such as "#71" is a number of the exporting system, no name
                names += [name for name in identifiers if not name.startswith("#")] + sources
        return names


def _is_file(name: str, *, followed: bool) -> bool:
    """Whether a document's name is a file to read rather than a title, a number or a paper."""
    if _ABROAD.search(name):
        return True
    if PurePosixPath(name.replace("\\", "/")).suffix.lower() in _PAPERS:
        return False
    return bool(name) and (followed or "/" in name or "\\" in name or _SUFFIX.search(name) is not None)


def _first(names: Iterable[str]) -> list[str]:
    return list(itertools.islice(names, 1))
