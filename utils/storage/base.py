"""What every storage can do, and how a file's content becomes its name."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Stored:
    """A file in the storage: `key` finds it, `bytes` is its size."""

    key: str
    sha256: str
    bytes: int


def hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Storage(ABC):
    """Files under opaque keys. A file is whole or absent, never half there."""

    @abstractmethod
    def adopt(self, path: Path, key: str, *, keep: bool = False) -> None:
        """Take over the file at `path` under `key` (a copy when `keep`); the same key again only holds what is there.

        Raises DiskFull when there is no room.
        """

    @abstractmethod
    def open(self, key: str) -> BinaryIO:
        """A seekable stream. Raises FileNotFoundError."""

    @abstractmethod
    def local(self, key: str) -> AbstractContextManager[Path]:
        """The file as a path on this machine, for as long as the context lasts; it must not be changed."""

    @abstractmethod
    def exists(self, key: str) -> bool: ...

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove it; an absent key is no error."""

    @abstractmethod
    def hold(self, key: str) -> bool:
        """Whether it is there; if so, it counts as new, and is safe from the sweep until a row can name it."""

    @abstractmethod
    def unheld(self, older_than_s: float) -> Iterator[str]:
        """Keys that were neither adopted nor held for so long; half-written leftovers of that age are removed."""

    @abstractmethod
    def delete_unheld(self, key: str, older_than_s: float) -> bool:
        """Remove it unless it was adopted or held meanwhile; whether it went."""

    @abstractmethod
    def check(self) -> None:
        """Raise OSError when nothing could be written now."""

    def put(self, path: Path, folder: str, *, sha256: str | None = None) -> Stored:
        """Adopt a file under its own content's hash: `folder/ab/abcd…`."""
        digest, size = sha256 or hash_file(path), path.stat().st_size
        key = f"{folder}/{digest[:2]}/{digest}"
        self.adopt(path, key)
        return Stored(key, digest, size)
