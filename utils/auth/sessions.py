"""The page's sessions: a random token in a cookie, a row that ties it to a key. Either one ends it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from models import ApiKey, PageSession, db, utc_now
from utils.auth.keys import digest

COOKIE = "kerfline_session"
LIFE = timedelta(days=30)
LIFE_S = int(LIFE.total_seconds())


def issue(key: ApiKey) -> str:
    """A new session's token; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    db.session.add(PageSession(digest=digest(token), key_id=key.id, expires_at=utc_now() + LIFE))
    return token


def key_of(token: str) -> ApiKey | None:
    """The key behind a session, or None when the session is over or its key is no longer good."""
    now = utc_now()
    key = db.session.scalar(
        select(ApiKey)
        .join(PageSession, PageSession.key_id == ApiKey.id)
        .where(PageSession.digest == digest(token), PageSession.expires_at > now)
    )
    return key if key is not None and key.is_good(now) else None


def end(token: str) -> None:
    db.session.execute(delete(PageSession).where(PageSession.digest == digest(token)))


def prune() -> None:
    """Forget sessions that are over."""
    db.session.execute(delete(PageSession).where(PageSession.expires_at <= utc_now()))
