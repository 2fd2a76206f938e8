"""What jobs made: lists, single files and archives, also under the names that image-to-model clients use."""

from __future__ import annotations

from typing import Any

from flask import Response

from models import Artifact, Job, JobStatus
from models.errors import NotFound
from routes.contract import requires
from routes.files import disposition, send_artifact
from routes.jobs import find, follow
from routes.paging import page
from routes.reading import Blueprint
from routes.schemas.base import ListArgs, listing
from routes.schemas.jobs import JobFileOut
from routes.schemas.models import JobOut
from routes.signatures import signed_or
from utils.jobs import artifacts
from utils.uploads import names

bp = Blueprint("job_files", __name__, url_prefix="/jobs", description="What jobs made")
tasks_bp = Blueprint(
    "tasks", __name__, url_prefix="/status/tasks", description="Jobs, as image-to-model clients name them"
)
downloads_bp = Blueprint(
    "downloads",
    __name__,
    url_prefix="/download",
    description="Jobs' files, as image-to-model clients name them",
)
_SIGNATURE = "From the `url` in the list of files: opens this file for an hour without a key."


class JobFileList(listing("artifacts", JobFileOut)):  # type: ignore[misc]
    """The files that a job made."""


@bp.get("/<job_id>/artifacts")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, JobFileList)
def index(args: dict[str, Any], job_id: str) -> Any:
    """The files that the job made, each with an address that is good for an hour without a key."""
    return page("artifacts", artifacts.of_job(find(job_id).id), Artifact.id, args, descending=False)


@bp.get("/<job_id>/artifacts/<path:name>")
@signed_or("parts:read")
@bp.sends("*/*", signature=_SIGNATURE)
def artifact(job_id: str, name: str) -> Response:
    """One file that the job made."""
    return _one_file(job_id, name)


def _one_file(job_id: str, name: str) -> Response:
    job = find(job_id)
    name = name.rstrip("/")
    found = artifacts.named(job.id, name)
    if found is None:
        raise _no_file(job, f"The job made no file “{name[:100]}”.")
    return send_artifact(found)


@bp.get("/<job_id>/artifacts.zip")
@requires("parts:read")
@bp.sends("application/zip")
def archive(job_id: str) -> Response:
    """All files that the job made, as one ZIP archive."""
    return _zipped(job_id)


def _zipped(job_id: str) -> Response:
    job = find(job_id)
    files = artifacts.of_jobs([job.id])[job.id]
    if not files:
        raise _no_file(job, "The job has made no files yet.")
    pieces = artifacts.as_zip(files, [names.safe(file.name) for file in files])
    stem = names.safe(job.model.file_name).rsplit(".", 1)[0] if job.model is not None else job.id
    headers = {"Content-Disposition": disposition("attachment", f"{stem}.zip"), "Cache-Control": "no-store"}
    return Response(pieces, mimetype="application/zip", headers=headers, direct_passthrough=True)


def _no_file(job: Job, sentence: str) -> NotFound:
    if job.status == JobStatus.EXPIRED:
        sentence = "The job's files were removed: it belongs to no part, and its time was over. Run it again."
    return NotFound(sentence, code="artifact_not_found")


@tasks_bp.get("/<job_id>")
@requires("parts:read")
@tasks_bp.response(200, JobOut)
def task(job_id: str) -> Any:
    """The same as `/jobs/{id}`."""
    return find(job_id)


@tasks_bp.get("/<job_id>/stream")
@requires("parts:read")
@tasks_bp.sends("text/event-stream", Last_Event_ID="The id of the last event that you have.")
def task_stream(job_id: str) -> Response:
    """The same as `/jobs/{id}/stream`."""
    return follow(job_id)


@downloads_bp.get("/<job_id>/all")
@requires("parts:read")
@downloads_bp.sends("application/zip")
def download_all(job_id: str) -> Response:
    """The same as `/jobs/{id}/artifacts.zip`."""
    return _zipped(job_id)


@downloads_bp.get("/<job_id>/<path:name>")
@signed_or("parts:read")
@downloads_bp.sends("*/*", signature=_SIGNATURE)
def download(job_id: str, name: str) -> Response:
    """The same as `/jobs/{id}/artifacts/{name}`."""
    return _one_file(job_id, name)
