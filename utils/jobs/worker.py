"""Threads that lease jobs and run their bodies; native work goes on in sandboxed children, not here."""

from __future__ import annotations

import os
import socket
import threading
import uuid

import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from models import Job, JobStatus, db
from utils.jobs import ledger
from utils.jobs.context import Canceled, JobContext, JobFailed, LeaseLost
from utils.jobs.heartbeat import Heartbeat
from utils.jobs.ledger import MAX_ATTEMPTS, Lease
from utils.jobs.queue import DatabaseQueue
from utils.jobs.registry import kind_of

IDLE_S = 1.0
log = structlog.get_logger()


class Worker:
    """`count` threads over the database queue; at most `count` jobs run in all processes together."""

    def __init__(self, app: Flask, queue: DatabaseQueue, *, count: int, lease_s: float) -> None:
        self._app, self._queue, self._count, self._lease_s = app, queue, count, lease_s
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"[:100]
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._running: dict[str, JobContext] = {}

    def start(self) -> None:
        for number in range(self._count):
            thread = threading.Thread(target=self._loop, name=f"worker-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self, wait_s: float = 5.0) -> None:
        """Let go of everything: running jobs go back to the queue for the next worker."""
        self._stopping.set()
        for ctx in list(self._running.values()):
            ctx.lost = True
        self._queue.wake_all()
        for thread in self._threads:
            thread.join(wait_s)

    def is_alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _loop(self) -> None:
        with self._app.app_context():
            engine = db.engine
        while not self._stopping.is_set():
            try:
                lease = ledger.lease_next(engine, self._owner, self._lease_s, self._count)
                if lease is None:
                    self._queue.wait(IDLE_S)
                    continue
                with self._app.app_context():
                    self._work(engine, lease)
            except SQLAlchemyError as error:
                log.error("worker.database", error=str(error))
                self._stopping.wait(IDLE_S)

    def _work(self, engine: Engine, lease: Lease) -> None:
        ctx = JobContext(engine, lease)
        self._running[lease.job_id] = ctx
        log.info("job.started", job=lease.job_id, kind=lease.kind, attempt=lease.attempts)
        try:
            with Heartbeat(engine, lease, ctx, self._lease_s):
                self._run(ctx, lease)
        except LeaseLost:
            db.session.rollback()
            if self._stopping.is_set():
                ledger.hand_back(engine, lease)
            log.warning("job.lease_lost", job=lease.job_id)
        finally:
            db.session.remove()
            self._running.pop(lease.job_id, None)

    def _run(self, ctx: JobContext, lease: Lease) -> None:
        try:
            self._body(ctx, lease)
        except JobFailed as failure:
            self._fail(lease, JobStatus.FAILED, failure.code, failure.message)
        except Canceled:
            self._fail(lease, JobStatus.CANCELED, "canceled", "Canceled before it was done.")
        except LeaseLost:
            raise
        except Exception:
            # The edge of the thread: whatever a body throws must end its job, not the worker.
            log.exception("job.crashed", job=lease.job_id, kind=lease.kind)
            self._fail(
                lease,
                JobStatus.FAILED,
                "internal",
                "Kerfline itself failed on this. The file is kept; try again, and tell who runs the server.",
            )

    def _body(self, ctx: JobContext, lease: Lease) -> None:
        kind = kind_of(lease.kind)
        if kind is None:
            raise JobFailed("unknown_kind", f"This server does not know jobs of the kind {lease.kind}.")
        if lease.attempts > MAX_ATTEMPTS:
            raise JobFailed(
                "worker_died",
                f"The server stopped {MAX_ATTEMPTS} times while it worked on this. Try again, or export it anew.",
            )
        kind.body(ctx)
        if not ledger.end(lease, JobStatus.COMPLETED):
            raise LeaseLost()
        db.session.commit()
        log.info("job.completed", job=lease.job_id)

    def _fail(self, lease: Lease, status: JobStatus, code: str, message: str) -> None:
        db.session.rollback()
        job = db.session.get(Job, lease.job_id)
        kind = kind_of(lease.kind)
        if not ledger.end(lease, status, code=code, message=message):
            raise LeaseLost()
        if job is not None and kind is not None:
            kind.on_failure(job, code, message)
        db.session.commit()
        log.info("job.ended", job=lease.job_id, status=str(status), code=code)
