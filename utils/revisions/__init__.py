"""A part's CAD in time: each upload is the next revision, and the newest good one is what people see."""

from utils.revisions.history import add, get, mark_failed, of_part, resume
from utils.revisions.preview import Preview, cached_preview, publish

__all__ = ["Preview", "add", "cached_preview", "get", "mark_failed", "of_part", "publish", "resume"]
