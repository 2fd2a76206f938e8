"""The job table's own bookkeeping: submit, lease, renew, report, end. Each lease is fenced by its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select, update
from sqlalchemy.orm import Session

from models import Event, Job, JobStatus, db, utc_now
from models.base import only_reading
from utils.live import publish

MAX_ATTEMPTS = 3


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until it is taken back; `token` fences writes of a worker that lost it."""

    job_id: str
    kind: str
    token: int
    attempts: int
    arguments: dict[str, Any]
    model_id: int | None
    part_id: int | None
    created_by: str | None


def submit(
    kind: str,
    *,
    arguments: dict[str, Any] | None = None,
    model_id: int | None = None,
    part_id: int | None = None,
    weight: int = 0,
    by: str,
) -> Job:
    """A queued job in the caller's transaction; deliver its id to the Queue after the commit."""
    job = Job(
        kind=kind,
        status=JobStatus.QUEUED,
        arguments=arguments or {},
        model_id=model_id,
        part_id=part_id,
        weight=weight,
        created_by=by,
    )
    db.session.add(job)
    db.session.flush()
    tell(job)
    return job


def tell(job: Job) -> None:
    """Put the job's present state into the outbox, in the caller's transaction."""
    publish("job.progress", _told(job), part_id=job.part_id, job_id=job.id)


def _told(job: Job) -> dict[str, Any]:
    error = {"code": job.error_code, "message": job.error_message} if job.error_code else None
    return {
        "id": job.id,
        "kind": job.kind,
        "part": job.part_id,
        "model": job.model_id,
        "status": str(job.status),
        "stage": job.stage,
        "progress": job.progress,
        "message": job.message,
        "error": error,
    }


def lease_next(engine: Engine, owner: str, lease_s: float, at_most: int) -> Lease | None:
    """Take the next waiting job, or one whose worker went silent; None when there is none or `at_most` run."""
    now = utc_now()
    with only_reading(), Session(engine) as session:  # most looks find nothing: take no write lock for them
        if session.scalar(select(Job.id).where(_takeable(now)).limit(1)) is None:
            return None
    with Session(engine) as session, session.begin():
        alive = and_(Job.status == JobStatus.RUNNING, Job.lease_until > now)
        if (session.scalar(select(func.count()).where(alive)) or 0) >= at_most:
            return None
        # Small files first among those that came within the same moment; old ones are not starved.
        job = session.scalar(
            select(Job)
            .where(_takeable(now))
            .order_by(Job.attempts.desc(), Job.weight, Job.created_at)
            .limit(1)
        )
        if job is None:
            return None
        job.status, job.lease_owner = JobStatus.RUNNING, owner
        job.lease_token += 1
        job.attempts += 1
        job.lease_until = now + timedelta(seconds=lease_s)
        job.started_at = job.started_at or now
        _tell_with(session, job)
        return Lease(
            job.id,
            job.kind,
            job.lease_token,
            job.attempts,
            job.arguments,
            job.model_id,
            job.part_id,
            job.created_by,
        )


def _takeable(now: datetime) -> ColumnElement[bool]:
    silent = and_(Job.status == JobStatus.RUNNING, Job.lease_until <= now)
    return or_(Job.status == JobStatus.QUEUED, silent)


def held(lease: Lease) -> ColumnElement[bool]:
    """The condition that the lease is still this worker's."""
    return and_(Job.id == lease.job_id, Job.lease_token == lease.token, Job.status == JobStatus.RUNNING)


def renew(engine: Engine, lease: Lease, lease_s: float) -> bool:
    """Prolong the lease; False when it was taken away."""
    until = utc_now() + timedelta(seconds=lease_s)
    with Session(engine) as session, session.begin():
        kept = update(Job).where(held(lease)).values(lease_until=until).returning(Job.id)
        return session.scalar(kept) is not None


def cancel_wanted(engine: Engine, lease: Lease) -> bool | None:
    """Whether somebody asked to cancel; None when the lease is no longer ours."""
    with only_reading(), Session(engine) as session:
        return session.scalar(select(Job.cancel_requested).where(held(lease)))


def report(engine: Engine, lease: Lease, *, stage: str, progress: float, message: str) -> bool:
    """Write how far it is, and tell the streams; False when the lease was lost."""
    with Session(engine) as session, session.begin():
        job = session.scalar(select(Job).where(held(lease)))
        if job is None:
            return False
        job.stage, job.progress, job.message = stage, max(job.progress, min(progress, 1.0)), message
        _tell_with(session, job)
        return True


def hand_back(engine: Engine, lease: Lease) -> None:
    """Put the job back in the queue, as if it had not been taken: this worker is being stopped."""
    with Session(engine) as session, session.begin():
        job = session.scalar(select(Job).where(held(lease)))
        if job is not None:
            job.status, job.lease_until = JobStatus.QUEUED, None
            job.attempts -= 1
            _tell_with(session, job)


def end(lease: Lease, status: JobStatus, *, code: str | None = None, message: str = "") -> bool:
    """End the job in the caller's transaction; False when the lease was lost, then the caller rolls back."""
    job = db.session.scalar(select(Job).where(held(lease)).execution_options(populate_existing=True))
    if job is None:
        return False
    job.status, job.finished_at, job.lease_until = status, utc_now(), None
    if status == JobStatus.COMPLETED:
        job.stage, job.progress, job.message = "done", 1.0, message
    else:
        job.error_code, job.error_message, job.message = code, message, message
    tell(job)
    return True


def _tell_with(session: Session, job: Job) -> None:
    session.flush()
    session.add(Event(topic="job.progress", payload=_told(job), part_id=job.part_id, job_id=job.id))
