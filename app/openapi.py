"""The OpenAPI 3.1 document, made from the routes, at /api/openapi.json."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from app import errors
from config import VERSION

CONFIG = {
    "API_TITLE": "Kerfline",
    "API_VERSION": VERSION,
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "security": [{"apiKey": []}, {"bearer": []}, {"session": []}],
        "components": {
            "securitySchemes": {
                "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "kerfline_session"},
            }
        },
    },
}


class ProblemApi(Api):
    """flask-smorest's Api, with our problem+json instead of its own error bodies."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        response: Response = errors.http(error)
        return response
