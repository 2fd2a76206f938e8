"""Who did what to which part, and what it was before: the audit log and the feed are one table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UtcDateTime, db, utc_now
from models.part import Part


class Activity(db.Model):  # type: ignore[name-defined]
    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(100))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str | None] = mapped_column(Text)

    part: Mapped[Part | None] = relationship(lazy="joined")

    __table_args__ = (
        Index("ix_activity_part_id_at", "part_id", "at", "id"),
        Index("ix_activity_at_id", "at", "id"),
        {"sqlite_autoincrement": True},
    )


class Comment(db.Model):  # type: ignore[name-defined]
    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = ({"sqlite_autoincrement": True},)


class Event(db.Model):  # type: ignore[name-defined]
    """The outbox of live events: written with the change, read after the commit by every process's streams."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40))
    part_id: Mapped[int | None]
    job_id: Mapped[str | None] = mapped_column(String(36))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)

    __table_args__ = (Index("ix_event_job_id_id", "job_id", "id"), {"sqlite_autoincrement": True})
