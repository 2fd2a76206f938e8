"""Counts of where the work stands, how long it takes and who does it; the database counts, no rows are loaded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from models import Category, Claim, Part, Status, db

_THERE = Part.deleted_at.is_(None)
# Upper bounds in hours: a shift, a day, three days, a week, two weeks, a month.
_BOUNDS_H = (8, 24, 72, 168, 336, 720)


def overview() -> dict[str, Any]:
    rows = db.session.execute(
        select(Part.category, Part.status, Part.assigned.is_not(None), func.count())
        .where(_THERE)
        .group_by(Part.category, Part.status, Part.assigned.is_not(None))
    ).all()

    def count(wanted: Any) -> int:
        return sum(n for category, status, assigned, n in rows if wanted(category, status, assigned))

    return {
        "by_category": {str(c): count(lambda category, _s, _a, c=c: category == c) for c in Category},
        "by_status": {
            "pending": count(lambda _c, s, _a: s not in (Status.IN_PROGRESS, Status.COMPLETED)),
            "in_progress": count(lambda _c, s, _a: s == Status.IN_PROGRESS),
            "completed": count(lambda _c, s, _a: s == Status.COMPLETED),
        },
        "assignment": {
            "assigned": count(lambda _c, _s, a: a),
            "unassigned": count(lambda _c, _s, a: not a),
        },
        "total": count(lambda *_: True),
    }


def detailed() -> dict[str, Any]:
    return {
        "totals": _totals(),
        "hoursToCompletion": _hours_to_completion(),
        "byType": _progress_by(Part.type),
        "bySubsystem": _progress_by(Part.subsystem),
        "byWeek": _by_week(),
        "topContributors": _top_contributors(),
    }


def _totals() -> dict[str, Any]:
    parts, pieces, made = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Part.amount), 0),
            func.coalesce(func.sum(Part.completed_amount), 0),
        ).where(_THERE)
    ).one()
    return {
        "parts": parts,
        "pieces": pieces,
        "piecesCompleted": made,
        "piecesLeft": pieces - made,
        "completedShare": round(made / pieces, 4) if pieces else 0.0,
    }


def _hours() -> ColumnElement[float]:
    return (func.julianday(Part.completed_at) - func.julianday(Part.created_at)) * 24.0


def _hours_to_completion() -> dict[str, Any]:
    """From the part's creation to its last piece, in hours."""
    done = and_(_THERE, Part.completed_at.is_not(None))
    count, mean = db.session.execute(select(func.count(), func.avg(_hours())).where(done)).one()
    middle = db.session.scalars(
        select(_hours()).where(done).order_by(_hours()).offset(max(0, (count - 1) // 2)).limit(2 - count % 2)
    ).all()
    slot = case(*((_hours() <= bound, bound) for bound in _BOUNDS_H), else_=None)
    counted: dict[int | None, int] = dict(
        db.session.execute(select(slot, func.count()).where(done).group_by(slot)).all()
    )
    return {
        "count": count,
        "mean": None if mean is None else round(mean, 2),
        "median": round(sum(middle) / len(middle), 2) if middle else None,
        "distribution": [
            {"upToHours": bound, "count": counted.get(bound, 0)} for bound in (*_BOUNDS_H, None)
        ],
    }


def _progress_by(column: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(column, func.count(), func.sum(Part.amount), func.sum(Part.completed_amount))
        .where(_THERE)
        .group_by(column)
        .order_by(func.count().desc())
        .limit(100)
    )
    return [
        {"value": value, "parts": n, "pieces": pieces, "piecesCompleted": made}
        for value, n, pieces, made in rows
    ]


def _by_week() -> list[dict[str, Any]]:
    """The last 26 weeks in which parts were completed; `week` is its Monday."""
    monday = func.date(Part.completed_at, "weekday 0", "-6 days")
    rows = db.session.execute(
        select(monday, func.count(), func.sum(Part.amount))
        .where(_THERE, Part.completed_at.is_not(None))
        .group_by(monday)
        .order_by(monday.desc())
        .limit(26)
    ).all()
    return [{"week": week, "parts": n, "pieces": pieces} for week, n, pieces in reversed(rows)]


def _top_contributors() -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Claim.person, func.sum(Claim.made))
        .join(Part, Part.id == Claim.part_id)
        .where(_THERE, Claim.made > 0)
        .group_by(Claim.person)
        .order_by(func.sum(Claim.made).desc(), Claim.person)
        .limit(10)
    )
    return [{"person": person, "pieces": pieces} for person, pieces in rows]


def leaderboard() -> list[dict[str, Any]]:
    """A point for each part that a person finished, half a point for each that they had in hand before."""
    done = and_(_THERE, Part.category == Category.COMPLETED)
    finished: dict[str | None, int] = dict(
        db.session.execute(
            select(Part.assigned, func.count())
            .where(done, Part.assigned.is_not(None))
            .group_by(Part.assigned)
        ).all()
    )
    helped: dict[str | None, int] = dict(
        db.session.execute(
            select(Claim.person, func.count(distinct(Claim.part_id)))
            .join(Part, Part.id == Claim.part_id)
            .where(done, Claim.person != Part.assigned)
            .group_by(Claim.person)
        ).all()
    )
    rows: list[dict[str, Any]] = [
        {
            "person": person,
            "finished": finished.get(person, 0),
            "helped": helped.get(person, 0),
            "points": finished.get(person, 0) + helped.get(person, 0) / 2,
        }
        for person in {*finished, *helped}
    ]
    rows.sort(key=lambda row: (-row["points"], row["person"]))
    return [{"rank": rank, **row} for rank, row in enumerate(rows, 1)]
