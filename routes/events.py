"""One live stream of everything that the key may see."""

from __future__ import annotations

from flask import Response

from routes.contract import requires
from routes.reading import Blueprint
from routes.sse import last_event_id, stream_everything

bp = Blueprint("events", __name__, url_prefix="/events", description="Live changes")


@bp.get("/")
@requires("parts:read")
@bp.sends("text/event-stream", Last_Event_ID="The id of the last event that you have.")
def stream() -> Response:
    """Server-sent events: `part.changed`, `part.deleted`, `job.progress`; resumable by Last-Event-ID."""
    return stream_everything(after=last_event_id(default=None))
