"""Drawings, pictures, tool paths: files that hang on a part and are not its CAD."""

from __future__ import annotations

from sqlalchemy import Select, select

from models import Artifact, ArtifactKind, Part, db, utc_now
from models.actor import Actor
from models.errors import NotFound
from utils import activity, live, wiring
from utils.storage import Storage
from utils.uploads.receive import Received


def attach(part: Part, file: Received, by: Actor) -> Artifact:
    stored = wiring.get(Storage).put(file.path, "attachments", sha256=file.sha256)
    artifact = Artifact(
        kind=ArtifactKind.ATTACHMENT,
        name=file.name,
        storage_key=stored.key,
        bytes=stored.bytes,
        sha256=stored.sha256,
        media_type=file.kind,
        part_id=part.id,
        created_by=by.name,
    )
    db.session.add(artifact)
    part.updated_at = utc_now()
    activity.record("file.attached", part, by, after={"file": file.name})
    live.announce(part, "file.attached")
    return artifact


def of_part(part: Part) -> Select[Artifact]:
    """All of a part's attachments, in no order."""
    return select(Artifact).where(Artifact.part_id == part.id, Artifact.kind == ArtifactKind.ATTACHMENT)


def get(part: Part, attachment_id: int) -> Artifact:
    artifact = db.session.get(Artifact, attachment_id)
    if artifact is None or artifact.part_id != part.id or artifact.kind != ArtifactKind.ATTACHMENT:
        raise NotFound(f"{part.label} has no attachment {attachment_id}.")
    return artifact


def remove(part: Part, attachment_id: int, by: Actor) -> None:
    """Take it off the part. The bytes stay: another row may share them."""
    artifact = get(part, attachment_id)
    db.session.delete(artifact)
    part.updated_at = utc_now()
    activity.record("file.removed", part, by, before={"file": artifact.name})
    live.announce(part, "file.removed")


def newest_drawing(part: Part) -> Artifact | None:
    drawings = of_part(part).where(Artifact.media_type == "application/pdf")
    return db.session.scalar(drawings.order_by(Artifact.id.desc()).limit(1))
