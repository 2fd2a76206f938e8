"""A stored file that belongs to a part, a model or a job: where it lies and what it is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UtcDateTime, db, utc_now

if TYPE_CHECKING:
    from models.cad_model import CadModel


class ArtifactKind(StrEnum):
    ATTACHMENT = "attachment"
    GLB = "glb"
    GLB_GZIP = "glb.gz"
    MESHES = "meshes"  # what each mesh of the preview measures
    BOM = "bom"
    ANALYSIS = "analysis"
    SHAPE = "shape"  # the exact shape, for drawings
    FACES = "faces"  # the same, face by face, for distances
    VIEW = "view"
    THUMBNAIL = "thumbnail"
    DRAWING = "drawing"
    LOG = "log"


# Made for the server's own use: not in the lists of what a job made.
INTERNAL = (
    ArtifactKind.GLB_GZIP,
    ArtifactKind.MESHES,
    ArtifactKind.SHAPE,
    ArtifactKind.FACES,
    ArtifactKind.THUMBNAIL,
)
SHOWN_IN_LISTS = (ArtifactKind.GLB, ArtifactKind.GLB_GZIP, ArtifactKind.THUMBNAIL)


class Artifact(db.Model):  # type: ignore[name-defined]
    """Several rows may share one storage key: the same bytes are kept once."""

    __tablename__ = "artifact"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(255))
    storage_key: Mapped[str] = mapped_column(String(200), index=True)
    bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("cad_model.id"), index=True)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"), index=True)
    created_by: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    model: Mapped[CadModel | None] = relationship(back_populates="artifacts")

    __table_args__ = (
        Index("ix_artifact_part_id_kind", "part_id", "kind", "id"),
        {"sqlite_autoincrement": True},
    )
