"""Is it alive, is it ready, which version is it: for supervisors and people on the phone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from config import VERSION
from models import Job, JobStatus, db
from models.base import only_reading
from models.errors import Unavailable
from utils import wiring
from utils.jobs import Worker
from utils.storage import Storage

bp = Blueprint("health", __name__)


@bp.get("/health")
@bp.get("/api/health", endpoint="api_health")
@bp.get("/api/v1/health", endpoint="v1_api_health")
def health() -> Any:
    """Alive: answers as long as the process does."""
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}


@bp.get("/health/ready")
def ready() -> Any:
    """Ready: database, storage, queue and workers each say so, or 503 names what does not."""
    try:
        with only_reading():
            waiting = db.session.scalar(select(Job.id).where(Job.status == JobStatus.QUEUED).limit(1))
    except SQLAlchemyError as error:
        raise Unavailable("The database does not answer.", part="database") from error
    try:
        wiring.get(Storage).check()
    except OSError as error:
        raise Unavailable("The storage cannot be written.", part="storage") from error
    workers = wiring.get(Worker).is_alive()
    if waiting is not None and not workers:
        raise Unavailable("Jobs wait and no worker runs in this process.", part="workers")
    parts = {"database": "ok", "storage": "ok", "queue": "ok", "workers": "ok" if workers else "elsewhere"}
    return {"status": "ok", **parts}, 200, {"Cache-Control": "no-store"}


@bp.get("/version")
def version() -> Any:
    return {"name": "Kerfline", "version": VERSION}
