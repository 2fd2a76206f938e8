"""One child as its parent sees it: what every way to start one has in common."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PACKAGES = Path(__file__).resolve().parents[2]  # the folder that ``utils`` is in
_LOG_END = 32 * 1024

# a child has no use for the parent's secrets
_ENVIRONMENT_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


class ServerLost(Exception):
    """The fork server died, and the run with it."""


@dataclass(frozen=True)
class Ending:
    """How the process went: ``0``, another exit code, or ``signal:SEGV``."""

    how: str
    cpu_s: float = 0.0
    rss_mb: float = 0.0


class Log:
    """Keeps the first and the last 32 KiB of what a child prints, however much it is."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._lost = False

    def add(self, text: bytes) -> None:
        room = _LOG_END - len(self._head)
        self._head += text[:room]
        self._tail += text[room:]
        if len(self._tail) > _LOG_END:
            self._lost = True
            self._tail = self._tail[-_LOG_END:]

    def text(self) -> str:
        gap = b"\n[...]\n" if self._lost else b""
        return (self._head + gap + self._tail).decode("utf-8", "replace")


class Run(Protocol):
    """One child, while it runs."""

    pid: int | None
    log: Log

    def wait(self, seconds: float) -> Ending | None:
        """Read what the child sends for at most so long; its ending once there is one."""

    def kill(self) -> None:
        """Kill the child and all that it started."""

    def result(self) -> bytes:
        """What the child handed back, complete only after its ending."""

    def close(self) -> None:
        """Let go of everything; a child that still runs is killed."""


def environment() -> dict[str, str]:
    """The environment of every process that the sandbox starts."""
    path = [str(_PACKAGES), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {
        **{name: os.environ[name] for name in _ENVIRONMENT_KEPT if name in os.environ},
        "PYTHONPATH": os.pathsep.join(filter(None, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        # a library that has started threads cannot be forked
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
