"""Making, changing, deleting and restoring parts; the workflow's members go through `lifecycle`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import Category, Claim, Comment, Part, Status, db, utc_now
from models.actor import Actor
from models.errors import Conflict, Invalid
from models.part import SHOP_FLOOR
from utils.auth import scopes
from utils.parts import finding, lifecycle, numbers, trace
from utils.parts.names import camel

PLAIN = (
    "part_id",
    "name",
    "material",
    "material_thickness",
    "subsystem",
    "priority",
    "due_date",
    "notes",
    "onshape_url",
    "storage",
    "custom_fields",
)
# What a maker may note on a part at the machine; the rest says what is to be made, and needs parts:write.
MAKERS_OWN = {"notes", "storage", "customFields"}


def create(fields: dict[str, Any], by: Actor, *, at: datetime | None = None, demo: bool = False) -> Part:
    """A new part in review, or in the category that an import names. Raises Invalid, all errors at once."""
    at = at or utc_now()
    part = Part(
        **{name: fields[name] for name in PLAIN if fields.get(name) is not None},
        amount=fields.get("amount", 1),
        demo=demo,
        created_at=at,
        updated_at=at,
    )
    if fields.get("project"):
        part.project = finding.project_named(fields["project"])
        part.part_id = part.part_id or numbers.next_number(part.project)
    _place(part, fields, at)
    db.session.add(part)
    db.session.flush()
    if part.assigned:
        _log_imported_work(part, at)
    trace.leave("part.created", part, by, now={"name": part.name, "category": str(part.category)}, at=at)
    return part


def _place(part: Part, fields: dict[str, Any], at: datetime) -> None:
    """Put an imported part where it says that it stands, if that place exists in the workflow."""
    category = Category(fields.get("category") or Category.REVIEW)
    assigned, status, type_ = fields.get("assigned"), fields.get("status"), fields.get("type")
    wrong: dict[str, list[str]] = {}
    if category in SHOP_FLOOR:
        if type_ not in (None, str(category)):
            wrong["type"] = [f"A part in {category} has the type {category}, not {type_}."]
        part.type = str(category)
        fitting = {Status.IN_PROGRESS} if assigned else {Status.APPROVED, Status.ALREADY_STARTED}
        default = Status.IN_PROGRESS if assigned else Status.APPROVED
    elif category == Category.COMPLETED:
        part.type, fitting, default = type_, {Status.COMPLETED}, Status.COMPLETED
        part.completed_amount, part.completed_at = part.amount, at
    else:
        part.type, fitting, default = type_, {Status.PENDING}, Status.PENDING
        if assigned:
            wrong["assigned"] = ["A part in review has nobody yet; approve it first."]
    if status is not None and status not in fitting:
        wrong["status"] = [f"A part made in {category} is {' or '.join(sorted(fitting))}, not {status}."]
    if wrong:
        raise Invalid(wrong)
    part.category, part.status, part.assigned = category, status or default, assigned
    part.claimed_date = at if assigned else None


def _log_imported_work(part: Part, at: datetime) -> None:
    done = part.category == Category.COMPLETED
    db.session.add(
        Claim(
            part_id=part.id,
            person=part.assigned,
            claimed_at=at,
            released_at=at if done else None,
            made=part.completed_amount,
        )
    )


def update(part: Part, fields: dict[str, Any], by: Actor) -> Part:
    """Merge `fields` into the part.

    Raises Conflict where the workflow does not allow a move, Forbidden when a maker would change what
    is to be made, Invalid else.
    """
    lane, type_ = fields.get("category"), fields.get("type")
    if lane in SHOP_FLOOR and type_ not in (None, lane):
        raise Invalid({"type": [f"A part in {lane} has the type {lane}, not {type_}."]})
    was = _facts(part)
    if fields.get("amount") is not None:
        part.change_amount(fields["amount"])
    if "type" in fields and fields["type"] != part.type:
        _change_type(part, fields)
    for name in PLAIN:
        if name in fields:
            setattr(part, name, fields[name])
    if "project" in fields:
        part.project = finding.project_named(fields["project"]) if fields["project"] else None
    now = _facts(part)
    changed = {name for name in now if now[name] != was[name]}
    if changed - MAKERS_OWN:
        lifecycle.need(by, scopes.PARTS_WRITE)
    if changed:
        part.updated_at = utc_now()
        trace.leave("part.updated", part, by, was=was, now=now)
    lifecycle.move(part, fields, by)
    return part


def _facts(part: Part) -> dict[str, Any]:
    """What an edit can change, by the API's names, JSON-able."""
    facts = {name: getattr(part, name) for name in (*PLAIN, "amount", "type")}
    facts["due_date"] = part.due_date.isoformat() if part.due_date else None
    facts["project"] = part.project.name if part.project else None
    return {camel(name): value for name, value in facts.items()}


def _change_type(part: Part, fields: dict[str, Any]) -> None:
    if part.category == Category.REVIEW:
        part.type = fields["type"]
    elif part.category in SHOP_FLOOR:
        raise Conflict(
            f"{part.label} is approved as {part.type}. Send it back to review, then approve it as {fields['type']}.",
            code="wrong_phase",
        )
    else:
        raise Conflict(f"{part.label} is completed; its type stays {part.type}.", code="wrong_phase")


def delete(part: Part, by: Actor) -> None:
    """Hide it; `restore` brings it back for 30 days."""
    part.deleted_at = utc_now()
    trace.leave("part.deleted", part, by, was={"name": part.name})


def restore(part: Part, by: Actor) -> Part:
    if part.deleted_at is not None:
        part.deleted_at = None
        trace.leave("part.restored", part, by, now={"name": part.name})
    return part


def comment(part: Part, text: str, by: Actor, *, at: datetime | None = None) -> Comment:
    """Say `text` about the part. Raises Invalid when it is empty."""
    if not text:
        raise Invalid({"text": ["Write something first."]})
    words = Comment(part_id=part.id, text=text, created_by=by.name, created_at=at or utc_now())
    db.session.add(words)
    trace.leave("part.commented", part, by, note=text[:200], at=at)
    return words
