"""Job bodies by kind: what to run, and what to set right when it failed for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import Job

if TYPE_CHECKING:
    from utils.jobs.context import JobContext

Body = Callable[["JobContext"], None]
OnFailure = Callable[[Job, str, str], None]
OnExpiry = Callable[[Job], None]


@dataclass(frozen=True)
class Kind:
    body: Body
    on_failure: OnFailure
    on_expiry: OnExpiry | None = None


_kinds: dict[str, Kind] = {}


def body(kind: str, *, on_failure: OnFailure, on_expiry: OnExpiry | None = None) -> Callable[[Body], Body]:
    """Register a body. `on_failure(job, code, message)` runs in the transaction that fails the job, `on_expiry(job)`
    in the one that takes its artifacts.
    """

    def register(function: Body) -> Body:
        _kinds[kind] = Kind(function, on_failure, on_expiry)
        return function

    return register


def kind_of(job_kind: str) -> Kind | None:
    return _kinds.get(job_kind)
