"""The job table's own bookkeeping: submit, lease, renew, report, end. Each lease is fenced by its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, select, update
from sqlalchemy.orm import Session

from models import Event, Job, JobStatus, db, utc_now
from models.base import only_reading
from utils.jobs import turns
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
    at_most: int = 1  # jobs at once, in all processes together
    goes_on: bool = False  # it gave way after its first stage, and now goes on where it was


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
    publish("job.progress", told(job), part_id=job.part_id, job_id=job.id)


def told(job: Job) -> dict[str, Any]:
    """What the streams tell of a job."""
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
    """Take the job whose turn it is, or one whose worker went silent; None when none may run beside `at_most`."""
    now = utc_now()
    with only_reading(), Session(engine) as session:  # most looks find nothing: take no write lock for them
        if not turns.any_waits(session, now):
            return None
    with Session(engine) as session, session.begin():
        job = turns.next_job(session, now, at_most)
        if job is None:
            return None
        goes_on = job.status == JobStatus.QUEUED and job.stage is not None
        job.status, job.lease_owner = JobStatus.RUNNING, owner
        job.lease_token += 1
        job.attempts += 1
        job.lease_until = now + timedelta(seconds=lease_s)
        job.started_at = job.started_at or now
        _tell_with(session, job)
        return Lease(
            job_id=job.id,
            kind=job.kind,
            token=job.lease_token,
            attempts=job.attempts,
            arguments=job.arguments,
            model_id=job.model_id,
            part_id=job.part_id,
            created_by=job.created_by,
            at_most=at_most,
            goes_on=goes_on,
        )


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


def confirm(lease: Lease, lease_s: float) -> bool:
    """Renew the lease in the caller's transaction, which no other worker can pass until it ends; False when lost."""
    until = utc_now() + timedelta(seconds=lease_s)
    kept = update(Job).where(held(lease)).values(lease_until=until).returning(Job.id)
    return db.session.scalar(kept, execution_options={"synchronize_session": False}) is not None


def waits_for_preview(engine: Engine, lease: Lease) -> bool:
    """Whether a job waits for its first stage that should have this one's place."""
    with only_reading(), Session(engine) as session:
        return turns.should_give_way(session, utc_now(), lease.at_most, lease.job_id)


def put_back(lease: Lease, *, keep_stage: bool, counted: bool = False) -> Job | None:
    """Queue the job again, in the caller's transaction; None when the lease was lost, then the caller rolls back.

    `keep_stage` is for a job that has had its first stage: it stands behind those that have not. Unless it is
    `counted`, this lease is as if it had never been.
    """
    job = _mine(lease)
    if job is None:
        return None
    job.status, job.lease_until, job.message = JobStatus.QUEUED, None, ""
    if not counted:
        job.attempts -= 1
    if not keep_stage:
        job.stage = None
    tell(job)
    return job


def end(lease: Lease, status: JobStatus, *, code: str | None = None, message: str = "") -> Job | None:
    """End the job in the caller's transaction; None when the lease was lost, then the caller rolls back."""
    job = _mine(lease)
    if job is None:
        return None
    job.status, job.finished_at, job.lease_until = status, utc_now(), None
    if status == JobStatus.COMPLETED:
        job.stage, job.progress, job.message = "done", 1.0, message
    else:
        job.error_code, job.error_message, job.message = code, message, message
    tell(job)
    return job


def _mine(lease: Lease) -> Job | None:
    return db.session.scalar(select(Job).where(held(lease)).execution_options(populate_existing=True))


def _tell_with(session: Session, job: Job) -> None:
    session.flush()
    session.add(Event(topic="job.progress", payload=told(job), part_id=job.part_id, job_id=job.id))
