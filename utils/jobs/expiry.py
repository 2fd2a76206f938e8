"""What nobody will ask for any more: files of jobs that belong to no part, and files that no row names.

Rows go first and are committed; a file goes when no row names it and none could name it soon. So a crash at any
instant leaves at most a file without a row, which the next sweep finds, and never a row without its file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import aliased

from models import Artifact, CadModel, Job, JobStatus, db, utc_now
from models.base import only_reading
from models.job import OVER
from utils import wiring
from utils.jobs import ledger
from utils.jobs.registry import kind_of
from utils.storage import Storage

# Longer than anything takes from storing a file to committing the row that names it.
UNNAMED_KEPT_S = 3600.0
_BATCH = 100
_NAMED_AT_ONCE = 500
_Other = aliased(Job)
log = structlog.get_logger()


@dataclass(frozen=True)
class Swept:
    """How many went."""

    jobs: int
    files: int


def sweep(ttl_days: int, *, unnamed_kept_s: float = UNNAMED_KEPT_S) -> Swept:
    """Expire what is older than `ttl_days`, then remove stored files that belong to nothing; commits."""
    swept = Swept(expire(utc_now() - timedelta(days=ttl_days)), remove_unnamed(unnamed_kept_s))
    if swept.jobs or swept.files:
        log.info("jobs.swept", jobs=swept.jobs, files=swept.files)
    return swept


def expire(before: datetime) -> int:
    """Take the artifacts from jobs that ended `before` and belong to no part; how many jobs that were."""
    count = 0
    while jobs := list(db.session.scalars(_expired(before).limit(_BATCH))):
        for job in jobs:
            db.session.execute(delete(Artifact).where(Artifact.job_id == job.id))
            job.status = JobStatus.EXPIRED
            kind = kind_of(job.kind)
            if kind is not None and kind.on_expiry is not None:
                kind.on_expiry(job)
            ledger.tell(job)
        db.session.commit()
        count += len(jobs)
    db.session.rollback()
    return count


def _expired(before: datetime) -> Select[Job]:
    of_a_part = exists().where(CadModel.id == Job.model_id, CadModel.part_id.is_not(None))
    has_files = exists().where(Artifact.job_id == Job.id)
    # A model that is being read again keeps what it has until that is over.
    again = exists().where(_Other.model_id == Job.model_id, _Other.status.not_in(OVER))
    return select(Job).where(
        Job.status.in_(OVER), Job.finished_at < before, Job.part_id.is_(None), ~of_a_part, ~again, has_files
    )


def remove_unnamed(kept_s: float) -> int:
    """Remove stored files that no row names and that were not stored or held for `kept_s`; how many those were."""
    storage, count = wiring.get(Storage), 0
    old = storage.unheld(kept_s)
    while keys := list(islice(old, _NAMED_AT_ONCE)):
        with only_reading():
            unnamed = set(keys) - _named(keys)
            db.session.rollback()
        if not unnamed:
            continue
        # Looked at again in a transaction that no other writer can pass: none of them names it while it goes.
        for key in unnamed - _named(unnamed):
            count += storage.delete_unheld(key, kept_s)
        db.session.rollback()
    return count


def _named(keys: Iterable[str]) -> set[str]:
    keys, found = list(keys), set[str]()
    for column in (Artifact.storage_key, CadModel.storage_key):
        found.update(db.session.scalars(select(column).where(column.in_(keys))))
    return found
