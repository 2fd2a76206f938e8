"""A job: work that outlives a request. The row is the truth; queues only deliver its id."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UtcDateTime, db, utc_now
from models.errors import Conflict

if TYPE_CHECKING:
    from models.cad_model import CadModel


class JobStatus(StrEnum):
    SUBMITTED = "submitted"  # the row exists, its input may not be whole yet
    VALIDATED = "validated"  # the input was looked at and can be worked on
    QUEUED = "queued"  # a worker may lease it
    RUNNING = "running"  # a worker holds the lease
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"  # it completed, and its artifacts were swept since


OVER = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELED, JobStatus.EXPIRED)


class Job(db.Model):  # type: ignore[name-defined]
    """`lease_token` grows with each lease: a worker that lost its lease holds a smaller one and can't publish."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid.uuid4()))
    kind: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10), default=JobStatus.QUEUED)
    stage: Mapped[str | None] = mapped_column(String(40))
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(Text, default="")
    error_code: Mapped[str | None] = mapped_column(String(50))
    error_message: Mapped[str | None] = mapped_column(Text)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    weight: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    lease_owner: Mapped[str | None] = mapped_column(String(100))
    lease_token: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("cad_model.id"), index=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)
    created_by: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    model: Mapped[CadModel | None] = relationship(back_populates="jobs")

    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(str(s)) for s in JobStatus)})", name="status"),
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress"),
        Index("ix_job_status_created_at", "status", "created_at"),
        Index("ix_job_created_at_id", "created_at", "id"),
    )

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def request_cancel(self, at: datetime) -> None:
        """A waiting job ends at once; a running one when its body next looks."""
        if self.is_over:
            raise Conflict(f"The job is over ({self.status}).", code="job_over", status=str(self.status))
        self.cancel_requested = True
        if self.status != JobStatus.RUNNING:
            self.status, self.finished_at = JobStatus.CANCELED, at

    def retry(self, *, unfinished: bool = False) -> None:
        """Queue it again with a fresh count of attempts; a completed one only when it left something `unfinished`."""
        again = (JobStatus.FAILED, JobStatus.CANCELED, JobStatus.EXPIRED)
        if self.status not in again and not (unfinished and self.status == JobStatus.COMPLETED):
            raise Conflict(
                f"Only a failed or canceled job can be tried again; this one is {self.status}.",
                code="job_not_over" if not self.is_over else "job_completed",
                status=str(self.status),
            )
        self.status, self.stage, self.progress, self.message = JobStatus.QUEUED, None, 0.0, ""
        self.error_code = self.error_message = self.started_at = self.finished_at = None
        self.cancel_requested, self.attempts = False, 0
