"""API keys: made, found by their secret, revoked; and the one-time links that sign a browser in."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from config import Settings
from models import ApiKey, SignInLink, db, utc_now
from models.actor import Actor
from models.errors import NotFound, Unauthenticated
from utils import wiring
from utils.auth.scopes import SCOPES_BY_ROLE

LINK_LIFE = timedelta(minutes=30)
_SEEN_EVERY = timedelta(minutes=1)


def digest(secret: str) -> str:
    """HMAC-SHA-256 under the server's secret: a stolen database alone cannot test guesses."""
    pepper, guess = wiring.get(Settings).secret_key.encode(), secret.encode(errors="surrogatepass")
    return hmac.new(pepper, guess, hashlib.sha256).hexdigest()


def create(name: str, role: str, secret: str | None = None) -> tuple[ApiKey, str]:
    """A new key and its secret, which is not kept and cannot be shown again."""
    secret = secret or f"kf_{secrets.token_urlsafe(32)}"
    key = ApiKey(name=name, role=role, prefix=secret[:7], digest=digest(secret))
    db.session.add(key)
    db.session.flush()
    return key, secret


def find(secret: str) -> ApiKey | None:
    """The good key with this secret, or None."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.digest == digest(secret)))
    return key if key is not None and key.is_good(utc_now()) else None


def by_id(key_id: int) -> ApiKey | None:
    key = db.session.get(ApiKey, key_id)
    return key if key is not None and key.is_good(utc_now()) else None


def any_admin() -> ApiKey | None:
    keys = db.session.scalars(select(ApiKey).where(ApiKey.role == "admin").order_by(ApiKey.id))
    return next((key for key in keys if key.is_good(utc_now())), None)


def revoke(key_id: int) -> ApiKey:
    key = db.session.get(ApiKey, key_id)
    if key is None:
        raise NotFound(f"There is no key {key_id}.")
    key.revoked_at = key.revoked_at or utc_now()
    return key


def actor_of(key: ApiKey, *, by_session: bool) -> Actor:
    return Actor(key.name, key.id, key.role, SCOPES_BY_ROLE[key.role], by_session, key.rate_limit)


def needs_seen_mark(key: ApiKey, now: datetime) -> bool:
    return key.last_used_at is None or now - key.last_used_at > _SEEN_EVERY


def mark_seen(key_id: int, now: datetime) -> None:
    """Note the last use; callers ask `needs_seen_mark` first, so that reading does not write each time."""
    db.session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))


def make_link(key: ApiKey) -> str:
    """A token that signs one browser in as `key`, once, within LINK_LIFE."""
    token = secrets.token_urlsafe(24)
    db.session.add(SignInLink(digest=digest(token), key_id=key.id, expires_at=utc_now() + LINK_LIFE))
    return token


def redeem_link(token: str) -> ApiKey:
    """The key behind a sign-in link, which is then used up. Raises Unauthenticated when it is no good."""
    now = utc_now()
    used = db.session.execute(
        update(SignInLink)
        .where(SignInLink.digest == digest(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink.key_id)
    ).scalar()
    key = by_id(used) if used is not None else None
    if key is None:
        raise Unauthenticated(
            "This sign-in link was used already or is too old. Restart Kerfline for a new one, or use a key.",
            code="link_used_up",
        )
    return key
