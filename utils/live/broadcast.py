"""One reader a process follows the outbox and hands each event to every open stream."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
import structlog
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from models import Event
from models.base import only_reading

POLL_S = 0.25
HEARTBEAT_S = 15.0
_BATCH = 500
_BACKLOG = 1000
log = structlog.get_logger()


@dataclass(frozen=True)
class LiveEvent:
    id: int
    topic: str
    job_id: str | None
    payload: bytes

    def as_sse(self, name: str | None = None) -> bytes:
        """The event as text/event-stream has it (WHATWG HTML, 9.2)."""
        return b"id: %d\nevent: %s\ndata: %s\n\n" % (self.id, (name or self.topic).encode(), self.payload)


class Broadcaster:
    """Polls only while somebody listens; SQLite has no push, and a quarter second is soon enough for eyes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._listeners: set[queue.Queue[LiveEvent | None]] = set()
        self._thread: threading.Thread | None = None
        self._last = 0
        self._closed = False

    def close(self) -> None:
        """End every stream: the server stops, and must not wait for clients that listen for ever."""
        with self._lock:
            self._closed = True
            for inbox in self._listeners:
                _end(inbox)

    def latest(self) -> int:
        with only_reading(), self._engine.connect() as connection:
            return connection.scalar(select(func.coalesce(func.max(Event.id), 0))) or 0

    def since(self, last: int, job_id: str | None = None, limit: int = _BATCH) -> list[LiveEvent]:
        """Events after id `last`, oldest first."""
        wanted = select(Event.id, Event.topic, Event.job_id, Event.payload).where(Event.id > last)
        if job_id is not None:
            wanted = wanted.where(Event.job_id == job_id)
        with only_reading(), self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(Event.id).limit(limit)).all()
        return [LiveEvent(row.id, row.topic, row.job_id, orjson.dumps(row.payload)) for row in rows]

    def listen(self, after: int | None, job_id: str | None = None) -> Iterator[LiveEvent | None]:
        """Each event after id `after` (from now when None), without end; None each HEARTBEAT_S of silence."""
        inbox: queue.Queue[LiveEvent | None] = queue.Queue(_BACKLOG)
        last = self._join(inbox) if after is None else after
        try:
            if after is not None:
                self._join(inbox)
                for event in self._missed(after, job_id):
                    last = event.id
                    yield event
            while True:
                try:
                    event_or_end = inbox.get(timeout=HEARTBEAT_S)
                except queue.Empty:
                    yield None
                    continue
                if event_or_end is None:  # too slow, or a stop: the browser reconnects and resumes by id
                    return
                if event_or_end.id > last and (job_id is None or event_or_end.job_id == job_id):
                    last = event_or_end.id
                    yield event_or_end
        finally:
            with self._lock:
                self._listeners.discard(inbox)

    def _missed(self, after: int, job_id: str | None) -> Iterator[LiveEvent]:
        while batch := self.since(after, job_id):
            yield from batch
            after = batch[-1].id

    def _join(self, inbox: queue.Queue[LiveEvent | None]) -> int:
        with self._lock:
            if self._thread is None:
                self._last = self.latest()
                self._thread = threading.Thread(target=self._follow, name="live", daemon=True)
                self._thread.start()
            self._listeners.add(inbox)
            if self._closed:
                _end(inbox)
            return self._last

    def _follow(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(POLL_S)
            with self._lock:
                if not self._listeners:
                    self._thread = None
                    return
            try:
                news = self.since(self._last)
            except SQLAlchemyError as error:
                log.warning("live.missed", error=str(error))  # a busy or full disk passes: look again
                continue
            for event in news:
                self._last = event.id
                self._hand_out(event)

    def _hand_out(self, event: LiveEvent) -> None:
        with self._lock:
            for inbox in list(self._listeners):
                try:
                    inbox.put_nowait(event)
                except queue.Full:
                    self._listeners.discard(inbox)
                    _end(inbox)


def _end(inbox: queue.Queue[LiveEvent | None]) -> None:
    """Let the stream behind `inbox` end, even when it has no room left for that."""
    if inbox.full():
        inbox.get_nowait()
    inbox.put_nowait(None)
