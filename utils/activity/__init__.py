"""The audit log, which is also the feed: written beside the change, in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import Activity, Part, db, utc_now
from models.actor import Actor


def record(
    action: str,
    part: Part | None,
    by: Actor,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> Activity:
    """Note that `by` did `action` (`part.claimed`) to `part`; values are JSON-able."""
    entry = Activity(
        action=action,
        who=by.name,
        key_id=by.key_id,
        part_id=part.id if part is not None else None,
        before=before or {},
        after=after or {},
        note=note,
        at=at or utc_now(),
    )
    db.session.add(entry)
    return entry
