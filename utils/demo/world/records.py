"""How a part of the demo world and its history are written down. Days count back from the moment of seeding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

Phase = Literal["review", "cnc", "hand", "completed"]
Lane = Literal["cnc", "hand"]
Priority = Literal["high", "normal", "low"]
Machine = Literal["Router", "Mill", "Lathe", "Laser", "Printer", "Bandsaw + drill press", "Assembly bench"]


class Act(StrEnum):
    """What can happen to a part once it exists."""

    APPROVE = "approve"
    CLAIM = "claim"
    GIVE_BACK = "give back"
    MAKE = "make"
    REJECT = "reject"
    COMMENT = "comment"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Step:
    """One thing that `who` did, `days_ago`.

    `amount` counts pieces made (None: all that were left); `words` is a comment, a reason or the place where the
    finished pieces lie; `model` names a file in `utils/demo/step` without its ending.
    """

    act: Act
    days_ago: float
    who: str
    amount: int | None = None
    words: str = ""
    model: str = ""


def approved(days_ago: float, who: str = "Ines") -> Step:
    return Step(Act.APPROVE, days_ago, who)


def claimed(who: str, days_ago: float) -> Step:
    return Step(Act.CLAIM, days_ago, who)


def gave_back(who: str, days_ago: float) -> Step:
    return Step(Act.GIVE_BACK, days_ago, who)


def made(who: str, days_ago: float, amount: int | None = None, storage: str = "") -> Step:
    return Step(Act.MAKE, days_ago, who, amount=amount, words=storage)


def rejected(days_ago: float, reason: str, who: str = "Ines") -> Step:
    return Step(Act.REJECT, days_ago, who, words=reason)


def said(who: str, days_ago: float, words: str) -> Step:
    return Step(Act.COMMENT, days_ago, who, words=words)


def uploaded(who: str, days_ago: float, model: str) -> Step:
    return Step(Act.UPLOAD, days_ago, who, model=model)


class Stock(NamedTuple):
    """What the part is cut from."""

    material: str | None
    thickness: str | None = None


PLATE_3_16 = Stock("6061-T6 plate", "3/16″")
PLATE_1_4 = Stock("6061-T6 plate", "1/4″")
BAR = Stock("6061-T6 bar")
TUBE_2X1 = Stock("2×1 box tube, 6061-T6", "1/8″")
POLYCARBONATE = Stock("Polycarbonate", "1/8″")
DELRIN_WHITE = Stock("Delrin, white")
DELRIN_BLACK = Stock("Delrin, black")
HEX_SHAFT = Stock("1/2″ hex shaft, 7075")
PETG = Stock("PETG")
NYLON = Stock("Nylon, carbon filled")
PLYWOOD = Stock("Birch plywood", "6 mm")
BRASS = Stock("Brass hex bar, 7 mm")


@dataclass(frozen=True)
class DemoPart:
    """One row of the world; `phase` is where its `history` must leave it.

    `created` is days ago, `due` days from now (negative: late), `model` the CAD file that it was created with.
    """

    number: int
    name: str
    subsystem: str
    stock: Stock
    lane: Lane
    phase: Phase
    created: float
    machine: Machine
    history: tuple[Step, ...] = ()
    amount: int = 1
    model: str | None = None
    designer: str = "Ravi"
    priority: Priority = "normal"
    due: int | None = None
    notes: str = ""

    @property
    def part_id(self) -> str:
        return f"{PREFIX}-P-{self.number:04d}"

    @property
    def models(self) -> tuple[str, ...]:
        """Every CAD file of the part, oldest first."""
        later = tuple(step.model for step in self.history if step.act == Act.UPLOAD)
        return ((self.model,) if self.model else ()) + later


PROJECT = "2026 robot"
PREFIX = "26"
