"""The three views' subject and its overall dimensions: width, height and depth, or diameters of a turned part."""

from __future__ import annotations

from dataclasses import dataclass

from utils.cad.analysis import Box as PartBox
from utils.cad.analysis import Part
from utils.cad.drawing.axes import Round, end_steps, rounds, turned_axis
from utils.cad.drawing.dimensioning import OFFSET, STEP, below, beside, beside_right
from utils.cad.drawing.looking import Frame, dot, front_of
from utils.cad.drawing.moving import Place
from utils.cad.drawing.sheet import Box, Dimension
from utils.cad.drawing.words import diameter, length


@dataclass(frozen=True)
class Subject:
    """What is drawn: a part with its round surfaces, or an assembly without."""

    box: PartBox
    rounds: list[Round]
    axis: Round | None  # of a turned part

    @classmethod
    def of_part(cls, part: Part) -> Subject:
        found = rounds(part)
        return cls(part["box"], found, turned_axis(part, found))

    def front(self) -> Frame:
        front = front_of(self.box)
        # turned parts lie as they lie in the lathe
        upright = self.axis is not None and abs(dot(self.axis.direction, front.up)) > 0.5
        return front.turned() if upright else front

    def lies_down(self, front: Frame) -> bool:
        """Whether it is a turned part whose axis runs from left to right."""
        return self.axis is not None and abs(dot(self.axis.direction, front.right)) > 0.5

    def is_end_on(self, front: Frame) -> bool:
        """Whether it is a turned part that is looked at along its axis."""
        return self.axis is not None and abs(dot(self.axis.direction, front.back)) > 0.5

    def stacks(self, front: Frame) -> tuple[list[Round], list[Round]]:
        """The steps that are dimensioned on the left and on the right of the front view of what lies down."""
        if self.axis is None or not self.lies_down(front):
            return [], []
        low, high = end_steps(self.axis, self.rounds)
        forwards = dot(self.axis.direction, front.right) > 0
        return (low, high) if forwards else (high, low)


def front_dimensions(subject: Subject, front: Frame, place: Place, *, height: bool = True) -> list[Dimension]:
    """What stands at the front view; without ``height`` the overall height is left to the view from the right."""
    box = front.box(subject.box)
    on_paper = place.box(box)
    found = []
    if not subject.is_end_on(front):
        found.append(below(on_paper, length(box.width), place.scale))
    stacks = subject.stacks(front)
    for steps, left in zip(stacks, (True, False), strict=True):
        found += [_step(step, n, front, place, on_paper, left=left) for n, step in enumerate(steps)]
    if height:
        found.append(beside(on_paper, _height(subject, front), place.scale, len(stacks[0])))
    return found


def right_dimensions(
    subject: Subject, front: Frame, place: Place, *, height: bool = False
) -> list[Dimension]:
    """What stands at the view from the right."""
    box = front.from_right().box(subject.box)
    on_paper = place.box(box)
    found = []
    if not subject.lies_down(front):
        found.append(below(on_paper, length(box.width), place.scale))
    if height:
        found.append(beside_right(on_paper, _height(subject, front), place.scale))
    return found


def _height(subject: Subject, front: Frame) -> str:
    round_ = subject.is_end_on(front) or subject.lies_down(front)
    height = front.box(subject.box).height
    return diameter(height) if round_ else length(height)


def _step(step: Round, number: int, front: Frame, place: Place, box: Box, *, left: bool) -> Dimension:
    """The diameter of a turned part's step, at the end from which it is seen."""
    ends = [place.point(front.flat(step.at(along))) for along in (step.low, step.high)]
    x, y = min(ends) if left else max(ends)
    reach = step.radius * place.scale
    line = box.left - OFFSET + 1 - STEP * number if left else box.right + OFFSET - 1 + STEP * number
    return Dimension((x, y - reach), (x, y + reach), line, True, diameter(2 * step.radius), place.scale)
