"""Fingerprints of sources, kept beside what was made from them: a second start skips what still fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], root: Path, salt: str = "") -> str:
    """SHA-256 over names (relative to `root`) and contents of `files`, and over `salt`."""
    total = hashlib.sha256(salt.encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(root).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def matches(stamp: Path, value: str) -> bool:
    """Whether `stamp` was left by a finished step with the same fingerprint."""
    try:
        return stamp.read_text(encoding="ascii").strip() == value
    except (OSError, UnicodeDecodeError):
        return False


def leave(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value + "\n", encoding="ascii")
