"""The demo parts go in one click."""

from __future__ import annotations

from typing import Any

from routes.contract import requires
from routes.reading import Blueprint
from routes.schemas.base import MessageOut
from utils.demo import seed

bp = Blueprint("demo", __name__, url_prefix="/demo", description="The demo world")


@bp.delete("/")
@requires("admin")
@bp.response(200, MessageOut)
def remove() -> Any:
    """Delete every demo part, its files and its activity."""
    return {"message": f"{seed.remove()} demo parts are removed."}
