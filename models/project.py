"""A project: what a set of parts is made for, and how its part numbers begin."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import UtcDateTime, db, utc_now


class Project(db.Model):  # type: ignore[name-defined]
    """`prefix` opens the part numbers: `26` makes `26-P-0042`."""

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    prefix: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = {"sqlite_autoincrement": True}
