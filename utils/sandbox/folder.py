"""The temporary folder of one run: read-only copies of its inputs on one side, its outputs on the other."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from utils.sandbox import claims

_PREFIX = "run-"
_UPLOAD = "upload-"
_LOCK = ".lock"


class JobFolder:
    """``in/`` holds copies of the inputs under the names given, ``out/`` is the child's working folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inputs = root / "in"
        self.outputs = root / "out"
        self._claim: int | None = None

    @classmethod
    def create(cls, scratch_root: Path, inputs: Mapping[str, Path]) -> JobFolder:
        """Copy ``inputs`` (name in the folder: file to copy) into a fresh folder under ``scratch_root``."""
        scratch_root.mkdir(parents=True, exist_ok=True)
        folder = cls(Path(tempfile.mkdtemp(prefix=_PREFIX, dir=scratch_root)).resolve())
        try:
            folder._claim = claims.claim(folder.root / _LOCK)
            folder._fill(inputs)
        except BaseException:
            folder.remove()
            raise
        return folder

    def _fill(self, inputs: Mapping[str, Path]) -> None:
        self.inputs.mkdir()
        self.outputs.mkdir()
        for name, source in inputs.items():
            if Path(name).name != name:
                raise ValueError(f"an input's name has no folders in it: {name!r}")
            # a copy, not a link: whatever the child does to it, the original stays as it is
            target = self.inputs / name
            shutil.copyfile(source, target)
            target.chmod(0o444)
        self.inputs.chmod(0o555)

    def output_bytes(self) -> int:
        """The size of all output files together."""
        total = 0
        for parent, _, names in os.walk(self.outputs):
            for name in names:
                try:
                    total += (Path(parent) / name).lstat().st_size
                except FileNotFoundError:
                    continue
        return total

    def remove(self) -> None:
        """Delete the folder, whatever permissions were set inside; harmless when called twice."""
        _remove(self.root)
        claims.let_go(self._claim)
        self._claim = None


def sweep(scratch_root: Path, older_than_s: float) -> int:
    """Delete what a killed process left behind: run folders and half uploads; returns how many went.

    An entry goes when no living process holds it, or at the given age, which no run should reach.
    """
    removed = 0
    for entry in scratch_root.iterdir() if scratch_root.is_dir() else ():
        if entry.name.startswith(_PREFIX):
            lock = entry / _LOCK
            stale = claims.is_orphan(lock if lock.exists() else entry, older_than_s)
        else:
            stale = entry.name.startswith(_UPLOAD) and claims.is_orphan(entry, older_than_s)
        if stale:
            _remove(entry)
            removed += 1
    return removed


def _remove(folder: Path) -> None:
    if folder.is_file():
        folder.unlink(missing_ok=True)
        return
    # the inputs' folder is read-only, and a child may have left worse
    for parent, names, _ in os.walk(folder):
        for name in names:
            if not (Path(parent) / name).is_symlink():
                (Path(parent) / name).chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)
