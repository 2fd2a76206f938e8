"""Shows the steps of a set-up while they run: `2/5 Page packages … 12 s`."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Step:
    """Something that takes a while: its name for the reader, whether it has to be done, and how."""

    name: str
    needed: bool
    work: Callable[[], None]


def run(steps: Sequence[Step], out: TextIO | None = None) -> None:
    """Do the steps that are needed, in order, with a line for each."""
    todo = [step for step in steps if step.needed]
    for number, step in enumerate(todo, start=1):
        with _line(f"{number}/{len(todo)} {step.name} …", out or sys.stdout):
            step.work()


@contextmanager
def _line(text: str, out: TextIO) -> Iterator[None]:
    """A line that counts seconds on a terminal, and is finished once anywhere else."""
    begun = time.monotonic()
    over = threading.Event()

    def count() -> None:
        while not over.wait(1):
            out.write(f"\r{text} {time.monotonic() - begun:.0f} s")
            out.flush()

    out.write(text)
    out.flush()
    counter = threading.Thread(target=count, daemon=True)
    if out.isatty():
        counter.start()
    try:
        yield
    except BaseException:
        _stop(over, counter)
        out.write("\n")
        raise
    _stop(over, counter)
    start = f"\r{text}" if out.isatty() else ""
    out.write(f"{start} {time.monotonic() - begun:.0f} s\n")
    out.flush()


def _stop(over: threading.Event, counter: threading.Thread) -> None:
    over.set()
    if counter.is_alive():
        counter.join()
