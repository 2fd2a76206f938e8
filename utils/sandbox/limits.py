"""What a child may use, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from utils.sandbox.folder import JobFolder


class SandboxUnavailable(RuntimeError):
    """No child process could be started on this machine."""


class Killed(RuntimeError):
    """The child was killed by somebody else: a person, or a machine short of memory. It may well run another time."""


@dataclass(frozen=True)
class Limits:
    """Ceilings for one child; past any of them it is killed with everything that it started."""

    memory_mb: int = 2048  # address space on top of what the interpreter already had
    cpu_s: int = 60
    wall_s: float = 120
    output_mb: int = 512  # all output files together


class Discards:
    """Something whose files go with ``discard()``, or at the end of a ``with`` block."""

    def discard(self) -> None:
        """Remove the files; harmless when called twice."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


@dataclass
class Outcome(Discards):
    """What one run left behind; ``discard()`` (or leaving a ``with`` block) removes its folder.

    ``died_of`` is None for a run that returned, else one of ``signal:SEGV`` (or another signal's name),
    ``memory``, ``cpu``, ``wall``, ``cancelled``, ``output``, ``error`` (an exception or a non-zero exit).
    """

    result: Any
    log: str  # what the child printed: its beginning and its end, at most 64 KiB
    died_of: str | None
    seconds: float
    cpu_s: float
    peak_mb: float  # the highest memory use seen
    job: JobFolder = field(repr=False)

    @property
    def ok(self) -> bool:
        return self.died_of is None

    @property
    def folder(self) -> Path:
        """Where the child wrote its output files."""
        return self.job.outputs

    def discard(self) -> None:
        """Remove the run's folder with all its files; harmless when called twice."""
        self.job.remove()


class MadeByRun(Discards):
    """What was made of an outcome and still lies in its folder."""

    _outcome: Outcome

    def discard(self) -> None:
        self._outcome.discard()
