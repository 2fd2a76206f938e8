"""The OpenAPI 3.1 document, made from the routes, at /api/openapi.json."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from app import errors
from app.operations import OperationPlugin, Problem
from config import VERSION
from routes.schemas.base import Utc
from utils.auth import sessions

_DESCRIPTION = """\
Parts from CAD to done. Every address answers under `/api/v1` too, with or without a slash at its end.
Send a key as `X-API-Key`. Times are ISO 8601 UTC; lengths are millimetres, as each member's name says.
Refusals are `application/problem+json` (RFC 9457).
"""


def config(base_path: str) -> dict[str, Any]:
    """Flask-smorest's settings; `base_path` is where clients find the addresses of the document."""
    schemes = {
        "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        "bearer": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": sessions.COOKIE},
    }
    return {
        "API_TITLE": "Kerfline",
        "API_VERSION": VERSION,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api",
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {
            "info": {"description": _DESCRIPTION},
            "servers": [{"url": base_path or "/"}],
            "security": [{name: []} for name in schemes],
            "components": {"securitySchemes": schemes},
        },
    }


class ProblemApi(Api):
    """flask-smorest's Api, with our problem+json instead of its own error bodies."""

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask) -> None:
        super().__init__(app, spec_kwargs={"extra_plugins": [OperationPlugin(app)]})
        self.register_field(Utc, "string", "date-time")

    def handle_http_exception(self, error: HTTPException) -> Any:
        response: Response = errors.http(error)
        return response
