"""What can go wrong, by meaning; `app/errors.py` is the one place that turns these into HTTP."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A failure that a person can act on.

    `code` is a stable snake_case word for programs, `message` a sentence for people, `details` a
    JSON-able object with what the sentence is about.
    """

    code = "error"
    message = "That did not work."

    def __init__(self, message: str | None = None, *, code: str | None = None, **details: Any) -> None:
        self.message = message or self.message
        self.code = code or self.code
        self.details = details
        super().__init__(self.message)


class Malformed(DomainError):
    code = "malformed"


class Unauthenticated(DomainError):
    code = "unauthenticated"
    message = "Send an API key (X-API-Key) or sign in."


class Forbidden(DomainError):
    code = "forbidden"


class NotFound(DomainError):
    code = "not_found"
    message = "There is nothing here."


class Conflict(DomainError):
    """The thing's present state does not allow this."""

    code = "conflict"


class Stale(DomainError):
    code = "stale"
    message = "Somebody changed this since you read it. Read it again, then repeat your change."


class TooLarge(DomainError):
    code = "too_large"


class UnsupportedType(DomainError):
    code = "unsupported_type"


class Invalid(DomainError):
    """Some fields are wrong; `details["fields"]` has every complaint by field."""

    code = "invalid"

    def __init__(self, fields: dict[str, list[str]], message: str | None = None) -> None:
        first = next(iter(fields.items()), ("", [""]))
        super().__init__(message or f"{first[0]}: {first[1][0]}", fields=fields)


class TooMany(DomainError):
    """Wait `retry_after` seconds."""

    code = "too_many_requests"

    def __init__(self, message: str, retry_after: int, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = max(1, retry_after)


class Unavailable(DomainError):
    """A part of the system is down for now; `retry_after` is in seconds."""

    code = "unavailable"
    retry_after = 5


class DiskFull(DomainError):
    code = "disk_full"
    message = "The server's disk is full. Nothing was stored; free some space and send it again."
