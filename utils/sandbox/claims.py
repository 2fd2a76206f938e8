"""Marks temporary files as in use: a lock that the system lets go of when its process dies, however it dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

if sys.platform != "win32":  # there, what is left behind is told by its age
    import fcntl

_JUST_MADE_S = 5.0


def claim(path: Path) -> int | None:
    """Lock the file ``path``, made when it is missing; the handle holds the lock until ``let_go``."""
    if sys.platform == "win32":
        return None
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def let_go(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def is_orphan(path: Path, older_than_s: float) -> bool:
    """Whether nobody holds the file ``path``; where locks tell nothing, whether it is older than that.

    A file that was made within the last seconds may be about to be locked and is nobody's orphan yet.
    """
    try:
        age = time.time() - path.stat().st_mtime
        if sys.platform == "win32" or age > older_than_s:
            return age > older_than_s
        if age < _JUST_MADE_S:
            return False
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
