"""One revision of a part's CAD: the file as it came, and what was read from it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.artifact import SHOWN_IN_LISTS, Artifact, ArtifactKind
from models.base import UtcDateTime, db, utc_now

if TYPE_CHECKING:
    from models.bom_row import BomRow
    from models.job import Job
    from models.part import Part


class ModelStatus(StrEnum):
    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class StageStatus(StrEnum):
    DONE = "done"
    FAILED = "failed"  # `code` and `message` say why; the other stages stand
    SKIPPED = "skipped"  # not asked for, or not possible here: `message` says which


def revision_letter(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class CadModel(db.Model):  # type: ignore[name-defined]
    """A file of a part, or of the library while `part_id` is null.

    `bbox_*_mm` lies along the CAD's own axes: the mesh's, until exact reading (`exact`) gives the true one with volume
    (mm³) and area (mm²). `stages` says of each stage of reading how it ended; `options` are the upload's flags.
    """

    __tablename__ = "cad_model"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))
    number: Mapped[int] = mapped_column(default=1)
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int]
    storage_key: Mapped[str] = mapped_column(String(200))
    units: Mapped[str | None] = mapped_column(String(40))
    schema: Mapped[str | None] = mapped_column(String(200))
    bbox_x_mm: Mapped[float | None]
    bbox_y_mm: Mapped[float | None]
    bbox_z_mm: Mapped[float | None]
    volume_mm3: Mapped[float | None]
    area_mm2: Mapped[float | None]
    status: Mapped[str] = mapped_column(String(10), default=ModelStatus.PENDING)
    error_code: Mapped[str | None] = mapped_column(String(50))
    error_message: Mapped[str | None] = mapped_column(Text)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    stages: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    exact: Mapped[bool | None]
    distinct_parts: Mapped[int | None]
    instances: Mapped[int | None]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_by: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    part: Mapped[Part | None] = relationship(back_populates="models")
    artifacts: Mapped[list[Artifact]] = relationship(back_populates="model", order_by="Artifact.id")
    # What lists of parts show of a revision; the other dozen files are read where somebody looks at one.
    shown_files: Mapped[list[Artifact]] = relationship(
        primaryjoin=lambda: and_(CadModel.id == Artifact.model_id, Artifact.kind.in_(SHOWN_IN_LISTS)),
        lazy="selectin",
        viewonly=True,
    )
    bom: Mapped[list[BomRow]] = relationship(order_by="BomRow.position", viewonly=True)
    jobs: Mapped[list[Job]] = relationship(back_populates="model", order_by="Job.created_at.desc()")

    __table_args__ = (
        CheckConstraint("status IN ('pending', 'ready', 'failed')", name="status"),
        UniqueConstraint("part_id", "number"),
        Index("ix_cad_model_part_id_status", "part_id", "status"),
        Index("ix_cad_model_created_at_id", "created_at", "id"),
        {"sqlite_autoincrement": True},
    )

    @property
    def revision(self) -> str:
        return revision_letter(self.number)

    @property
    def is_ready(self) -> bool:
        return self.status == ModelStatus.READY

    def artifact(self, kind: str) -> Artifact | None:
        files = self.shown_files if kind in SHOWN_IN_LISTS else self.artifacts
        return next((a for a in files if a.kind == kind), None)

    def artifacts_of(self, *kinds: str) -> list[Artifact]:
        return [a for a in self.artifacts if a.kind in kinds]

    @property
    def views(self) -> list[Artifact]:
        """The rendered pictures, in the order of their numbers."""
        return self.artifacts_of(ArtifactKind.VIEW)

    def named(self, name: str) -> Artifact | None:
        """The newest file of that name among what was made from it: each of its jobs leaves a log."""
        return next((a for a in reversed(self.artifacts) if a.name == name), None)

    def note_stage(self, name: str, status: StageStatus, *, code: str = "", message: str = "") -> None:
        """Keep how a stage of reading ended."""
        said = {"status": str(status), "code": code or None, "message": message or None}
        self.stages = {**self.stages, name: said}

    @property
    def unfinished_stages(self) -> list[str]:
        """The stages that may bring more when they are tried again."""
        return [name for name, said in self.stages.items() if said["status"] == StageStatus.FAILED]

    def has_done(self, stage: str) -> bool:
        return bool(self.stages.get(stage, {}).get("status") == StageStatus.DONE)

    def fail(self, code: str, message: str) -> None:
        self.status, self.error_code, self.error_message = ModelStatus.FAILED, code, message

    def retry(self) -> None:
        self.status, self.error_code, self.error_message = ModelStatus.PENDING, None, None
