"""Jobs: how far they are, live; canceled and tried again."""

from __future__ import annotations

import re
from typing import Any

from flask import Response
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Job, JobStatus, db, utc_now
from models.errors import NotFound
from routes.contract import requires
from routes.identity import actor
from routes.paging import page
from routes.reading import Blueprint
from routes.schemas.base import listing
from routes.schemas.jobs import load_files
from routes.schemas.models import JobListArgs, JobOut
from routes.sse import last_event_id, stream_job
from utils import revisions, wiring
from utils.jobs import Queue, ledger

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

bp = Blueprint("jobs", __name__, url_prefix="/jobs", description="Work that outlives a request")


def find(job_id: str) -> Job:
    """The job of that id; what cannot be one, such as a part's or a model's number, is told apart from what is gone."""
    if not _ID.fullmatch(job_id):
        raise NotFound(
            f"“{job_id[:60]}” is not a job's id; that looks like 3f2b8c1e-9d04-4c51-8a3e-5b7d2f60c9aa.",
            code="job_not_found",
        )
    job = db.session.get(Job, job_id.lower())
    if job is None:
        raise NotFound("There is no such job.", code="job_not_found")
    return job


@bp.get("/")
@requires("parts:read")
@bp.arguments(JobListArgs, location="query")
@bp.response(200, listing("jobs", JobOut))
def index(args: dict[str, Any]) -> Any:
    """Jobs, newest first; `part`, `model` and `status` filter."""
    columns = {"part": Job.part_id, "model": Job.model_id, "status": Job.status}
    wanted = [column == args[name] for name, column in columns.items() if args[name] is not None]
    listed = page("jobs", select(Job).where(*wanted).options(selectinload(Job.model)), Job.created_at, args)
    load_files(listed["jobs"])
    return listed


@bp.get("/<job_id>")
@requires("parts:read")
@bp.response(200, JobOut)
def show(job_id: str) -> Any:
    """One job's status, stage and progress."""
    return find(job_id)


@bp.get("/<job_id>/stream")
@requires("parts:read")
@bp.sends("text/event-stream", Last_Event_ID="The id of the last event that you have.")
def stream(job_id: str) -> Response:
    """The job's events until it is over, resumable by Last-Event-ID; 204 when you have them all."""
    return follow(job_id)


def follow(job_id: str) -> Response:
    """The stream of one job, for whatever address it was asked by."""
    return stream_job(find(job_id), after=last_event_id(default=None))


@bp.post("/<job_id>/cancel")
@requires("models:write")
@bp.response(202, JobOut)
def cancel(job_id: str) -> Any:
    """Ask the job to stop; 409 when it is over."""
    job = find(job_id)
    job.request_cancel(utc_now())
    if job.status == JobStatus.CANCELED:
        revisions.mark_failed(job, "canceled", "Canceled before it was read.")
    ledger.tell(job)
    return job


@bp.post("/<job_id>/retry")
@requires("models:write")
@bp.response(202, JobOut)
def retry(job_id: str) -> Any:
    """Queue a failed or canceled job again; 409 when it is not over."""
    job = revisions.resume(find(job_id), actor())
    ledger.tell(job)
    db.session.commit()
    wiring.get(Queue).deliver(job.id)
    return job
