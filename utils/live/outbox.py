"""The outbox: one row an event, in the transaction of what it tells of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from models import Event, Part, db, utc_now

KEPT = timedelta(days=1)


def publish(
    topic: str, payload: dict[str, Any], *, part_id: int | None = None, job_id: str | None = None
) -> None:
    db.session.add(Event(topic=topic, payload=payload, part_id=part_id, job_id=job_id))


def announce(part: Part, action: str) -> None:
    """Tell the streams that a part changed or went. Flushes first, so that the version told is the stored one."""
    db.session.flush()
    if part.deleted_at is not None:
        publish("part.deleted", {"id": part.id}, part_id=part.id)
        return
    publish("part.changed", {"id": part.id, "version": part.version, "action": action}, part_id=part.id)


def prune() -> None:
    """Forget events that no client would still resume from."""
    db.session.execute(delete(Event).where(Event.at < utc_now() - KEPT))
