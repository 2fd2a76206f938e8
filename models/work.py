"""The worker log: who had a part from when to when, and how many pieces they finished."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import UtcDateTime, db


class Claim(db.Model):  # type: ignore[name-defined]
    """One person's turn at a part; open while `released_at` is null. `made` counts pieces."""

    __tablename__ = "claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"))
    person: Mapped[str] = mapped_column(String(100))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index("ix_claim_part_id_person", "part_id", "person"),
        Index("ix_claim_person", "person"),
        {"sqlite_autoincrement": True},
    )
