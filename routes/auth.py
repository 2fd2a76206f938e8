"""The page's session: opened with a key or a one-time link, closed by signing out."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from marshmallow import fields, validate

from models import ApiKey, db
from models.base import only_reading
from models.errors import Invalid, Unauthenticated
from routes.contract import requires
from routes.identity import actor, cookie_path, secure_cookies
from routes.reading import Blueprint
from routes.schemas.base import CamelSchema
from utils import wiring
from utils.auth import keys, sessions
from utils.auth.throttle import Throttle

bp = Blueprint("auth", __name__, url_prefix="/auth", description="Signing in and out")


class SessionIn(CamelSchema):
    api_key = fields.String(load_default=None, validate=validate.Length(max=500))
    sign_in_token = fields.String(load_default=None, validate=validate.Length(max=500))


class SessionOut(CamelSchema):
    name = fields.String()
    role = fields.String()
    scopes = fields.Function(
        lambda a: sorted(a.scopes), metadata={"type": "array", "items": {"type": "string"}}
    )


@bp.post("/session")
@bp.arguments(SessionIn)
@bp.response(200, SessionOut)
def sign_in(args: dict[str, Any]) -> Any:
    """Open a session: answers who you are and sets an HttpOnly cookie."""
    key = _key(args)
    response = jsonify(SessionOut().dump(keys.actor_of(key, by_session=True)))
    response.set_cookie(
        sessions.COOKIE,
        sessions.issue(key),
        max_age=sessions.LIFE_S,
        path=cookie_path(),
        httponly=True,
        secure=secure_cookies(),
        samesite="Strict",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _key(args: dict[str, Any]) -> ApiKey:
    client = request.remote_addr or "unknown"
    if args["api_key"]:
        with only_reading():
            key = keys.find(args["api_key"].strip())
        db.session.rollback()  # what begins as reading is refused at once when it comes to write
        if key is None:
            wiring.get(Throttle).count_failure(client)
            raise Unauthenticated("This key is not known here, or was revoked.", code="invalid_key")
        return key
    if args["sign_in_token"]:
        return _redeemed(args["sign_in_token"], client)
    raise Invalid({"apiKey": ["Send an apiKey, or the signInToken of a sign-in link."]})


def _redeemed(token: str, client: str) -> ApiKey:
    try:
        return keys.redeem_link(token)
    except Unauthenticated:
        db.session.rollback()
        wiring.get(Throttle).count_failure(client)
        raise


@bp.get("/session")
@requires("parts:read")
@bp.response(200, SessionOut)
def who_am_i() -> Any:
    """Who this session or key is."""
    return actor(), {"Cache-Control": "no-store"}


@bp.delete("/session")
@bp.doc(responses={"204": {"description": "The session is over and its cookie is gone."}})
def sign_out() -> Response:
    """End this browser's session."""
    token = request.cookies.get(sessions.COOKIE)
    if token:
        sessions.end(token)
    response = Response(status=204)
    response.delete_cookie(sessions.COOKIE, path=cookie_path(), httponly=True, samesite="Strict")
    return response
