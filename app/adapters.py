"""What the settings choose, built once: storage, queue, worker, sandboxes, providers, counters, live events."""

from __future__ import annotations

from flask import Flask

import utils.tasks  # noqa: F401  (registers the job bodies)
from config import Settings
from models import db
from utils import wiring
from utils.auth.counters import SqliteCounters
from utils.auth.throttle import Throttle
from utils.cad import drawing
from utils.cad.exact.kernel import Kernel
from utils.jobs import DatabaseQueue, Queue, Worker
from utils.live import Broadcaster
from utils.providers.chat import Chat
from utils.sandbox import Sandbox
from utils.storage import LocalStorage, Storage

# What the children that convert and render would otherwise import each for itself.
_PREVIEW_MODULES = ("cascadio", "numpy", "PIL.Image", "utils.cad.reading", "utils.cad.views.drawing")


def provide(app: Flask, settings: Settings) -> None:
    queue = DatabaseQueue()
    counters = SqliteCounters(settings.data / "counters.sqlite")
    wiring.provide(app, Settings, settings)
    wiring.provide(app, Storage, LocalStorage(settings.files))
    wiring.provide(app, Queue, queue)
    wiring.provide(app, SqliteCounters, counters)
    wiring.provide(app, Throttle, Throttle(counters, settings.rate_limit_default, settings.rate_limit_page))
    wiring.provide(app, Sandbox, Sandbox(settings.scratch, preload=_PREVIEW_MODULES))
    wiring.provide(app, Kernel, Kernel(settings.scratch, preload=drawing.PRELOAD))
    chat = Chat(
        settings.llm_base_url,
        settings.llm_api_key,
        settings.llm_model,
        timeout_s=float(settings.llm_timeout_s),
    )
    wiring.provide(app, Chat, chat)
    wiring.provide(
        app, Worker, Worker(app, queue, count=settings.job_workers, lease_s=float(settings.job_lease_s))
    )
    with app.app_context():
        wiring.provide(app, Broadcaster, Broadcaster(db.engine))
