"""Server-sent events over the outbox: each stream holds a thread, and neither a transaction nor a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Response, request

from models import Job, JobStatus, db
from models.job import OVER
from utils import wiring
from utils.jobs import ledger
from utils.live import Broadcaster
from utils.live.broadcast import LiveEvent

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


def stream_job(job: Job, after: int | None) -> Response:
    """`progress` events, then one `completed`, `failed` or `canceled`, then the end.

    A client that comes back with the id of the last one is told by a 204 not to come again.
    """
    broadcaster, job_id = wiring.get(Broadcaster), job.id
    if job.is_over and not broadcaster.since(after or 0, job_id, limit=1):
        if after is not None:
            return Response(status=204)
        # It was over so long ago that its events are forgotten.
        last = LiveEvent(broadcaster.latest(), "job.progress", job_id, orjson.dumps(ledger.told(job)))
        return _streaming(iter([_OPENING, last.as_sse(_end_of(ledger.told(job)))]))

    def events() -> Iterator[bytes]:
        yield _OPENING
        for event in broadcaster.listen(after or 0, job_id):
            if event is None:
                yield _HEARTBEAT
                continue
            end = _end_of(orjson.loads(event.payload))
            # A job that was tried again has an end in its past: only the newest one is the end.
            if end and not broadcaster.since(event.id, job_id, limit=1):
                yield event.as_sse(end)
                return
            yield event.as_sse("progress")

    return _streaming(events())


def _end_of(told: dict[str, Any]) -> str | None:
    """The name of the event that ends a stream, None while the job goes on."""
    if told["status"] == JobStatus.EXPIRED:
        return "failed" if told["error"] else "completed"
    return str(told["status"]) if told["status"] in OVER else None


def _streaming(events: Iterator[bytes]) -> Response:
    db.session.remove()
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return Response(events, mimetype="text/event-stream", headers=headers, direct_passthrough=True)
