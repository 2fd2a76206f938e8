"""Plays the demo world through the product's own services, in the order of time, and takes it out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from models import Activity, CadModel, Part, Project, db
from models.actor import Actor
from utils import revisions
from utils.auth.scopes import SCOPES_BY_ROLE
from utils.demo import removal
from utils.demo.world import PARTS, PREFIX, PROJECT, Act, DemoPart, Step
from utils.parts import edit, lifecycle
from utils.uploads.receive import received

STEP_FOLDER = Path(__file__).resolve().parent / "step"

remove = removal.remove


def seed(now: datetime) -> int:
    """Put the demo world in, its past counted back from `now`, and answer how many parts came.

    Nothing happens while demo parts are there. The caller commits; workers find the queued conversions by themselves.
    """
    if db.session.scalar(select(Part.id).where(Part.demo).limit(1)) is not None:
        return 0
    _project(now)
    rows: dict[int, Part] = {}
    for days_ago, plan, step in _in_time_order():
        at = now - timedelta(days=days_ago)
        if step is None:
            rows[plan.number] = _create(plan, now, at)
        else:
            _play(rows[plan.number], step, at)
        # The database would stamp the row with the real time.
        rows[plan.number].updated_at = at
        db.session.flush()
    return len(rows)


def _project(now: datetime) -> None:
    if db.session.scalar(select(Project).where(Project.name == PROJECT)) is None:
        oldest = max(plan.created for plan in PARTS)
        db.session.add(Project(name=PROJECT, prefix=PREFIX, created_at=now - timedelta(days=oldest + 1)))
        db.session.flush()


def _in_time_order() -> Iterator[tuple[float, DemoPart, Step | None]]:
    """All that happened, oldest first; a part's creation is the event without a step."""
    events: list[tuple[float, DemoPart, Step | None]] = [(plan.created, plan, None) for plan in PARTS]
    events += [(step.days_ago, plan, step) for plan in PARTS for step in plan.history]
    yield from sorted(events, key=lambda event: -event[0])


def _create(plan: DemoPart, now: datetime, at: datetime) -> Part:
    fields = {
        "part_id": plan.part_id,
        "name": plan.name,
        "project": PROJECT,
        "subsystem": plan.subsystem,
        "type": plan.lane,
        "material": plan.stock.material,
        "material_thickness": plan.stock.thickness,
        "amount": plan.amount,
        "priority": plan.priority,
        "due_date": (now + timedelta(days=plan.due)).date() if plan.due is not None else None,
        "notes": plan.notes,
        "custom_fields": {"machine": plan.machine},
    }
    part = edit.create(fields, _lead(plan.designer), at=at, demo=True)
    if plan.model:
        _upload(part, plan.model, plan.designer, at)
    return part


def _play(part: Part, step: Step, at: datetime) -> None:
    who = _maker(step.who)
    match step.act:
        case Act.APPROVE:
            lifecycle.approve(part, None, _lead(step.who), at=at)
        case Act.CLAIM:
            lifecycle.assign(part, step.who, who, at=at)
        case Act.GIVE_BACK:
            lifecycle.unclaim(part, who, at=at)
        case Act.MAKE:
            lifecycle.complete(part, step.amount, who, storage=step.words or None, at=at)
        case Act.REJECT:
            lifecycle.reject(part, step.words, _lead(step.who), at=at)
        case Act.COMMENT:
            edit.comment(part, step.words, who, at=at)
        case Act.UPLOAD:
            _upload(part, step.model, step.who, at)


def _upload(part: Part, key: str, who: str, at: datetime) -> None:
    """Hand in a modelled file like any upload, then date it back."""
    path = STEP_FOLDER / f"{key}.step"
    with path.open("rb") as stream, received(stream, path.name) as file:
        model, _ = revisions.add(part, file, _lead(who))
    _date_back(model, at)


def _date_back(model: CadModel, at: datetime) -> None:
    model.created_at = at
    newest = select(Activity).where(Activity.part_id == model.part_id).order_by(Activity.id.desc()).limit(1)
    db.session.scalars(newest).one().at = at


def _lead(name: str) -> Actor:
    return Actor(name, role="lead", scopes=SCOPES_BY_ROLE["lead"])


def _maker(name: str) -> Actor:
    return Actor(name, role="maker", scopes=SCOPES_BY_ROLE["maker"])
