"""The mark that each change leaves: an activity and a live event, in the transaction of the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import Part
from models.actor import Actor
from utils import activity, live
from utils.parts.names import camel

WORKFLOW = ("category", "status", "assigned", "completed_amount", "type")


def snapshot(part: Part) -> dict[str, Any]:
    """The members that the workflow changes, as the API names them."""
    return {camel(name): getattr(part, name) for name in WORKFLOW}


def leave(
    action: str,
    part: Part,
    by: Actor,
    *,
    was: dict[str, Any] | None = None,
    now: dict[str, Any] | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> None:
    """Record `action` with only those members that differ between `was` and `now`."""
    was, now = was or {}, now or {}
    changed = {name for name in {*was, *now} if was.get(name) != now.get(name)}
    activity.record(
        action,
        part,
        by,
        before={name: was[name] for name in changed if name in was},
        after={name: now[name] for name in changed if name in now},
        note=note,
        at=at,
    )
    live.announce(part, action)
