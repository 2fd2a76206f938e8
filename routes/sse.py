"""Server-sent events over the outbox: each stream holds a thread, and neither a transaction nor a session."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from flask import Response, request

from models import db
from models.job import OVER
from utils import wiring
from utils.live import Broadcaster

_HEARTBEAT = b": still here\n\n"
# The browser's own wait before it reconnects, ms.
_OPENING = b"retry: 2000\n\n"


def last_event_id(default: int | None) -> int | None:
    """Where the client left off; nonsense counts as nothing said."""
    raw = request.headers.get("Last-Event-ID") or request.args.get("lastEventId", "")
    return int(raw) if raw.isdecimal() and len(raw) < 19 else default


def stream_everything(after: int | None) -> Response:
    broadcaster = wiring.get(Broadcaster)

    def events() -> Iterator[bytes]:
        yield _OPENING
        for event in broadcaster.listen(after):
            yield _HEARTBEAT if event is None else event.as_sse()

    return _streaming(events())


def stream_job(job_id: str, after: int | None) -> Response:
    """`progress` events, then one `completed`, `failed` or `canceled`, then the end."""
    broadcaster = wiring.get(Broadcaster)

    def events() -> Iterator[bytes]:
        yield _OPENING
        for event in broadcaster.listen(after, job_id):
            if event is None:
                yield _HEARTBEAT
                continue
            status = orjson.loads(event.payload)["status"]
            yield event.as_sse(status if status in OVER else "progress")
            # A job that was tried again has an end in its past: only the newest one closes the stream.
            if status in OVER and not broadcaster.since(event.id, job_id, limit=1):
                return

    return _streaming(events())


def _streaming(events: Iterator[bytes]) -> Response:
    db.session.remove()
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return Response(events, mimetype="text/event-stream", headers=headers, direct_passthrough=True)
