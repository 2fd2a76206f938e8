"""The workflow: review → cnc or hand → completed, and back; the rules are the Part's, the rest is here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models import Category, Claim, Part, Status, db, utc_now
from models.actor import Actor
from models.errors import Conflict, Forbidden
from models.part import SHOP_FLOOR
from utils.auth import scopes
from utils.parts import trace


def approve(
    part: Part, type_: str | None, by: Actor, *, reviewer: str | None = None, at: datetime | None = None
) -> Part:
    was = trace.snapshot(part)
    part.approve(type_)
    note = f"Reviewed by {reviewer}" if reviewer else None
    trace.leave("part.approved", part, by, was=was, now=trace.snapshot(part), note=note, at=at)
    return part


def assign(part: Part, person: str, by: Actor, *, at: datetime | None = None) -> Part:
    """Claim for `person`. Raises AlreadyClaimed; the same person again changes nothing."""
    was, when = trace.snapshot(part), at or utc_now()
    if part.assign(person, when):
        db.session.add(Claim(part_id=part.id, person=person, claimed_at=when))
        trace.leave("part.claimed", part, by, was=was, now=trace.snapshot(part), at=at)
    return part


def unclaim(part: Part, by: Actor, *, at: datetime | None = None) -> Part:
    """Give it back. Only the holder may, or who may write parts."""
    was, holder = trace.snapshot(part), part.assigned
    if part.category in SHOP_FLOOR and holder is not None:
        _holder_or_lead(part, by, "give it back")
    part.unclaim()
    _close_claim(part, at or utc_now())
    trace.leave("part.unclaimed", part, by, was=was, now=trace.snapshot(part), at=at)
    return part


def complete(
    part: Part, amount: int | None, by: Actor, *, storage: str | None = None, at: datetime | None = None
) -> Part:
    """Count finished pieces, for its holder or else for the caller; the last one completes the part."""
    was, when = trace.snapshot(part), at or utc_now()
    made = part.complete(amount, by.name, when)
    claim = _open_claim(part)
    if claim is None:  # nobody has it: a turn that begins and ends with these pieces
        claim = Claim(part_id=part.id, person=by.name, claimed_at=when, released_at=when, made=0)
        db.session.add(claim)
    claim.made += made
    if storage is not None:
        part.storage = storage
    finished = part.category == Category.COMPLETED
    if finished:
        claim.released_at = when
    action = "part.completed" if finished else "part.progress"
    note = f"{part.completed_amount} of {part.amount} made"
    trace.leave(action, part, by, was=was, now=trace.snapshot(part), note=note, at=at)
    return part


def revert(part: Part, by: Actor, *, at: datetime | None = None) -> Part:
    """Take a completed part back to its lane; none of it counts as made any more."""
    if part.category == Category.COMPLETED:
        _holder_or_lead(part, by, "take it back")
    was, when = trace.snapshot(part), at or utc_now()
    part.revert()
    for claim in db.session.scalars(select(Claim).where(Claim.part_id == part.id)):
        claim.made = 0
    if part.assigned:
        db.session.add(Claim(part_id=part.id, person=part.assigned, claimed_at=part.claimed_date or when))
    trace.leave("part.reverted", part, by, was=was, now=trace.snapshot(part), at=at)
    return part


def reject(part: Part, reason: str, by: Actor, *, at: datetime | None = None) -> Part:
    was = trace.snapshot(part)
    part.reject(reason)
    _close_claim(part, at or utc_now())
    trace.leave("part.rejected", part, by, was=was, now=trace.snapshot(part), note=reason, at=at)
    return part


def move(part: Part, fields: dict[str, Any], by: Actor) -> Part:
    """Reach the category, status and holder that `fields` name, by the one action that leads there.

    Raises Conflict when no single action of the workflow does.
    """
    sent = {name: fields[name] or None for name in ("category", "status", "assigned") if name in fields}
    wanted: dict[str, Any] = {name: value for name, value in sent.items() if value != getattr(part, name)}
    if not wanted:
        return part
    if part.category == Category.REVIEW:
        return _move_from_review(part, wanted, by)
    if part.category in SHOP_FLOOR:
        return _move_from_lane(part, wanted, by)
    lane = part.type or Category.HAND
    back = Status.IN_PROGRESS if part.assigned else Status.ALREADY_STARTED
    if wanted.get("category") == lane and _fits(wanted, category=lane, status=back):
        return revert(part, by)
    raise _no_way(part, wanted)


def _move_from_review(part: Part, wanted: dict[str, Any], by: Actor) -> Part:
    lane = wanted.get("category") or part.type
    if lane in SHOP_FLOOR and _fits(wanted, category=lane, status=Status.APPROVED):
        need(by, scopes.PARTS_WRITE)
        return approve(part, str(lane), by)
    raise _no_way(part, wanted)


def _move_from_lane(part: Part, wanted: dict[str, Any], by: Actor) -> Part:
    done = {"category": Category.COMPLETED, "status": Status.COMPLETED}
    if set(wanted) & set(done) and _fits(wanted, **done):
        return complete(part, None, by)
    person = wanted.get("assigned")
    if person is not None and _fits(wanted, assigned=person, status=Status.IN_PROGRESS):
        return assign(part, person, by)
    if person is None and part.assigned and _fits(wanted, assigned=None, status=Status.ALREADY_STARTED):
        return unclaim(part, by)
    raise _no_way(part, wanted)


def _fits(wanted: dict[str, Any], **outcome: Any) -> bool:
    return all(name in outcome and value == outcome[name] for name, value in wanted.items())


def _no_way(part: Part, wanted: dict[str, Any]) -> Conflict:
    possible = {
        Category.REVIEW: "approve it to cnc or hand",
        Category.CNC: "claim it, give it back, finish it, or send it back to review with a reason (POST …/reject)",
        Category.HAND: "claim it, give it back, finish it, or send it back to review with a reason (POST …/reject)",
        Category.COMPLETED: "take it back to its lane (POST …/revert)",
    }[Category(part.category)]
    asked = ", ".join(f"{name} {value or 'nobody'}" for name, value in wanted.items())
    return Conflict(
        f"{part.label} is in {part.category} ({part.status}) and cannot go to {asked}. From there you can {possible}.",
        code="wrong_phase",
        category=str(part.category),
        status=str(part.status),
    )


def _holder_or_lead(part: Part, by: Actor, doing: str) -> None:
    if by.name != part.assigned and not by.may(scopes.PARTS_WRITE):
        raise Forbidden(
            f"{part.assigned or 'Somebody else'} has {part.label}; only they or a lead can {doing}."
        )


def need(by: Actor, scope: str) -> None:
    """Raise Forbidden unless `by` has `scope`."""
    if not by.may(scope):
        raise Forbidden(
            f"This needs the scope {scope}, which the key “{by.name}” does not have.", scope=scope
        )


def _open_claim(part: Part) -> Claim | None:
    return db.session.scalar(
        select(Claim)
        .where(Claim.part_id == part.id, Claim.released_at.is_(None))
        .order_by(Claim.id.desc())
        .limit(1)
    )


def _close_claim(part: Part, at: datetime) -> None:
    claim = _open_claim(part)
    if claim is not None:
        claim.released_at = at
