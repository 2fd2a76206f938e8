"""Revisions as they come in, fail, and are tried again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select

from models import BomRow, CadModel, Job, Part, db, utc_now
from models.actor import SERVER, Actor
from models.errors import Conflict, NotFound
from models.job import OVER
from utils import activity, jobs, live, wiring
from utils.storage import Storage
from utils.uploads.receive import Received

STEP_JOB = "step"
DEFAULT_OPTIONS: dict[str, Any] = {
    "thumbnails": True,
    "bom": True,
    "diagram": True,
    "translate": False,
    "diagram_mode": "external",
}
_STAGE_OF = {
    "thumbnails": "thumbnails",
    "bom": "bom",
    "translate": "bom",
    "diagram": "diagram",
    "diagram_mode": "diagram",
}


def add(
    part: Part | None, file: Received, by: Actor, *, options: dict[str, Any] | None = None
) -> tuple[CadModel, Job]:
    """Keep a STEP file as the part's next revision (of no part: in the library) and queue the job that reads it.

    The caller commits, then delivers the job's id to the queue.
    """
    stored = wiring.get(Storage).put(file.path, "sources", sha256=file.sha256)
    model = CadModel(
        part_id=part.id if part is not None else None,
        number=next_number(part),
        file_name=file.name,
        sha256=stored.sha256,
        bytes=stored.bytes,
        storage_key=stored.key,
        schema=(file.step.schema or "")[:200] or None if file.step else None,
        units=file.step.units if file.step else None,
        options={**DEFAULT_OPTIONS, **(options or {})},
        created_by=by.name,
    )
    db.session.add(model)
    db.session.flush()
    job = jobs.submit(
        STEP_JOB,
        model_id=model.id,
        part_id=part.id if part is not None else None,
        weight=stored.bytes,
        by=by.name,
    )
    if part is not None:
        part.file = file.name
        trace("revision.uploaded", part, by, {"revision": model.revision, "file": file.name})
    return model, job


def next_number(part: Part | None) -> int:
    if part is None:
        return 1
    newest = db.session.scalar(select(func.max(CadModel.number)).where(CadModel.part_id == part.id))
    return (newest or 0) + 1


def get(model_id: int) -> CadModel:
    model = db.session.get(CadModel, model_id)
    if model is None or model.deleted_at is not None:
        raise NotFound(f"There is no model {model_id}.", code="model_not_found")
    return model


def of_part(part: Part) -> Select[CadModel]:
    """All of a part's revisions, in no order."""
    return select(CadModel).where(CadModel.part_id == part.id)


def mark_failed(job: Job, code: str, message: str) -> None:
    """Keep the revision with the reason why it could not be read; the good preview stays current."""
    model = db.session.get(CadModel, job.model_id) if job.model_id is not None else None
    if model is None or model.is_ready:
        return
    model.fail(code, message)
    if model.part is not None:
        by = Actor(job.created_by) if job.created_by else SERVER
        after = {"revision": model.revision, "error": code}
        trace("revision.failed", model.part, by, after, note=message)


def mark_expired(job: Job) -> None:
    """What was made from a file of the library is cleared; the file stays, and its job can make it again."""
    model = db.session.get(CadModel, job.model_id) if job.model_id is not None else None
    if model is None:
        return
    model.stages = {}
    model.exact = None
    db.session.execute(delete(BomRow).where(BomRow.model_id == model.id))
    model.fail(
        "expired", "What was made from this file was cleared to save room. The file is kept: read it again."
    )


def resume(job: Job, by: Actor) -> Job:
    """Queue a job again that failed, was canceled or left a stage undone. Raises Conflict when all is done."""
    model = get(job.model_id) if job.model_id is not None else None
    job.retry(unfinished=bool(model and model.unfinished_stages))
    if model is not None:
        if not model.is_ready:
            model.retry()
        if model.part is not None:
            trace("revision.retried", model.part, by, {"revision": model.revision})
    return job


def read_again(model: CadModel, options: dict[str, Any], by: Actor) -> Job:
    """Queue a job that makes anew what the changed `options` ask for. Raises Conflict while the file is being read."""
    running = db.session.scalar(
        select(Job).where(Job.model_id == model.id, Job.kind == STEP_JOB, Job.status.not_in(OVER))
    )
    if running is not None:
        raise Conflict(
            f"{model.file_name} is still being read. Wait until it is done, or cancel it.",
            code="still_reading",
            job=running.id,
        )
    model.options = {**DEFAULT_OPTIONS, **model.options, **options}
    again = {_STAGE_OF[name] for name in options} | set(model.unfinished_stages)
    model.stages = {name: said for name, said in model.stages.items() if name not in again}
    if not model.is_ready:
        model.retry()
    return jobs.submit(STEP_JOB, model_id=model.id, part_id=model.part_id, weight=model.bytes, by=by.name)


def trace(
    action: str,
    part: Part,
    by: Actor,
    after: dict[str, Any],
    *,
    note: str | None = None,
    at: datetime | None = None,
) -> None:
    """Record what happened to a revision, and let the part's version move with it."""
    db.session.expire(part, ["models"])
    part.updated_at = at or utc_now()
    activity.record(action, part, by, after=after, note=note, at=at)
    live.announce(part, action)
