"""What a modelled thing is: a named solid of one colour, or a group of placed things."""

from __future__ import annotations

from dataclasses import dataclass, field

from build123d import Location, Shape


@dataclass(frozen=True)
class Colour:
    """sRGB components and opacity, each from 0 to 1."""

    red: float
    green: float
    blue: float
    opacity: float = 1.0


ALUMINIUM = Colour(0.72, 0.74, 0.76)
STEEL = Colour(0.55, 0.57, 0.60)
BLACK_OXIDE = Colour(0.16, 0.17, 0.18)
BRASS = Colour(0.80, 0.65, 0.30)
POLYCARBONATE = Colour(0.35, 0.60, 0.90, 0.45)
DELRIN_BLACK = Colour(0.12, 0.12, 0.13)
DELRIN_WHITE = Colour(0.93, 0.93, 0.90)
PRINTED_ORANGE = Colour(0.95, 0.45, 0.12)
PRINTED_BLACK = Colour(0.20, 0.20, 0.22)
ANODISED_RED = Colour(0.72, 0.14, 0.16)
BIRCH = Colour(0.82, 0.68, 0.48)


@dataclass(frozen=True, eq=False)
class Solid:
    """One part: its product name, its shape in millimetres, its colour."""

    name: str
    shape: Shape
    colour: Colour = ALUMINIUM


@dataclass(frozen=True)
class Placed:
    """An instance of a thing, where it sits in its group."""

    what: Solid | Group
    at: Location = field(default_factory=Location)


@dataclass(frozen=True, eq=False)
class Group:
    """An assembly: a product name and its instances; one `Solid` placed twice is one product, used twice."""

    name: str
    members: tuple[Placed, ...]


def solids(thing: Solid | Group) -> list[Solid]:
    """Every instance's solid, repeated as often as it is used."""
    if isinstance(thing, Solid):
        return [thing]
    return [solid for member in thing.members for solid in solids(member.what)]
