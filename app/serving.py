"""What runs beside the requests in a server process: the job worker and the hourly housekeeping."""

from __future__ import annotations

import atexit
import threading
import time
from datetime import timedelta

import structlog
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from config import Settings
from models import RememberedAnswer, db, utc_now
from utils import live, sandbox, wiring
from utils.auth import sessions
from utils.auth.counters import SqliteCounters
from utils.cad.exact.kernel import Kernel
from utils.jobs import Worker, expiry

HOUSEKEEPING_S = 3600.0
_KERNEL_IDLE_S = 900.0
_KERNEL_LOOK_S = 60.0
_ANSWERS_KEPT = timedelta(hours=24)
_SCRATCH_KEPT_S = 6 * 3600.0
log = structlog.get_logger()


def start(app: Flask) -> None:
    """Called once in each server process, after its fork: threads do not survive one."""
    with app.app_context():
        wiring.get(Worker).start()
    threading.Thread(target=_housekeeping, args=(app,), name="housekeeping", daemon=True).start()


def served() -> Flask:
    """An application already at work, for servers that have no hook after their start (waitress)."""
    app = create_app()
    start(app)
    atexit.register(stop, app)
    return app


def end_streams(app: Flask) -> None:
    """Let every open event stream end; without this a stop would wait for each browser."""
    with app.app_context():
        wiring.get(live.Broadcaster).close()


def stop(app: Flask) -> None:
    """Hand running jobs back and end the sandbox's children."""
    with app.app_context():
        wiring.get(Worker).stop()
        wiring.get(sandbox.Sandbox).close()
        wiring.get(Kernel).close()


def _housekeeping(app: Flask) -> None:
    pause = threading.Event()
    next_sweep = 0.0
    while True:
        with app.app_context():
            wiring.get(Kernel).rest(_KERNEL_IDLE_S)
            if time.monotonic() >= next_sweep:
                next_sweep = time.monotonic() + HOUSEKEEPING_S
                _swept()
        pause.wait(_KERNEL_LOOK_S)


def _swept() -> None:
    try:
        sweep()
    except (SQLAlchemyError, OSError) as error:
        log.error("housekeeping.failed", error=str(error))


def sweep() -> None:
    """Forget what is past its time: events, sessions, remembered answers, counters, orphaned scratch files."""
    live.prune()
    sessions.prune()
    db.session.execute(
        delete(RememberedAnswer).where(RememberedAnswer.created_at < utc_now() - _ANSWERS_KEPT)
    )
    db.session.commit()
    wiring.get(SqliteCounters).sweep()
    expiry.sweep(wiring.get(Settings).artifact_ttl_days)
    sandbox.sweep(wiring.get(Settings).scratch, _SCRATCH_KEPT_S)
