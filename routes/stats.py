"""Counts for the people who plan, and who finished how many."""

from __future__ import annotations

from typing import Any

from models import utc_now
from routes.contract import requires
from routes.identity import actor
from routes.reading import Blueprint
from utils.parts import stats as counting

bp = Blueprint("stats", __name__, url_prefix="/parts", description="Where the work stands")


@bp.get("/stats")
@requires("parts:read")
def stats() -> Any:
    """Parts by category, by status and by whether somebody has them."""
    return counting.overview()


@bp.get("/stats/detailed")
@requires("parts:read")
def detailed() -> Any:
    """Pieces, hours to completion, by type, subsystem and week, top contributors."""
    return counting.detailed()


@bp.get("/leaderboard")
@requires("parts:read")
def leaderboard() -> Any:
    """A point a finished part, half a point for earlier hands on it."""
    return {"leaderboard": counting.leaderboard()}


@bp.get("/auth/check")
@requires("parts:read")
def auth_check() -> Any:
    """Whether this key is good."""
    answer = {
        "status": "authenticated",
        "message": f"Signed in as {actor().name}.",
        "timestamp": utc_now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    return answer, 200, {"Cache-Control": "no-store"}
