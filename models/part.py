"""A part: what is to be made, where it stands in the workflow, and the rules about its own row."""

from __future__ import annotations

import uuid as uuids
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import UtcDateTime, db, utc_now
from models.errors import Conflict, Invalid
from models.project import Project

if TYPE_CHECKING:
    from models.cad_model import CadModel


class Category(StrEnum):
    REVIEW = "review"
    CNC = "cnc"
    HAND = "hand"
    COMPLETED = "completed"


class Type(StrEnum):
    CNC = "cnc"
    HAND = "hand"


class Status(StrEnum):
    PENDING = "Pending"
    APPROVED = "Approved"
    IN_PROGRESS = "In Progress"
    ALREADY_STARTED = "Already Started"
    COMPLETED = "Completed"


class Priority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


SHOP_FLOOR = (Category.CNC, Category.HAND)


def _among(column: str, values: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(v)) for v in values)})", name=column)


class WrongPhase(Conflict):
    """The workflow does not allow this action from where the part is."""

    code = "wrong_phase"

    def __init__(self, part: Part, action: str, possible_from: str) -> None:
        super().__init__(
            f"{part.label} is in {part.category} ({part.status}). You can {action} a part {possible_from}.",
            action=action,
            category=str(part.category),
            status=str(part.status),
            possibleFrom=possible_from,
        )


class AlreadyClaimed(Conflict):
    code = "part_already_claimed"

    def __init__(self, part: Part) -> None:
        since = part.claimed_date.strftime("%Y-%m-%dT%H:%M:%SZ") if part.claimed_date else None
        super().__init__(
            f"{part.assigned} has had {part.label} since {since or 'earlier'}.",
            assigned=part.assigned,
            claimedDate=since,
        )


