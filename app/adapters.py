"""What the settings choose, built once: storage, queue, worker, sandbox, counters, live events."""

from __future__ import annotations

from flask import Flask

import utils.tasks  # noqa: F401  (registers the job bodies)
from config import Settings
from models import db
from utils import wiring
from utils.auth.counters import SqliteCounters
from utils.auth.throttle import Throttle
from utils.jobs import DatabaseQueue, Queue, Worker
from utils.live import Broadcaster
from utils.sandbox import Sandbox
from utils.storage import LocalStorage, Storage


def provide(app: Flask, settings: Settings) -> None:
    queue = DatabaseQueue()
    counters = SqliteCounters(settings.data / "counters.sqlite")
    wiring.provide(app, Settings, settings)
    wiring.provide(app, Storage, LocalStorage(settings.files))
    wiring.provide(app, Queue, queue)
    wiring.provide(app, SqliteCounters, counters)
    wiring.provide(app, Throttle, Throttle(counters, settings.rate_limit_default, settings.rate_limit_page))
    wiring.provide(app, Sandbox, Sandbox(settings.scratch))
    wiring.provide(
        app, Worker, Worker(app, queue, count=settings.job_workers, lease_s=float(settings.job_lease_s))
    )
    with app.app_context():
        wiring.provide(app, Broadcaster, Broadcaster(db.engine))
