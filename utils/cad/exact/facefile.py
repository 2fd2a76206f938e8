"""``faces.bin``: each exact face by itself, so that a question about two faces reads two and not two thousand.

Eight bytes (little-endian) say how long the index is; the index is JSON, for each part (in the analysis' order) where
its faces end in what follows, and where it stands; then come the faces, each in the kernel's binary format.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class PartFaces:
    """``faces`` in the analysis' order; ``place`` is a 3 x 4 matrix by rows: where the part stands in the assembly."""

    faces: list[bytes]
    place: list[float] | None  # None for a part that stands in several places


def write(path: Path, parts: Iterable[PartFaces]) -> None:
    parts, at = list(parts), 0
    index: list[dict[str, Any]] = []
    for part in parts:
        ends = []
        for face in part.faces:
            at += len(face)
            ends.append(at)
        index.append({"ends": ends, "place": part.place})
    head = json.dumps(index, separators=(",", ":")).encode()
    with path.open("wb") as file:
        file.write(_LENGTH.pack(len(head)))
        file.write(head)
        for part in parts:
            file.writelines(part.faces)


class FaceFile:
    """Reads single faces; ``part`` and ``face`` are places in the analysis, from 0."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
        self._index: list[dict[str, Any]] = json.loads(file.read(length))
        self._begin = _LENGTH.size + length

    def face(self, part: int, face: int) -> bytes | None:
        """The face in the kernel's format, None when there is none."""
        if not 0 <= part < len(self._index) or not 0 <= face < len(self._index[part]["ends"]):
            return None
        ends = self._index[part]["ends"]
        start = ends[face - 1] if face else self._end_of_parts_before(part)
        self._file.seek(self._begin + start)
        return self._file.read(ends[face] - start)

    def place(self, part: int) -> list[float] | None:
        found: list[float] | None = self._index[part]["place"]
        return found

    def _end_of_parts_before(self, part: int) -> int:
        return next((before["ends"][-1] for before in reversed(self._index[:part]) if before["ends"]), 0)
