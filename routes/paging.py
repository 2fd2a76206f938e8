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
    most = args["limit"] + 1  # one more than asked for says whether there is a next page
    if args["cursor"] is None:
        rows = list(db.session.scalars(ordered.offset(args["offset"]).limit(most)))
    else:
        value, row_id = cursors.decode(args["cursor"], name, by, key)
        rows = []
        for run in cursors.behind(by, key, value, row_id, descending):
            rows += db.session.scalars(ordered.where(run).limit(most - len(rows)))
    shown = rows[: args["limit"]]
    cursor = (
        cursors.encode(name, getattr(shown[-1], by.key), shown[-1].id) if len(rows) > len(shown) else None
    )
    return listed(name, shown, total=total, limit=args["limit"], offset=args["offset"], cursor=cursor)
