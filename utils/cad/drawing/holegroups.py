"""Which holes are alike, in which view each is seen face-on, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from utils.cad.analysis import Hole
from utils.cad.drawing.looking import Frame, Vector, dot, facing, is_axis, negative, normal
from utils.cad.drawing.sheet import Point
from utils.cad.drawing.words import diameter, length

# without those that are taken for digits or other letters, as drawings have it
_LETTERS = "ABCDEFGHJKLMNPRTUVWY"
_SAME_WAY = 1 - 1e-6


@dataclass(frozen=True)
class Group:
    """Holes that are alike on one side; ``places`` are their mouths in the plane of the side's view.

    ``walls`` is how many of them lie behind each other at each place, as where a tube is drilled through.
    """

    letter: str
    hole: Hole
    places: list[Point]
    walls: int

    def tag(self, number: int) -> str:
        return f"{self.letter}{number + 1}"

    def callout(self) -> str:
        """``4× Ø6.00 THRU``."""
        count = f"{len(self.places):,}× " if len(self.places) > 1 else ""
        form = f", {self.form}" if self.form else ""
        return f"{count}{diameter(self.hole['diameter_mm'])} {self.depth}{form}"

    @property
    def depth(self) -> str:
        return "THRU" if self.hole["kind"] == "through" else f"{length(self.hole['depth_mm'])} DEEP"

    @property
    def radius(self) -> float:
        """Of its widest step."""
        bore, sink = self.hole["counterbore"], self.hole["countersink"]
        widths = [self.hole["diameter_mm"]]
        widths += [bore["diameter_mm"]] if bore else []
        widths += [sink["diameter_mm"]] if sink else []
        return max(widths) / 2

    @property
    def form(self) -> str:
        walls = f"IN {self.walls} WALLS" if self.walls > 1 else ""
        return ", ".join(filter(None, (_form(self.hole), walls)))


@dataclass(frozen=True)
class Side:
    """A view, and the holes that are seen face-on in it."""

    name: str  # as it stands under the view and in the table
    frame: Frame
    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(len(group.places) for group in self.groups)


def sides_of(holes: list[Hole], front: Frame) -> list[Side]:
    """Front, top and right view, whether they show holes or not, and those that it takes to show the other holes.

    A hole belongs to the view that looks into its mouth; a plain through hole is as well seen from its other end.
    """
    standard = {"FRONT": front, "TOP": front.from_above(), "RIGHT": front.from_right()}
    by_direction: list[tuple[Vector, list[Hole]]] = [(frame.back, []) for frame in standard.values()]
    # what can only be drilled from one side decides which further views there are
    for hole in sorted(holes, key=_is_plain):
        _assign(hole, by_direction)
    others = by_direction[len(standard) :]
    # from above before from the front before from the right
    others.sort(key=lambda pair: (-len(pair[1]), -pair[0][2], pair[0][1], -pair[0][0]))
    letters = _letters()
    sides = [
        Side(name, frame, _groups(here, frame, letters))
        for (name, frame), (_, here) in zip(standard.items(), by_direction, strict=False)
    ]
    for number, (direction, here) in enumerate(others):
        frame = _facing(direction, standard)
        sides.append(
            Side(f"VIEW {number + 1}, FROM {_name(direction)}", frame, _groups(here, frame, letters))
        )
    return sides


def _facing(direction: Vector, standard: dict[str, Frame]) -> Frame:
    """The rear, bottom or left view as third angle turns it, any other as it comes."""
    for name, frame in standard.items():
        if dot(direction, frame.back) < -_SAME_WAY:
            if name == "TOP":
                return Frame(frame.right, negative(frame.up))
            return Frame(negative(frame.right), frame.up)
    return facing(direction)


def _is_plain(hole: Hole) -> bool:
    return hole["kind"] == "through" and not hole["counterbore"] and not hole["countersink"]


def _assign(hole: Hole, sides: list[tuple[Vector, list[Hole]]]) -> None:
    x, y, z = hole["axis"]["direction"]
    seen_from = normal((0.0 - x, 0.0 - y, 0.0 - z))
    for direction, holes in sides:
        alike = dot(direction, seen_from)
        if alike > _SAME_WAY or (_is_plain(hole) and alike < -_SAME_WAY):
            holes.append(hole)
            return
    if _is_plain(hole):
        leading = next(
            (part for part in (seen_from[2], -seen_from[1], seen_from[0]) if abs(part) > 1e-6), 1.0
        )
        seen_from = seen_from if leading > 0 else negative(seen_from)
    sides.append((seen_from, [hole]))


def _name(direction: Vector) -> str:
    if is_axis(direction):
        number = max(range(3), key=lambda axis: abs(direction[axis]))
        return f"{'+' if direction[number] > 0 else '-'}{'XYZ'[number]}"
    return "(" + ", ".join(f"{part + 0.0:.2f}" for part in direction) + ")"


def _letters() -> Iterator[str]:
    yield from _LETTERS
    for first in _LETTERS:
        for second in _LETTERS:
            yield first + second
    number = 1
    while True:
        yield f"A{number}-"
        number += 1


def _groups(holes: list[Hole], frame: Frame, letters: Iterator[str]) -> list[Group]:
    alike: dict[tuple[object, ...], dict[Point, list[Hole]]] = {}
    for hole in holes:
        x, y = frame.flat(hole["axis"]["origin"])
        # to a micrometre, so that the holes of opposite walls meet
        at = (round(x, 3) + 0.0, round(y, 3) + 0.0)
        alike.setdefault(_key(hole), {}).setdefault(at, []).append(hole)
    found: list[tuple[Hole, list[Point], int]] = []
    for places in alike.values():
        for walls in sorted({len(there) for there in places.values()}):
            here = sorted(at for at, there in places.items() if len(there) == walls)
            found.append((places[here[0]][0], here, walls))
    found.sort(key=lambda group: (-len(group[1]), group[0]["diameter_mm"]))
    return [Group(next(letters), hole, places, walls) for hole, places, walls in found]


def _key(hole: Hole) -> tuple[object, ...]:
    bore, sink = hole["counterbore"], hole["countersink"]
    depth = None if hole["kind"] == "through" else round(hole["depth_mm"], 2)
    return (
        round(hole["diameter_mm"], 3),
        depth,
        (round(bore["diameter_mm"], 2), round(bore["depth_mm"], 2)) if bore else None,
        (round(sink["diameter_mm"], 2), round(sink["angle_deg"], 1)) if sink else None,
    )


def _form(hole: Hole) -> str:
    forms = []
    if hole["counterbore"]:
        bore = hole["counterbore"]
        forms.append(f"CBORE {diameter(bore['diameter_mm'])} × {length(bore['depth_mm'])} DEEP")
    if hole["countersink"]:
        sink = hole["countersink"]
        forms.append(f"CSK {diameter(sink['diameter_mm'])} × {sink['angle_deg']:.0f}°")
    return ", ".join(forms)
