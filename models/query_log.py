"""A geometry question that somebody asked of a model, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import UtcDateTime, db, utc_now


class QueryLog(db.Model):  # type: ignore[name-defined]
    """`understood` is the question in the grammar's own words; null when it was not, then `code` says why."""

    __tablename__ = "query_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("cad_model.id"))
    query: Mapped[str] = mapped_column(Text)
    understood: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    code: Mapped[str | None] = mapped_column(String(50))
    who: Mapped[str] = mapped_column(String(100))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    __table_args__ = (Index("ix_query_log_model_id_id", "model_id", "id"), {"sqlite_autoincrement": True})
