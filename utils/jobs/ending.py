"""How a lease ends: the job is over, or goes back to the queue; its log is kept in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from models import Job, JobStatus, db
from utils.jobs import ledger, log
from utils.jobs.context import JobContext, LeaseLost
from utils.jobs.faults import Reason
from utils.jobs.ledger import Lease
from utils.jobs.registry import kind_of


def complete(ctx: JobContext, lease: Lease) -> None:
    """End the job with what the session holds. Raises LeaseLost."""
    _end(ctx, lease, lambda: ledger.end(lease, JobStatus.COMPLETED))


def fail(ctx: JobContext, lease: Lease, status: JobStatus, reason: Reason) -> None:
    """End the job without its result; its kind sets right what it had begun. Raises LeaseLost."""
    db.session.rollback()

    def end() -> Job | None:
        job = ledger.end(lease, status, code=reason.code, message=reason.message)
        kind = kind_of(lease.kind)
        if job is not None and kind is not None:
            kind.on_failure(job, reason.code, reason.message)
        return job

    _end(ctx, lease, end)


def put_back(ctx: JobContext, lease: Lease, *, keep_stage: bool, counted: bool = False) -> None:
    """Let the job wait for another lease. Raises LeaseLost."""
    db.session.rollback()
    _end(ctx, lease, lambda: ledger.put_back(lease, keep_stage=keep_stage, counted=counted))


def _end(ctx: JobContext, lease: Lease, change: Callable[[], Job | None]) -> None:
    stored = log.store(lease, ctx.said)
    try:
        job = change()
        if job is None:
            raise LeaseLost()
        former = log.hang_on(job, stored)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        log.forget(stored.key if stored else None)
        raise
    log.forget(former)
