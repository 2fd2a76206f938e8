"""Who goes next: small files before big ones, first previews before the rest, and nobody waits for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models import Job, JobStatus

HEAVY_BYTES = 4 * 1024 * 1024
# Each megabyte puts a job behind those that come within so many seconds after it, up to a quarter of an hour.
_S_PER_BYTE = 30 / (1024 * 1024)
_LONGEST_S = 900.0
# A job that gave way lets everybody pass who comes within so many seconds after it.
_GAVE_WAY_S = 600.0
# What each death of its worker but the first costs.
_DIED_S = 60.0
_DAY_S = 86_400.0

IS_HEAVY = Job.weight > HEAVY_BYTES
# A job in the queue has a stage only when it gave way there: its first stage is done.
IS_FRESH = and_(Job.status == JobStatus.QUEUED, Job.stage.is_(None))


def next_job(session: Session, now: datetime, at_most: int) -> Job | None:
    """The job whose turn it is; None when none waits, or those that wait may not run beside those that do.

    One that was interrupted goes on first; one that was interrupted again may be why, and others go before it.
    """
    wanted = select(Job).where(_takeable(now))
    room = _room(session, now, at_most)
    if room is None:
        return None
    interrupted = and_(Job.status == JobStatus.RUNNING, Job.attempts == 1)
    order = (case((interrupted, 0), else_=1), _turn(), Job.created_at, Job.id)
    return session.scalar(wanted.where(room).order_by(*order).limit(1))


def any_waits(session: Session, now: datetime) -> bool:
    return session.scalar(select(Job.id).where(_takeable(now)).limit(1)) is not None


def should_give_way(session: Session, now: datetime, at_most: int, job_id: str) -> bool:
    """Whether a running job that has had its first stage stands behind one that waits for its own."""
    room = _room(session, now, at_most, but=job_id)
    if room is None:
        return False
    own = select(_place() + _GAVE_WAY_S).where(Job.id == job_id).scalar_subquery()
    return session.scalar(select(Job.id).where(IS_FRESH, room, _turn() < own).limit(1)) is not None


def _takeable(now: datetime) -> ColumnElement[bool]:
    silent = and_(Job.status == JobStatus.RUNNING, Job.lease_until <= now)
    return or_(Job.status == JobStatus.QUEUED, silent)


def _room(
    session: Session, now: datetime, at_most: int, *, but: str | None = None
) -> ColumnElement[bool] | None:
    """Which jobs may start beside those that run; None when no slot is free. One slot is never a heavy job's."""
    alive = select(func.count(), func.sum(case((IS_HEAVY, 1), else_=0))).where(
        Job.status == JobStatus.RUNNING, Job.lease_until > now
    )
    if but is not None:
        alive = alive.where(Job.id != but)
    running, heavy = session.execute(alive).one()
    if running >= at_most:
        return None
    if at_most > 1 and (heavy or 0) >= at_most - 1:
        return Job.weight <= HEAVY_BYTES
    return Job.weight >= 0


def _turn() -> ColumnElement[float]:
    """When it is a job's turn, in seconds: those that had their first stage stand behind those that had not."""
    gave_way = and_(Job.status == JobStatus.QUEUED, Job.stage.is_not(None))
    deaths = func.max(Job.attempts - 1, 0) * _DIED_S
    return _place() + case((gave_way, _GAVE_WAY_S), else_=0.0) + deaths


def _place() -> ColumnElement[float]:
    """When a job came, in seconds, moved back by its size."""
    by_size = func.min(Job.weight * _S_PER_BYTE, _LONGEST_S)
    came: ColumnElement[float] = func.julianday(Job.created_at) * _DAY_S + by_size
    return came
