"""How often a key may ask, and how often a wrong key may be tried."""

from __future__ import annotations

import time
from dataclasses import dataclass

from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from models.actor import Actor
from models.errors import TooMany


@dataclass(frozen=True)
class Allowance:
    """What is left of the present window; `reset_s` is in seconds from now, `over` when this one was too many."""

    limit: int
    remaining: int
    reset_s: int
    over: bool
    rule: str

    def check(self) -> None:
        """Raise TooMany when the window was full."""
        if self.over:
            raise TooMany(
                f"That was more than {self.rule}. Wait {max(1, self.reset_s)} s, then go on.", self.reset_s
            )


class Throttle:
    """Counts in `storage`, so that all processes that share it count together."""

    def __init__(self, storage: Storage, by_key: str, by_page: str) -> None:
        self._limiter = FixedWindowRateLimiter(storage)
        self._by_key, self._by_page = by_key, by_page
        self._failure = parse("1 per 2 seconds")

    def count(self, actor: Actor) -> Allowance:
        """Count one request of the actor's, and answer whether it was too many."""
        rule = parse(actor.rate_limit or (self._by_page if actor.by_session else self._by_key))
        who = ("page" if actor.by_session else "key", str(actor.key_id))
        fits = self._limiter.hit(rule, *who)
        window = self._limiter.get_window_stats(rule, *who)
        reset_s = max(0, round(window.reset_time - time.time()))
        return Allowance(rule.amount, max(0, window.remaining), reset_s, not fits, str(rule))

    def count_failure(self, client: str) -> None:
        """Count a wrong key from a client address. Raises TooMany for the second within 2 s."""
        if not self._limiter.hit(self._failure, "wrong-key", client):
            raise TooMany(
                "Too many wrong keys from this address. Wait 2 s, then try again.", 2, "too_many_failures"
            )
