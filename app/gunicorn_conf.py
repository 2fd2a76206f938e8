"""How gunicorn serves Kerfline: one process of many threads, since every open page holds a stream."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Any

from app import serving


def _host_for_bind(host: str) -> str:
    return f"[{host}]" if ":" in host else host


bind = f"{_host_for_bind(os.environ.get('HOST') or '127.0.0.1')}:{os.environ.get('PORT') or '5000'}"
worker_class = "app.web_worker.WebWorker"
workers = int(os.environ.get("WEB_WORKERS") or 1)
threads = int(os.environ.get("WEB_THREADS") or 256)
worker_connections = threads + 1000

# For a worker that hangs. Streams may stay open for hours: a gthread worker's own loop tells that it lives.
timeout = 120
# How long a stop waits for requests that run; streams are ended at once.
graceful_timeout = 4
keepalive = 30

# The app logs each request itself, and decides itself which proxies to trust.
accesslog = None
loglevel = "warning"
forwarded_allow_ips = ""
control_socket_disable = True

_banner = os.environ.pop("KERFLINE_BANNER", "")


def when_ready(server: Any) -> None:
    """Tell the address once the port is really open."""
    if _banner:
        print(_banner, flush=True)


def post_worker_init(worker: Any) -> None:
    """Start what runs beside the requests, after the fork: threads do not survive one."""
    serving.start(worker.wsgi)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        _end_streams_on(number, worker)


def _end_streams_on(number: signal.Signals, worker: Any) -> None:
    """gunicorn waits for requests that run before it stops, and has no hook before that wait."""
    gunicorns_own: Any = signal.getsignal(number)

    def handle(received: int, frame: FrameType | None) -> None:
        # In a thread: a signal may come while this one holds the lock that ending streams needs.
        threading.Thread(target=serving.end_streams, args=(worker.wsgi,)).start()
        gunicorns_own(received, frame)

    signal.signal(number, handle)


def worker_exit(_server: Any, worker: Any) -> None:
    """Hand running jobs back, so that the next start goes on with them at once."""
    if getattr(worker, "wsgi", None) is not None:
        serving.stop(worker.wsgi)
