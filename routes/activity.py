"""Who did what when, for everything and for one part; and the words that people leave there."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import fields, validate
from sqlalchemy import func, select

from models import Activity, Comment, db
from models.errors import Invalid
from routes.contract import listed, requires
from routes.identity import actor
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
    total = db.session.scalar(select(func.count()).select_from(Activity).where(*wanted)) or 0
    query = select(Activity).where(*wanted).order_by(Activity.id.desc()).offset(args["offset"])
    if args["cursor"]:
        query = query.where(Activity.id < _cursor(args["cursor"]))
    rows = db.session.scalars(query.limit(args["limit"] + 1)).all()
    shown = rows[: args["limit"]]
    cursor = str(shown[-1].id) if len(rows) > len(shown) else None
    return listed("activity", shown, total=total, limit=args["limit"], offset=args["offset"], cursor=cursor)


def _cursor(raw: str) -> int:
    if not raw.isdecimal() or len(raw) > 18:
        raise Invalid({"cursor": ["This cursor is not from this list; start again without one."]})
    return int(raw)


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
    mine = Comment.part_id == finding.get(part_id).id
    total = db.session.scalar(select(func.count()).select_from(Comment).where(mine)) or 0
    query = select(Comment).where(mine).order_by(Comment.id).offset(args["offset"]).limit(args["limit"])
    found = db.session.scalars(query).all()
    return listed("comments", found, total=total, limit=args["limit"], offset=args["offset"], cursor=None)


@bp.post("/parts/<int:part_id>/comments")
@requires("parts:work")
@bp.arguments(CommentIn)
@bp.response(201, CommentOut)
def comment(args: dict[str, Any], part_id: int) -> Any:
    """Say something about the part."""
    if not args["text"]:
        raise Invalid({"text": ["Write something first."]})
    words = edit.comment(finding.get(part_id), args["text"], actor())
    db.session.flush()
    return words
