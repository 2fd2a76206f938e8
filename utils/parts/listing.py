"""Lists of parts: filters, search, sorting, and cursors that reach any depth at the cost of the first page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from models import Part, Project, db
from models.errors import Invalid
from utils.search import matching

SORTABLE = {
    "createdAt": Part.created_at,
    "updatedAt": Part.updated_at,
    "name": Part.name,
    "partId": Part.part_id,
    "category": Part.category,
    "status": Part.status,
    "type": Part.type,
    "subsystem": Part.subsystem,
    "assigned": Part.assigned,
    "material": Part.material,
    "priority": Part.priority,
    "dueDate": Part.due_date,
    "amount": Part.amount,
    "completedAt": Part.completed_at,
    "claimedDate": Part.claimed_date,
    "id": Part.id,
}
_TIMES = {"createdAt", "updatedAt", "completedAt", "claimedDate"}
FILTERS = ("category", "type", "status", "subsystem", "assigned", "material", "priority")


@dataclass(frozen=True)
class ListQuery:
    filters: dict[str, Any] = field(default_factory=dict)
    search: str = ""
    sort_by: str = "createdAt"
    descending: bool = True
    limit: int = 50
    offset: int = 0
    cursor: str | None = None


@dataclass(frozen=True)
class Page:
    parts: Sequence[Part]
    total: int
    next_cursor: str | None


def find(query: ListQuery) -> Page:
    """One page of parts and the total. Raises Invalid for a cursor that is not from this list."""
    conditions = _conditions(query)
    total = db.session.scalar(select(func.count()).select_from(Part).where(*conditions)) or 0
    column = SORTABLE[query.sort_by]
    wanted = _sorted(select(Part).where(*conditions), column, query.descending)
    wanted = wanted.offset(query.offset) if query.cursor is None else wanted.where(_after(column, query))
    # One more than asked for says whether there is a next page.
    rows = list(db.session.scalars(wanted.limit(query.limit + 1)).unique())
    parts = rows[: query.limit]
    more = len(rows) > query.limit
    return Page(parts, total, _cursor(parts[-1], query) if more else None)


def _conditions(query: ListQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Part.deleted_at.is_(None)]
    conditions += [getattr(Part, name) == query.filters[name] for name in FILTERS if query.filters.get(name)]
    if query.filters.get("project") is not None:
        conditions.append(
            Part.project_id.in_(select(Project.id).where(Project.name == query.filters["project"]))
        )
    found = matching(query.search)
    if found is not None:
        conditions.append(found)
    return conditions


def _sorted(wanted: Select[Any], column: Any, descending: bool) -> Select[Any]:
    if descending:
        return wanted.order_by(column.desc().nulls_last(), Part.id.desc())
    return wanted.order_by(column.asc().nulls_first(), Part.id.asc())


def _cursor(part: Part, query: ListQuery) -> str:
    value = getattr(part, SORTABLE[query.sort_by].key)
    return base64.urlsafe_b64encode(orjson.dumps([query.sort_by, query.descending, value, part.id])).decode()


def _read_cursor(query: ListQuery) -> tuple[Any, int]:
    try:
        sort_by, descending, value, part_id = orjson.loads(base64.urlsafe_b64decode(query.cursor or ""))
        if (sort_by, descending) != (query.sort_by, query.descending) or not isinstance(part_id, int):
            raise ValueError("another list's cursor")
        if value is not None and sort_by in _TIMES:
            value = datetime.fromisoformat(value)
        elif value is not None and sort_by == "dueDate":
            value = date.fromisoformat(value)
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid({"cursor": ["This cursor is not from this list; start again without one."]}) from error
    return value, part_id


def _after(column: Any, query: ListQuery) -> ColumnElement[bool]:
    """Rows behind the cursor. Nulls stand first going up and last going down."""
    value, part_id = _read_cursor(query)
    if query.descending:
        if value is None:
            return and_(column.is_(None), Part.id < part_id)
        return or_(column < value, column.is_(None), and_(column == value, Part.id < part_id))
    if value is None:
        return or_(column.is_not(None), and_(column.is_(None), Part.id > part_id))
    return or_(column > value, and_(column == value, Part.id > part_id))


def facets() -> dict[str, list[dict[str, Any]]]:
    """Each value that a filter can take, with how many parts have it, most first."""
    found = {name: _counted(getattr(Part, name)) for name in FILTERS}
    rows = db.session.execute(
        select(Project.name, func.count(Part.id))
        .join(Part, and_(Part.project_id == Project.id, Part.deleted_at.is_(None)), isouter=True)
        .group_by(Project.id)
        .order_by(Project.name)
    )
    found["project"] = [{"value": name, "count": count} for name, count in rows]
    return found


def _counted(column: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(column, func.count())
        .where(Part.deleted_at.is_(None), column.is_not(None), column != "")
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(200)
    )
    return [{"value": value, "count": count} for value, count in rows]
