"""Files in a folder of this machine."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models.errors import DiskFull
from utils.storage.base import Storage

if sys.platform != "win32":
    import fcntl

_STAGED = ".part"
_in_this_process = threading.Lock()
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


class LocalStorage(Storage):
    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a storage key: {key!r}")
        return self.root / key

    def adopt(self, path: Path, key: str, *, keep: bool = False) -> None:
        target = self._path(key)
        if self.hold(key):
            if not keep:
                path.unlink()
            return
        # Written beside its place and renamed, so that a reader never sees half a file.
        staged = target.with_name(f".{uuid.uuid4().hex}{_STAGED}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copyfile if keep else shutil.move)(path, staged)
            os.utime(staged)
            with staged.open("rb") as file:
                os.fsync(file.fileno())
            staged.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            staged.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull() from error
            raise

    def open(self, key: str) -> BinaryIO:
        return self._path(key).open("rb")

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        yield self._path(key)

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def hold(self, key: str) -> bool:
        with _locked(self.root, shared=True):
            try:
                os.utime(self._path(key))
            except FileNotFoundError:
                return False
            return True

    def unheld(self, older_than_s: float) -> Iterator[str]:
        for parent, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names):
                path = Path(parent, name)
                if not _is_older(path, older_than_s):
                    continue
                if name.endswith(_STAGED):
                    path.unlink(missing_ok=True)
                elif _KEY.fullmatch(key := path.relative_to(self.root).as_posix()):
                    yield key

    def delete_unheld(self, key: str, older_than_s: float) -> bool:
        path = self._path(key)
        with _locked(self.root, shared=False):  # else it could be held between the look and the removal
            if not _is_older(path, older_than_s):
                return False
            path.unlink(missing_ok=True)
            return True

    def check(self) -> None:
        probe = self.root / f".{uuid.uuid4().hex}.check"
        probe.write_bytes(b"ok")
        probe.unlink()


@contextmanager
def _locked(folder: Path, *, shared: bool) -> Iterator[None]:
    """Between all processes of this machine; the kernel lets go of a dead one's lock."""
    if sys.platform == "win32":  # there one process serves
        with _in_this_process:
            yield
    else:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _is_older(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime >= seconds
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
