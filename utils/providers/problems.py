"""Why a service outside did not help, and which setting to look at."""

from __future__ import annotations

from typing import Literal

from models.errors import Unavailable

Code = Literal["not_configured", "unreachable", "unauthorized", "rate_limited", "timed_out", "bad_answer"]


class ProviderError(Unavailable):
    """A service outside did not help; `message` names the setting to look at and never holds a key.

    `retry_after` is in seconds: what the service asked for, or a guess.
    """

    def __init__(self, code: Code, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after or type(self).retry_after
