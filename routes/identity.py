"""Who sent this request: a key in one of its four places, or the page's session cookie."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app, g, request

from config import Settings
from models import ApiKey, db, utc_now
from models.actor import Actor
from models.base import only_reading
from models.errors import Forbidden, Malformed, Unauthenticated
from routes.reading import FORM, read_json
from utils import wiring
from utils.auth import keys, sessions
from utils.auth.throttle import Throttle

_SAFE = {"GET", "HEAD", "OPTIONS"}


def identify() -> Actor:
    """The actor behind this request. Raises Unauthenticated, TooMany (wrong keys) or Forbidden (foreign page)."""
    with only_reading():
        actor, seen = _look_up()
        db.session.rollback()
    if seen:
        keys.mark_seen(*seen)
        db.session.commit()
    return actor


def _look_up() -> tuple[Actor, tuple[int, datetime] | None]:
    secret, from_query = _sent_key()
    by_session = secret is None
    key = _key_of_session() if secret is None else keys.find(secret)
    if key is None:
        if secret is not None:
            wiring.get(Throttle).count_failure(request.remote_addr or "unknown")
            raise Unauthenticated("This API key is not known here, or was revoked.", code="invalid_key")
        raise Unauthenticated()
    if from_query:
        _refuse_in_query(key)
    now = utc_now()
    return keys.actor_of(key, by_session=by_session), (key.id, now) if keys.needs_seen_mark(
        key, now
    ) else None


def _sent_key() -> tuple[str | None, bool]:
    """The key and whether it stood in the query."""
    header = request.headers.get("X-API-Key")
    if header:
        return header.strip(), False
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip(), False
    if "api_key" in request.args:
        return request.args["api_key"], True
    return _key_in_body(), False


def _key_in_body() -> str | None:
    # Not in multipart: nobody uploads before he is known.
    if request.mimetype == FORM:
        return request.form.get("api_key")
    if not request.is_json:
        return None
    try:
        body = read_json(request.get_data(cache=True))
    except Malformed:
        return None
    found = body.get("api_key") if isinstance(body, dict) else None
    return found if isinstance(found, str) else None


def _refuse_in_query(key: ApiKey) -> None:
    if not wiring.get(Settings).api_key_in_query:
        raise Unauthenticated(
            "Keys in the address are turned off here. Send it as X-API-Key.", code="key_in_query"
        )
    if key.role == "admin":
        raise Unauthenticated(
            "An admin key is never taken from the address. Send it as X-API-Key.", code="key_in_query"
        )


def _key_of_session() -> ApiKey | None:
    cookie = request.cookies.get(sessions.COOKIE)
    key = sessions.key_of(cookie) if cookie else None
    if key is not None and request.method not in _SAFE and not _from_own_page():
        raise Forbidden("This request did not come from Kerfline's own page.", code="foreign_origin")
    return key


def _from_own_page() -> bool:
    """Same-origin proof for cookies: what the browser says of itself and no page can forge."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def actor() -> Actor:
    """The identified actor of this request; only behind `@requires`."""
    found: Actor = g.actor
    return found


def secure_cookies() -> bool:
    setting = wiring.get(Settings).cookie_secure
    return request.is_secure if setting == "auto" else setting == "1"


def cookie_path() -> str:
    return f"{current_app.config['BASE_PATH']}/"
