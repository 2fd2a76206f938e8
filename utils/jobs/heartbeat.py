"""Keeps a lease alive while its body works, and learns of cancels."""

from __future__ import annotations

import threading
import time
from types import TracebackType

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from utils.jobs import faults, ledger
from utils.jobs.context import JobContext
from utils.jobs.ledger import Lease

LOOK_S = 0.5
log = structlog.get_logger()


class Heartbeat:
    """A thread for the length of a `with` block: looks for a cancel each LOOK_S, renews each third of the lease."""

    def __init__(self, engine: Engine, lease: Lease, ctx: JobContext, lease_s: float) -> None:
        self._engine, self._lease, self._ctx, self._lease_s = engine, lease, ctx, lease_s
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{lease.job_id[:8]}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        renewed = time.monotonic()
        while not self._done.wait(LOOK_S):
            try:
                self._look()
                if time.monotonic() - renewed >= self._lease_s / 3:
                    self._ctx.lost |= not ledger.renew(self._engine, self._lease, self._lease_s)
                    renewed = time.monotonic()
            except SQLAlchemyError as error:
                log.warning("heartbeat.missed", job=self._lease.job_id, error=str(error))
                # Without a renewal the lease has run out by now: somebody else may hold the job. On a full disk
                # nobody else could have taken it either.
                late = time.monotonic() - renewed >= self._lease_s
                self._ctx.lost |= late and not faults.is_disk_full(error)

    def _look(self) -> None:
        wanted = ledger.cancel_wanted(self._engine, self._lease)
        if wanted is None:
            self._ctx.lost = True
        elif wanted:
            self._ctx.cancel_requested = True
