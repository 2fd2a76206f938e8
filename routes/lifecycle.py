"""The workflow's actions on one part: approve, claim, give back, finish, take back, send back."""

from __future__ import annotations

from typing import Any

from models import Part
from routes.contract import check_if_match, requires, with_etag
from routes.identity import actor
from routes.reading import Blueprint
from routes.schemas.parts import ApproveIn, AssignIn, CompleteIn, PartOut, RejectIn
from utils.parts import finding, lifecycle

bp = Blueprint(
    "lifecycle", __name__, url_prefix="/parts", description="Where a part stands, and who moves it"
)


def _part(part_id: int) -> Part:
    part = finding.get(part_id)
    check_if_match(part)
    return part


def _moved(part: Part) -> tuple[Part, dict[str, str]]:
    return part, with_etag(part)


@bp.post("/<int:part_id>/approve")
@requires("parts:write")
@bp.arguments(ApproveIn)
@bp.response(200, PartOut)
def approve(args: dict[str, Any], part_id: int) -> Any:
    """Review → cnc or hand; 422 when neither the part nor the call names a type."""
    return _moved(lifecycle.approve(_part(part_id), args["type"], actor(), reviewer=args["reviewer"]))


@bp.post("/<int:part_id>/assign")
@requires("parts:work")
@bp.arguments(AssignIn)
@bp.response(200, PartOut)
def assign(args: dict[str, Any], part_id: int) -> Any:
    """Claim the part for a person; 409 `part_already_claimed` when somebody else holds it."""
    return _moved(lifecycle.assign(_part(part_id), args["assigned"] or actor().name, actor()))


@bp.post("/<int:part_id>/unclaim")
@requires("parts:work")
@bp.response(200, PartOut)
def unclaim(part_id: int) -> Any:
    """Give the part back: its holder, or who may write parts."""
    return _moved(lifecycle.unclaim(_part(part_id), actor()))


@bp.post("/<int:part_id>/complete")
@requires("parts:work")
@bp.arguments(CompleteIn)
@bp.response(200, PartOut)
def complete(args: dict[str, Any], part_id: int) -> Any:
    """Count finished pieces: `amount` of them, or all that are left."""
    return _moved(lifecycle.complete(_part(part_id), args["amount"], actor(), storage=args["storage"]))


@bp.post("/<int:part_id>/revert")
@requires("parts:work")
@bp.response(200, PartOut)
def revert(part_id: int) -> Any:
    """Completed → its lane: who made it, or who may write parts."""
    return _moved(lifecycle.revert(_part(part_id), actor()))


@bp.post("/<int:part_id>/reject")
@requires("parts:write")
@bp.arguments(RejectIn)
@bp.response(200, PartOut)
def reject(args: dict[str, Any], part_id: int) -> Any:
    """Send it back to review, with the reason."""
    return _moved(lifecycle.reject(_part(part_id), args["reason"], actor()))
