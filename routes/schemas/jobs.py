"""A job's files as they go out, each with an address that is good for an hour without a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import g
from marshmallow import fields

from models import Artifact, Job
from routes.links import link
from routes.schemas.base import CamelSchema, Utc
from routes.signatures import sign
from utils.jobs import artifacts


class JobFileOut(CamelSchema):
    """A file that a job made."""

    name = fields.String()
    kind = fields.String()
    media_type = fields.String()
    bytes = fields.Integer()
    sha256 = fields.String()
    created_at = Utc()
    url = fields.Function(
        lambda file: signed_url(file), metadata={"type": "string", "description": "Good for an hour."}
    )


def signed_url(file: Artifact) -> str:
    job_id = str(file.job_id)
    return link("job_files.artifact", job_id=job_id, name=file.name, signature=sign(job_id, file.name))


def load_files(jobs: Iterable[Job]) -> None:
    """Read the files of many jobs at once, for those that this request will show."""
    g.files_of_jobs = artifacts.of_jobs(job.id for job in jobs)


def files_of(job: Job) -> Any:
    """The job's files, ready to go out."""
    loaded: dict[str, list[Artifact]] = g.get("files_of_jobs") or {}
    files = loaded[job.id] if job.id in loaded else artifacts.of_jobs([job.id])[job.id]
    return JobFileOut(many=True).dump(files)