class Part(db.Model):  # type: ignore[name-defined]
    """One row of work. Lengths are counted in characters; `amount` and `completed_amount` in pieces."""

    __tablename__ = "part"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuids.uuid4()))
    part_id: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    type: Mapped[str | None] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(10), default=Category.REVIEW)
    status: Mapped[str] = mapped_column(String(20), default=Status.PENDING)
    material: Mapped[str | None] = mapped_column(String(200))
    material_thickness: Mapped[str | None] = mapped_column(String(100))
    subsystem: Mapped[str | None] = mapped_column(String(100))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    assigned: Mapped[str | None] = mapped_column(String(100))
    claimed_date: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    amount: Mapped[int] = mapped_column(default=1)
    completed_amount: Mapped[int] = mapped_column(default=0)
    priority: Mapped[str] = mapped_column(String(10), default=Priority.NORMAL)
    due_date: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(Text, default="")
    file: Mapped[str | None] = mapped_column(String(255))
    onshape_url: Mapped[str | None] = mapped_column(String(500))
    storage: Mapped[str | None] = mapped_column(String(200))
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    project: Mapped[Project | None] = relationship(lazy="joined")
    models: Mapped[list[CadModel]] = relationship(
        back_populates="part", lazy="selectin", order_by="CadModel.number.desc()"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        _among("category", Category),
        _among("status", Status),
        _among("type", Type),
        _among("priority", Priority),
        CheckConstraint("amount >= 1", name="amount"),
        CheckConstraint("completed_amount BETWEEN 0 AND amount", name="completed_amount"),
        *(
            Index(f"ix_part_{column}", "deleted_at", column, "id")
            for column in (
                "created_at",
                "updated_at",
                "name",
                "part_id",
                "category",
                "status",
                "type",
                "subsystem",
                "assigned",
                "material",
                "priority",
                "due_date",
                "project_id",
                "amount",
                "completed_at",
                "claimed_date",
            )
        ),
        Index("ix_part_deleted_id", "deleted_at", "id"),
        {"sqlite_autoincrement": True},
    )

    @property
    def label(self) -> str:
        """How a person would call it in a sentence."""
        return f"{self.part_id} ({self.name})" if self.part_id else self.name

    @property
    def left(self) -> int:
        """Pieces still to be made."""
        return self.amount - self.completed_amount

    @property
    def model(self) -> CadModel | None:
        """The newest revision with a preview."""
        return next((m for m in self.models if m.is_ready), None)

    @property
    def newer_model(self) -> CadModel | None:
        """A later revision that is still being read, or failed."""
        newest = self.models[0] if self.models else None
        return None if newest is None or newest.is_ready else newest

    @property
    def revision(self) -> str | None:
        return self.model.revision if self.model else None

    def approve(self, type_: str | None) -> None:
        """Review → the lane of its type. Raises Invalid when neither the call nor the part names a type."""
        if self.category != Category.REVIEW:
            raise WrongPhase(self, "approve", "in review")
        chosen = type_ or self.type
        if chosen is None:
            raise Invalid({"type": ["Say how it is made: cnc or hand."]})
        self.type = str(Type(chosen))
        self.category = self.type
        self.status = Status.APPROVED
        self.assigned = self.claimed_date = None

    def assign(self, person: str, at: datetime) -> bool:
        """Claim it for `person`; False when that person has it already. AlreadyClaimed names the holder."""
        if self.category not in SHOP_FLOOR:
            raise WrongPhase(self, "claim", "in cnc or hand that nobody has")
        if self.assigned == person:
            return False
        if self.assigned is not None:
            raise AlreadyClaimed(self)
        self.assigned, self.claimed_date, self.status = person, at, Status.IN_PROGRESS
        return True

    def unclaim(self) -> None:
        if self.category not in SHOP_FLOOR or self.assigned is None:
            raise WrongPhase(self, "give back", "in cnc or hand that somebody has")
        self.assigned = self.claimed_date = None
        self.status = Status.ALREADY_STARTED

    def complete(self, amount: int | None, person: str, at: datetime) -> int:
        """Count `amount` finished pieces (all that are left by default) and answer how many were counted."""
        if self.category not in SHOP_FLOOR:
            raise WrongPhase(self, "finish", "in cnc or hand")
        made = self.left if amount is None else amount
        if not 1 <= made <= self.left:
            raise Invalid({"amount": [f"{self.left} of {self.amount} are left; say 1 to {self.left}."]})
        self.completed_amount += made
        self.status = Status.IN_PROGRESS
        if self.left == 0:
            self.category, self.status, self.completed_at = Category.COMPLETED, Status.COMPLETED, at
            if self.assigned is None:
                self.assigned, self.claimed_date = person, at
        return made

    def revert(self) -> None:
        if self.category != Category.COMPLETED:
            raise WrongPhase(self, "take back", "in completed")
        # A part imported as completed may have no type; whoever made it did so by hand.
        self.type = self.type or Type.HAND
        self.category = self.type
        self.status = Status.IN_PROGRESS if self.assigned else Status.ALREADY_STARTED
        self.completed_amount, self.completed_at = 0, None

    def reject(self, reason: str) -> None:
        """Back to review. Raises Invalid without a `reason`: whoever drew it has to know what to change."""
        if self.category not in SHOP_FLOOR:
            raise WrongPhase(self, "send back", "in cnc or hand")
        if not reason:
            raise Invalid({"reason": ["Say why it goes back."]})
        self.category, self.status = Category.REVIEW, Status.PENDING
        self.assigned = self.claimed_date = None

    def change_amount(self, amount: int) -> None:
        """Set how many are needed; never below what is made, and not on a finished part."""
        if amount == self.amount:
            return
        if self.category == Category.COMPLETED:
            raise Conflict(f"{self.label} is completed. Take it back before you change its amount.")
        if amount <= self.completed_amount:
            raise Invalid(
                {"amount": [f"{self.completed_amount} are made already; say more, or complete the part."]}
            )
        self.amount = amount
