"""Who did what when, for everything and for one part; and the words that people leave there."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from sqlalchemy import select

from models import Activity, Comment, db
from routes.contract import requires
from routes.identity import actor
from routes.paging import page
from routes.reading import Blueprint
from routes.schemas.base import CamelSchema, ListArgs, Utc, Words, listing
from routes.schemas.parts import CommentIn, CommentOut
from utils.parts import edit, finding

bp = Blueprint("activity", __name__, description="The audit log, which is also the feed")


class ActivityArgs(ListArgs):
    who = Words(100)
    action = fields.String(validate=validate.Length(max=40))


class ActivityPartOut(CamelSchema):
    id = fields.Integer()
    part_id = fields.String(allow_none=True)
    name = fields.String()


class ActivityOut(CamelSchema):
    id = fields.Integer()
    action = fields.String()
    who = fields.String()
    at = Utc()
    part = fields.Nested(ActivityPartOut, allow_none=True)
    before = fields.Dict()
    after = fields.Dict()
    note = fields.String(allow_none=True)


def _feed(args: dict[str, Any], *conditions: Any) -> dict[str, Any]:
    wanted = list(conditions)
    wanted += [getattr(Activity, name) == args[name] for name in ("who", "action") if args.get(name)]
    return page("activity", select(Activity).where(*wanted), Activity.at, args)


@bp.get("/activity")
@requires("parts:read")
@bp.arguments(ActivityArgs, location="query")
@bp.response(200, listing("activity", ActivityOut))
def everything(args: dict[str, Any]) -> Any:
    """All activity, newest first; `who` and `action` filter."""
    return _feed(args)


@bp.get("/parts/<int:part_id>/activity")
@requires("parts:read")
@bp.arguments(ActivityArgs, location="query")
@bp.response(200, listing("activity", ActivityOut))
def of_part(args: dict[str, Any], part_id: int) -> Any:
    """One part's activity, newest first."""
    return _feed(args, Activity.part_id == finding.get(part_id).id)


@bp.get("/parts/<int:part_id>/comments")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("comments", CommentOut))
def comments(args: dict[str, Any], part_id: int) -> Any:
    """What people said about the part, oldest first."""
    mine = select(Comment).where(Comment.part_id == finding.get(part_id).id)
    return page("comments", mine, Comment.id, args, descending=False)


@bp.post("/parts/<int:part_id>/comments")
@requires("parts:work")
@bp.arguments(CommentIn)
@bp.response(201, CommentOut)
def comment(args: dict[str, Any], part_id: int) -> Any:
    """Say something about the part."""
    words = edit.comment(finding.get(part_id), args["text"], actor())
    db.session.flush()
    return words
