"""Lists of parts: filters, search, sorting, and cursors that reach any depth at the cost of the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from models import Part, Project, db
from utils.search import cursors, matching

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
    column, order = SORTABLE[query.sort_by], f"{query.sort_by} {'desc' if query.descending else 'asc'}"
    total = db.session.scalar(select(func.count()).select_from(Part).where(*conditions)) or 0
    wanted = _sorted(select(Part).where(*conditions), column, query.descending)
    # One more than asked for says whether there is a next page.
    if query.cursor is None:
        rows = _rows(wanted.offset(query.offset), query.limit + 1)
    else:
        value, part_id = cursors.decode(query.cursor, order, column, Part.id)
        rows = []
        for run in cursors.behind(column, Part.id, value, part_id, query.descending):
            rows += _rows(wanted.where(run), query.limit + 1 - len(rows))
    parts = rows[: query.limit]
    more = len(rows) > query.limit
    following = cursors.encode(order, getattr(parts[-1], column.key), parts[-1].id) if more else None
    return Page(parts, total, following)


def _rows(wanted: Select[Any], most: int) -> list[Part]:
    return list(db.session.scalars(wanted.limit(most)).unique()) if most else []


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
