"""HTTP only: a blueprint per resource, each mounted under /api and /api/v1."""

from __future__ import annotations

from routes import (
    activity,
    auth,
    demo,
    events,
    job_files,
    jobs,
    lifecycle,
    models,
    part_files,
    parts,
    projects,
    stats,
    uploads,
)
from routes.reading import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = (
    parts.bp,
    lifecycle.bp,
    stats.bp,
    part_files.bp,
    activity.bp,
    projects.bp,
    models.bp,
    uploads.bp,
    jobs.bp,
    job_files.bp,
    job_files.tasks_bp,
    job_files.downloads_bp,
    events.bp,
    auth.bp,
    demo.bp,
)
