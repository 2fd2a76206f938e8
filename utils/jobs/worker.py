"""Threads that lease jobs and run their bodies; native work goes on in sandboxed children, not here."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import uuid

import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from models import JobStatus, db
from utils.jobs import ending, faults, ledger
from utils.jobs.context import Canceled, GaveWay, JobContext, JobFailed, LeaseLost
from utils.jobs.faults import Reason
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
            except Exception:
                # The edge of the thread: a job that cannot even be ended is taken again when its lease has run out.
                log.exception("worker.crashed")
                self._stopping.wait(IDLE_S)

    def _work(self, engine: Engine, lease: Lease) -> None:
        ctx = JobContext(engine, lease, self._lease_s)
        self._running[lease.job_id] = ctx
        if self._stopping.is_set():  # it came too late to be told by `stop`
            ctx.lost = True
        log.info("job.started", job=lease.job_id, kind=lease.kind, attempt=lease.attempts)
        try:
            with Heartbeat(engine, lease, ctx, self._lease_s):
                self._run(ctx, lease)
        except LeaseLost:
            db.session.rollback()
            log.warning("job.lease_lost", job=lease.job_id)
            if self._stopping.is_set():
                with contextlib.suppress(LeaseLost):
                    ending.put_back(ctx, lease, keep_stage=lease.goes_on)
        finally:
            db.session.remove()
            self._running.pop(lease.job_id, None)

    def _run(self, ctx: JobContext, lease: Lease) -> None:
        try:
            self._body(ctx, lease)
            ending.complete(ctx, lease)
            log.info("job.completed", job=lease.job_id)
        except LeaseLost:
            raise
        except GaveWay:
            ending.put_back(ctx, lease, keep_stage=True)
            log.info("job.gave_way", job=lease.job_id)
        except Canceled:
            self._fail(ctx, lease, faults.CANCELED, JobStatus.CANCELED)
        except JobFailed as failure:
            self._fail(ctx, lease, Reason(failure.code, failure.message))
        except Exception as error:  # noqa: BLE001 - whatever a body throws must end its job, not the worker
            self._explain(ctx, lease, error)

    def _body(self, ctx: JobContext, lease: Lease) -> None:
        kind = kind_of(lease.kind)
        if kind is None:
            raise JobFailed("unknown_kind", f"This server does not know jobs of the kind {lease.kind}.")
        if lease.attempts > MAX_ATTEMPTS:
            raise JobFailed(*faults.WORKER_DIED)
        if lease.attempts > 1:
            ctx.log(f"Attempt {lease.attempts} of {MAX_ATTEMPTS}.")
        ctx.checkpoint()
        kind.body(ctx)

    def _explain(self, ctx: JobContext, lease: Lease, error: Exception) -> None:
        if faults.is_disk_full(error):
            self._fail(ctx, lease, faults.DISK_FULL)
            return
        interrupted = faults.interruption(error)
        if interrupted is None:
            log.exception("job.crashed", job=lease.job_id, kind=lease.kind)
            self._fail(ctx, lease, faults.INTERNAL)
        elif lease.attempts >= MAX_ATTEMPTS:
            self._fail(ctx, lease, interrupted)
        else:
            ctx.log(f"Interrupted: {error}")
            log.warning("job.interrupted", job=lease.job_id, error=str(error))
            counted = not self._stopping.is_set()  # then it was this server that ended the child
            ending.put_back(ctx, lease, keep_stage=lease.goes_on, counted=counted)

    def _fail(
        self, ctx: JobContext, lease: Lease, reason: Reason, status: JobStatus = JobStatus.FAILED
    ) -> None:
        ctx.log(f"{status}: {reason.code}: {reason.message}")
        while True:
            try:
                ending.fail(ctx, lease, status, reason)
                log.info("job.ended", job=lease.job_id, status=str(status), code=reason.code)
                return
            except OperationalError as error:
                # On a full disk not even the failure can be written: it is told as soon as there is room.
                db.session.rollback()
                if not faults.is_disk_full(error) or self._stopping.wait(IDLE_S):
                    raise
