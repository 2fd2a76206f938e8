"""Reading bodies: JSON as RFC 8259 has it, urlencoded for simple clients, anything else refused by its kind."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

import flask_smorest
from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser

from models.errors import Malformed, UnsupportedType

View = TypeVar("View", bound=Callable[..., Any])
FORM = "application/x-www-form-urlencoded"


def read_json(body: bytes) -> Any:
    """The value in `body`. Raises Malformed, also for numbers that JSON does not have and for bottomless nesting."""
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not valid JSON.") from error


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError("not a JSON number")
    return value


class BodyParser(FlaskParser):
    """What `@bp.arguments` reads a body with; no body at all counts as one without members."""

    def _raw_load_json(self, req: Request) -> Any:
        if req.mimetype == FORM:
            return req.form.to_dict()
        if not req.is_json:
            if req.content_length or "Transfer-Encoding" in req.headers:
                raise UnsupportedType("Send JSON with Content-Type: application/json.")
            return core.missing
        body = req.get_data(cache=True)
        return read_json(body) if body else core.missing


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = BodyParser()

    @staticmethod
    def sends(*media_types: str, **parameters: str) -> Callable[[View], View]:
        """Tell the OpenAPI document that a view answers 200 with bytes of `media_types`.

        `parameters` are the query's or, with a capital, the headers' that the view reads itself: name → sentence.
        """
        content = {each: {"schema": {"type": "string", "format": "binary"}} for each in media_types}
        said = [
            {
                "in": "header" if name[0].isupper() else "query",
                "name": name.replace("_", "-"),
                "schema": {"type": "string"},
                "description": sentence,
            }
            for name, sentence in parameters.items()
        ]
        documented: Callable[[View], View] = flask_smorest.Blueprint.doc(
            responses={"200": {"description": "OK", "content": content}}, parameters=said
        )
        return documented
