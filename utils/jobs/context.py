"""What a job's body sees of its job: it reports by it, and learns from it that it should stop."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from utils.jobs import ledger
from utils.jobs.ledger import Lease


class JobFailed(Exception):
    """The job cannot be done; `message` is for the person whose file it is."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Canceled(Exception):
    """Somebody asked for it."""


class LeaseLost(Exception):
    """Another worker has the job now, or this one is being stopped; nothing may be published."""


class JobContext:
    """Progress goes out on a connection of its own: a body holds no transaction open while it reports."""

    def __init__(self, engine: Engine, lease: Lease) -> None:
        self._engine, self._lease = engine, lease
        self._stage = "loading"
        self.lost = False
        self.cancel_requested = False

    @property
    def job_id(self) -> str:
        return self._lease.job_id

    @property
    def arguments(self) -> dict[str, Any]:
        return self._lease.arguments

    @property
    def model_id(self) -> int | None:
        return self._lease.model_id

    def stage(self, name: str, progress: float, message: str = "") -> None:
        """Enter a stage; `progress` is of the whole job, 0 to 1."""
        self.checkpoint()
        self._stage = name
        self.progress(progress, message)

    def progress(self, progress: float, message: str = "") -> None:
        kept = ledger.report(self._engine, self._lease, stage=self._stage, progress=progress, message=message)
        if not kept:
            self.lost = True
        self.checkpoint()

    def should_stop(self) -> bool:
        """For loops and children that poll; cheap, as the heartbeat keeps it up to date."""
        return self.lost or self.cancel_requested

    def checkpoint(self) -> None:
        """Raise Canceled or LeaseLost when the body should stop."""
        if self.lost:
            raise LeaseLost()
        if self.cancel_requested:
            raise Canceled()
