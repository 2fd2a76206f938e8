"""What a job's body sees of its job: it reports and publishes by it, and learns from it that it should stop."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from models import db
from utils.jobs import ledger
from utils.jobs.ledger import Lease
from utils.jobs.log import JobLog


class JobFailed(Exception):
    """The job cannot be done; `message` is for the person whose file it is."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Canceled(Exception):
    """Somebody asked for it."""


class LeaseLost(Exception):
    """Another worker has the job now, or this one is being stopped; nothing may be published."""


class GaveWay(Exception):
    """The job goes back to the queue, behind those that wait for their first stage."""


class JobContext:
    """Progress goes out on a connection of its own: a body holds no transaction open while it reports."""

    def __init__(self, engine: Engine, lease: Lease, lease_s: float) -> None:
        self._engine, self._lease, self._lease_s = engine, lease, lease_s
        self._stage = "loading"
        self.said = JobLog()
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
        self.said.stage(name, message)
        self.progress(progress, message)

    def progress(self, progress: float, message: str = "") -> None:
        kept = ledger.report(self._engine, self._lease, stage=self._stage, progress=progress, message=message)
        if not kept:
            self.lost = True
        self.checkpoint()

    def log(self, text: str) -> None:
        """Add lines to the job's log, such as what a child printed; its middle goes when it grows over 1 MB."""
        self.said.add(text)

    def commit(self) -> None:
        """Publish a stage: commit the session, if the job is still this worker's when the transaction ends.

        Raises LeaseLost, and nothing of the transaction is kept, when it is not.
        """
        if self.lost or not ledger.confirm(self._lease, self._lease_s):
            self.lost = True
            db.session.rollback()
            raise LeaseLost()
        db.session.commit()

    def give_way(self) -> None:
        """Call it when the first stage is published: returns at once, unless another job waits for its own.

        Then this job goes back to the queue, and its body is run again from its start when the others had theirs.
        """
        self.checkpoint()
        if ledger.waits_for_preview(self._engine, self._lease):
            raise GaveWay()

    def should_stop(self) -> bool:
        """For loops and children that poll; cheap, as the heartbeat keeps it up to date."""
        return self.lost or self.cancel_requested

    def checkpoint(self) -> None:
        """Raise Canceled or LeaseLost when the body should stop."""
        if self.lost:
            raise LeaseLost()
        if self.cancel_requested:
            raise Canceled()
