"""One part by its id, or the sentence that says it is not there."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import Part, Project, db, utc_now
from models.errors import Invalid, NotFound

RESTORABLE = timedelta(days=30)


def get(part_id: int) -> Part:
    """Raises NotFound for an unknown id and for a deleted part."""
    part = db.session.scalar(select(Part).where(Part.id == part_id, Part.deleted_at.is_(None)))
    if part is None:
        raise NotFound(f"There is no part {part_id}.", code="part_not_found")
    return part


def get_deleted(part_id: int) -> Part:
    """A part that was deleted at most RESTORABLE ago, or one that is there. Raises NotFound."""
    part = db.session.get(Part, part_id)
    if part is None or (part.deleted_at is not None and part.deleted_at < utc_now() - RESTORABLE):
        raise NotFound(f"There is no part {part_id} that could be brought back.", code="part_not_found")
    return part


def project_named(name: str) -> Project:
    """Raises Invalid, naming the projects that there are."""
    project = db.session.scalar(select(Project).where(Project.name == name))
    if project is None:
        known = ", ".join(db.session.scalars(select(Project.name).order_by(Project.name))) or "none yet"
        raise Invalid({"project": [f"There is no project “{name[:100]}”. There are: {known}."]})
    return project
