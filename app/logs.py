"""One structured line a request: id, who, how long; keys are redacted and nothing can forge a line."""

from __future__ import annotations

import logging
import re
import time
import uuid

import structlog
from flask import Flask, Response, g, request

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
log = structlog.get_logger()


def configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),  # escapes line breaks: a name cannot start a new line
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if request.path.startswith(("/api", "/health/ready")):
        actor = g.get("actor")
        log.info(
            "request",
            method=request.method,
            path=request.path,  # without the query: a key may stand there
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            who=actor.name if actor else None,
            key=actor.key_id if actor else None,
            request=g.get("request_id"),
        )
    return response
