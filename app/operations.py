"""What each operation of the OpenAPI document says beyond its own decorators: names, scopes, headers, refusals."""

from __future__ import annotations

import re
from typing import Any

from apispec import APISpec, BasePlugin
from flask import Flask
from marshmallow import Schema, fields
from werkzeug.routing import Rule

Operation = dict[str, Any]

_WRITING = {"post", "put", "patch", "delete"}
_MEANINGS = {
    401: "No key, or one that is not known here.",
    403: "The key may not do this.",
    404: "There is no such thing.",
    409: "The workflow does not allow it from where the part or the job stands; `code` and `detail` say why.",
    412: "The part was changed since the version in `If-Match`.",
    415: "The body is of a kind that is not taken here.",
    422: "Something sent is not valid; `details.fields` has every complaint.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
}
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The `ETag` of the version that you saw; without it the last write wins.",
}
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "A word of your own for this request: sent again within 24 h it is answered again, not done twice.",
}


class Problem(Schema):
    """A refusal, as RFC 9457 has it."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String(metadata={"description": "One sentence for people."})
    code = fields.String(metadata={"description": "A word for programs, which stays the same."})
    error = fields.String(metadata={"description": "The same as `title`."})
    details = fields.Dict()
    request_id = fields.String(
        data_key="requestId", metadata={"description": "What the server's log has it under."}
    )


class OperationPlugin(BasePlugin):
    """Fills in what follows from an operation's address, its method and the scope that it requires."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def init_spec(self, spec: APISpec) -> None:
        super().init_spec(spec)
        for status, meaning in {**_MEANINGS, 0: "Any other refusal."}.items():
            content = {"application/problem+json": {"schema": Problem}}
            spec.components.response(_name(status), {"description": meaning, "content": content}, lazy=True)

    def operation_helper(
        self, path: str | None = None, operations: dict[str, Operation] | None = None, **kwargs: Any
    ) -> None:
        rule: Rule = kwargs["rule"]
        scope = getattr(self._app.view_functions[rule.endpoint], "required_scope", None)
        for method, operation in (operations or {}).items():
            if method in _WRITING | {"get"}:
                _name_it(operation, rule, method, several=len(operations or {}) > 1)
                _say_who_may(operation, scope)
                _add_headers(operation, rule, method, scope)
                _add_refusals(operation, rule, method, scope)


def _name(status: int) -> str:
    return f"Problem{status or ''}"


def _name_it(operation: Operation, rule: Rule, method: str, *, several: bool) -> None:
    """An operationId, and of a long docstring only the first clause as summary, which is plain text."""
    operation["operationId"] = rule.endpoint.replace(".", "_") + (f"_{method}" if several else "")
    sentence = operation["summary"]
    operation["summary"] = re.split(r"; |: | \(", sentence)[0].replace("`", "").rstrip(".")
    operation.setdefault("description", sentence)


def _say_who_may(operation: Operation, scope: str | None) -> None:
    if scope is None:
        operation["security"] = []
    else:
        operation["description"] += f"\n\nNeeds the scope `{scope}`."


def _add_headers(operation: Operation, rule: Rule, method: str, scope: str | None) -> None:
    parameters = operation.setdefault("parameters", [])
    if _guarded(rule, method):
        parameters.append(_IF_MATCH)
    if method == "post" and scope is not None:
        parameters.append(_IDEMPOTENCY_KEY)


def _add_refusals(operation: Operation, rule: Rule, method: str, scope: str | None) -> None:
    """Keeps what a route says itself; the argument parser's 422 and the default are named as they are sent."""
    stated = operation["responses"]
    refusals = ({401, 403, 429} if scope else set()) | ({404} if rule.arguments else set())
    if _guarded(rule, method):
        refusals |= {409, 412}
    if rule.endpoint.startswith("jobs.") and method in _WRITING:
        refusals |= {409}
    if method in _WRITING and "requestBody" in operation:
        refusals |= {415}
    if any(str(status) == "422" for status in stated) or "requestBody" in operation:
        refusals |= {422}
    stated.update({str(status): _name(status) for status in refusals})
    stated.pop(422, None)
    stated["default"] = _name(0)
    if not any(str(status).startswith("2") for status in stated):
        stated["200"] = {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
    operation["responses"] = dict(sorted(stated.items(), key=lambda each: str(each[0])))


def _guarded(rule: Rule, method: str) -> bool:
    """Whether it changes where or what a part is, and so looks at If-Match."""
    return (rule.endpoint.startswith("lifecycle.") and method == "post") or (
        rule.endpoint in {"parts.change", "parts.delete"}
    )
