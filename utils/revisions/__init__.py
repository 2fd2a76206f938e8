"""A part's CAD in time: each upload is the next revision, and the newest good one is what people see."""

from utils.revisions.history import (
    DEFAULT_OPTIONS,
    add,
    get,
    mark_expired,
    mark_failed,
    of_part,
    read_again,
    resume,
)

__all__ = ["DEFAULT_OPTIONS", "add", "get", "mark_expired", "mark_failed", "of_part", "read_again", "resume"]
