"""The page's session: a signed cookie that names a key, so that revoking the key ends it."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer

from config import Settings
from utils import wiring

COOKIE = "kerfline_session"
LIFE_S = 30 * 24 * 3600


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(wiring.get(Settings).secret_key, salt="kerfline-session")


def issue(key_id: int) -> str:
    return str(_signer().dumps(key_id))


def read(cookie: str) -> int | None:
    """The key's id, or None for a cookie that is forged or older than LIFE_S."""
    try:
        key_id = _signer().loads(cookie, max_age=LIFE_S)
    except BadData:
        return None
    return key_id if isinstance(key_id, int) else None
