"""Pages of the lists that have one order: newest first, or by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from models import db
from routes.contract import listed
from utils.search import cursors


def page(
    name: str, wanted: Select[Any], by: Any, args: dict[str, Any], *, descending: bool = True
) -> dict[str, Any]:
    """One page of the rows `wanted`, ordered by the column `by`, which is never null, and then by id."""
    key = by.class_.id
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(*((by.desc(), key.desc()) if descending else (by, key)))
    if args["cursor"] is None:
        ordered = ordered.offset(args["offset"])
    else:
        value, row_id = cursors.decode(args["cursor"], name, by, key)
        ordered = ordered.where(*cursors.behind(by, key, value, row_id, descending)[:1])
    # One more than asked for says whether there is a next page.
    rows = db.session.scalars(ordered.limit(args["limit"] + 1)).all()
    shown = rows[: args["limit"]]
    cursor = (
        cursors.encode(name, getattr(shown[-1], by.key), shown[-1].id) if len(rows) > len(shown) else None
    )
    return listed(name, shown, total=total, limit=args["limit"], offset=args["offset"], cursor=cursor)
