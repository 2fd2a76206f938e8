"""The processes of a running server, as the kernel lists them: its workers, fork servers and their children."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """`started` tells it from a later process that was given the same number."""

    pid: int
    parent: int
    started: str
    command: str

    @property
    def is_fork_server(self) -> bool:
        return "utils.sandbox.server" in self.command

    def lives(self) -> bool:
        now = _read(self.pid)
        return now is not None and now.started == self.started

    def kill(self) -> None:
        """As `kill -9` does, if it is still the same process."""
        if self.lives():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def _read(pid: int) -> Process | None:
    try:
        head, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return None
    fields = rest.split()
    return None if fields[0] in "ZX" or not head else Process(pid, int(fields[1]), fields[19], command)


def below(root: int) -> list[Process]:
    """Every living descendant of the process `root`, parents first."""
    by_parent: dict[int, list[Process]] = {}
    for path in Path("/proc").iterdir():
        process = _read(int(path.name)) if path.name.isdecimal() else None
        if process is not None:
            by_parent.setdefault(process.parent, []).append(process)
    family: list[Process] = []
    waiting = [root]
    while waiting:
        children = by_parent.get(waiting.pop(0), [])
        family += children
        waiting += [child.pid for child in children]
    return family


def until(condition: Callable[[], bool], within_s: float, what: str) -> None:
    """Wait for something that must come true; fails with `what` when it does not."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"within {within_s} s it did not come to this: {what}"
        time.sleep(0.05)


def environment(pid: int) -> dict[str, str]:
    """With what settings a process was started."""
    entries = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    return dict(entry.split("=", 1) for entry in entries if "=" in entry)
