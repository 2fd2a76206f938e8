"""One table from meaning to HTTP: every failure leaves as problem+json (RFC 9457), without its insides."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable

from config import Settings
from models import db
from models import errors as meaning
from routes.part_files import RevisionFailed
from utils import wiring

log = structlog.get_logger()

STATUS: tuple[tuple[type[meaning.DomainError], int], ...] = (
    (meaning.Malformed, 400),
    (meaning.Unauthenticated, 401),
    (meaning.Forbidden, 403),
    (meaning.NotFound, 404),
    (meaning.Conflict, 409),
    (meaning.Stale, 412),
    (meaning.TooLarge, 413),
    (meaning.UnsupportedType, 415),
    (meaning.Invalid, 422),
    (RevisionFailed, 422),
    (meaning.TooMany, 429),
    (meaning.Unavailable, 503),
    (meaning.DiskFull, 507),
)
_SENTENCES = {
    400: ("malformed", "The request could not be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", ""),
    416: ("range_not_satisfiable", "The file ends before the range that was asked."),
    415: ("unsupported_type", "Send JSON with Content-Type: application/json."),
    500: ("internal", "Kerfline itself failed. Nothing was changed; the server's log has the request id."),
}


def problem(
    status: int,
    code: str,
    detail: str,
    details: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    title = HTTPStatus(status).phrase
    body = {
        "type": f"urn:kerfline:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "error": title,
        "details": details or {},
        "requestId": g.get("request_id", ""),
    }
    return Response(orjson.dumps(body), status, headers=headers, content_type="application/problem+json")


def register(app: Flask) -> None:
    app.register_error_handler(meaning.DomainError, _domain)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(StaleDataError, lambda _error: _domain(meaning.Stale()))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(500, _crash)


def _domain(error: meaning.DomainError) -> Response:
    db.session.rollback()
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    headers = {}
    if isinstance(error, meaning.TooMany | meaning.Unavailable):
        headers["Retry-After"] = str(error.retry_after)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, error.code, error.message, error.details, headers)


def http(error: HTTPException) -> Response:
    """Werkzeug's own and the argument parser's refusals."""
    db.session.rollback()
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages") if hasattr(error, "data") else None
    if status == 422 and isinstance(messages, dict):
        return _domain(meaning.Invalid(_fields(messages)))
    code, detail = _SENTENCES.get(
        status, (HTTPStatus(status).phrase.lower().replace(" ", "_"), error.description or "")
    )
    if status == 413:
        most = wiring.get(Settings).max_upload_mb
        detail = f"The request is too large: a file may have {most} MB (MAX_UPLOAD_MB), anything else 1 MB."
    headers = {}
    if status == 405 and getattr(error, "valid_methods", None):
        headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    if isinstance(error, RequestedRangeNotSatisfiable) and error.length is not None:
        headers["Content-Range"] = f"{error.units} */{error.length}"
    return problem(status, code, detail, headers=headers)


def _fields(messages: dict[str, Any]) -> dict[str, list[str]]:
    """All complaints by field; the parser groups them by where the field stood."""
    flat: dict[str, list[str]] = {}
    for place in messages.values():
        for name, complaints in (place if isinstance(place, dict) else {"body": place}).items():
            if name == "_schema":
                flat["body"] = ["Send a JSON object: {…}."]
            else:
                flat[str(name)] = _texts(complaints)
    return flat


def _texts(complaints: Any) -> list[str]:
    if isinstance(complaints, dict):
        return [text for inner in complaints.values() for text in _texts(inner)]
    return [str(text) for text in complaints] if isinstance(complaints, list) else [str(complaints)]


def _database(error: OperationalError) -> Response:
    text = str(error.orig)
    if "locked" in text or "busy" in text:
        return _domain(
            meaning.Unavailable("The database is busy. Try again in a moment.", code="database_busy")
        )
    if "full" in text:
        return _domain(meaning.DiskFull())
    return _crash(error)


def _system(error: OSError) -> Response:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _domain(meaning.DiskFull())
    return _crash(error)


def _crash(error: Exception) -> Response:
    db.session.rollback()
    cause = getattr(error, "original_exception", None) or error
    log.error("request.crashed", path=request.path, exc_info=cause)
    return problem(500, *_SENTENCES[500])
