"""Puts round hollows on one axis together to holes, as a drill, a counterbore or a countersink leaves them.

A hole has a mouth; a closed cavity and a groove around an island are none. A small chamfer at a mouth is part of the
hole and no countersink.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

from utils.cad.analysis import Counterbore, Countersink, Hole
from utils.cad.exact.child import measuring
from utils.cad.exact.child.hollows import Beyond, Hollow, Hollows, Ring, axis_of, coaxial
from utils.cad.exact.child.topology import Topology
from utils.cad.exact.child.vectors import Vector, add, dot, scale, subtract

# a countersink takes a screw's head, a chamfer only the burr: the cone's radius in radii of what follows
_COUNTERSINK = 1.2
_WIDER_MM = 0.01
# a drill goes on past a bore of up to twice its size; across the bore of a tube it makes a hole in either wall
_CROSSED = 0.5


@dataclass
class Stage:
    """A hollow on the axis of its hole; heights grow from the mouth into the material."""

    cone: bool
    near: float
    far: float
    near_radius: float
    far_radius: float
    half_angle: float


@dataclass
class Stack:
    """Hollows that follow each other on one axis, from its low end to its high end."""

    hollows: list[Hollow]
    faces: set[int]
    axis: tuple[Vector, Vector]
    low: Beyond
    high: Beyond
    low_into: frozenset[int]  # the faces that its ends break through
    high_into: frozenset[int]


def find(topology: Topology, ids: list[int | None]) -> tuple[list[Hole], set[int]]:
    """The holes of a part, and the faces (by place) that belong to them; ``ids`` are the faces' numbers."""
    hollows = Hollows(topology)
    done: set[int] = set()
    stacks = [_stack(hollows, number, done) for number in range(len(hollows.found)) if number not in done]
    found: list[Hole] = []
    faces: set[int] = set()
    for stack in _continued(stacks):
        hole = _hole(stack, ids)
        if hole:
            found.append(hole)
            faces |= stack.faces
    return found, faces


def _continued(stacks: list[Stack]) -> list[Stack]:
    """The stacks; what one drill left on both sides of another hole that it crosses is one stack."""
    owner = {face: number for number, stack in enumerate(stacks) for face in stack.faces}
    broken: dict[int, list[int]] = {}  # who breaks into a stack, and into nothing else there
    for number, stack in enumerate(stacks):
        for into in (stack.low_into, stack.high_into):
            owners = {owner.get(face, -1) for face in into}
            if len(owners) == 1 and -1 not in owners and number not in owners:
                broken.setdefault(owners.pop(), []).append(number)
    now = dict(enumerate(stacks))
    for crossed, drilled in broken.items():
        widest = _CROSSED * max(hollow.wall.radius for hollow in stacks[crossed].hollows)
        for one, other in itertools.combinations(dict.fromkeys(drilled), 2):
            if now[one] is not now[other] and _same_drill(now[one], now[other], widest):
                whole = _join(now[one], now[other])
                now |= {
                    number: whole for number, stack in now.items() if stack is now[one] or stack is now[other]
                }
    return list({id(stack): stack for stack in now.values()}.values())


def _same_drill(one: Stack, other: Stack, narrowest: float) -> bool:
    """Whether one drill, of at least that radius, left both stacks."""
    if not coaxial(one.hollows[0].wall, other.hollows[0].wall):
        return False
    radii = [
        {round(hollow.wall.radius, 3) for hollow in stack.hollows if hollow.wall.kind == "cylinder"}
        for stack in (one, other)
    ]
    return any(radius >= narrowest for radius in radii[0] & radii[1])


def _join(one: Stack, other: Stack) -> Stack:
    """Both as one, along the axis of the first."""
    if dot(one.axis[1], other.axis[1]) < 0:
        other = replace(
            other, low=other.high, high=other.low, low_into=other.high_into, high_into=other.low_into
        )
    first, last = sorted((one, other), key=lambda stack: min(_reach(stack, one.axis)))
    return Stack(
        [*first.hollows, *last.hollows],
        one.faces | other.faces,
        one.axis,
        first.low,
        last.high,
        first.low_into,
        last.high_into,
    )


def _reach(stack: Stack, axis: tuple[Vector, Vector]) -> list[float]:
    stages = [_stage(hollow, *axis) for hollow in stack.hollows]
    return [height for stage in stages for height in (stage.near, stage.far)]


def _stack(hollows: Hollows, start: int, done: set[int]) -> Stack:
    done.add(start)
    first = hollows.found[start]
    below, low, under, low_into = _walk(hollows, first, False, done)
    above, high, over, high_into = _walk(hollows, first, True, done)
    faces = {face for hollow in [*below, first, *above] for face in hollow.faces} | under | over
    row = [*reversed(below), first, *above]
    return Stack(row, faces, axis_of(first.wall), low, high, low_into, high_into)


def _walk(
    hollows: Hollows, hollow: Hollow, at_top: bool, done: set[int]
) -> tuple[list[Hollow], Beyond, set[int], frozenset[int]]:
    """The hollows past one end of ``hollow``, what ends them, the faces in between, and those it opens into."""
    passed: list[Hollow] = []
    faces: set[int] = set()
    ring: Ring | None = hollow.ring(at_top)
    while ring is not None:
        past = hollows.beyond(hollow, ring)
        if past.what != "hollow" or past.hollow in done:
            ended = past if past.what != "hollow" else Beyond("closed")
            into = hollows.into(hollow, ring) if past.what == "open" else frozenset()
            return passed, ended, faces | past.faces, into
        faces |= past.faces
        done.add(past.hollow)
        hollow = hollows.found[past.hollow]
        passed.append(hollow)
        # in by one end, out by the other
        entered = next((own for own in hollow.rings if own.edges & past.edges), hollow.rings[0])
        ring = hollow.ring(at_top=entered is not hollow.ring(at_top=True))
    return passed, Beyond("closed"), faces, frozenset()


def _hole(stack: Stack, ids: list[int | None]) -> Hole | None:
    ends = (stack.low.what, stack.high.what)
    cylinders = [hollow.wall.radius for hollow in stack.hollows if hollow.wall.kind == "cylinder"]
    if not cylinders or "island" in ends or "open" not in ends:
        return None
    blind = "closed" in ends
    origin, direction = stack.axis
    if ends[0] == "closed" or (not blind and _drilled_from_the_top(stack, direction)):
        direction = scale(direction, -1)
    stages = sorted((_stage(hollow, origin, direction) for hollow in stack.hollows), key=_middle)
    mouth, end = min(stage.near for stage in stages), _end(stages, blind)
    narrowest = min(cylinders)
    return {
        "kind": "blind" if blind else "through",
        "diameter_mm": 2 * narrowest,
        "depth_mm": end - mouth,
        "axis": measuring.axis(add(origin, scale(direction, mouth)), direction),
        "counterbore": _counterbore(stages, narrowest, mouth),
        "countersink": _countersink(stages, narrowest),
        "faces": sorted(number for face in stack.faces if (number := ids[face]) is not None),
    }


def _drilled_from_the_top(stack: Stack, direction: Vector) -> bool:
    """Whether a through hole's mouth is at the high end: at its wider end, else the one that looks up."""
    stages = [_stage(hollow, stack.axis[0], direction) for hollow in stack.hollows]
    stages.sort(key=_middle)
    low, high = stages[0].near_radius, stages[-1].far_radius
    if abs(low - high) > _WIDER_MM:
        return high > low
    # the axis' largest component decides, the last of equal ones
    largest = max(range(3), key=lambda axis: (round(abs(direction[axis]), 6), axis))
    return direction[largest] > 0


def _stage(hollow: Hollow, origin: Vector, direction: Vector) -> Stage:
    start, own = axis_of(hollow.wall)
    offset = dot(subtract(start, origin), direction)
    along = dot(own, direction)
    near, far = sorted((offset + along * hollow.low, offset + along * hollow.high))
    radii = [hollow.radius_at(hollow.low), hollow.radius_at(hollow.high)]
    if along < 0:
        radii.reverse()
    cone = hollow.wall.kind == "cone"
    return Stage(cone, near, far, radii[0], radii[1], hollow.wall.half_angle)


def _middle(stage: Stage) -> float:
    return (stage.near + stage.far) / 2


def _end(stages: list[Stage], blind: bool) -> float:
    """Where the hole ends; a drill's tip does not count."""
    straight = stages
    while blind and len(straight) > 1 and straight[-1].cone:
        straight = straight[:-1]
    return max(stage.far for stage in straight)


def _counterbore(stages: list[Stage], narrowest: float, mouth: float) -> Counterbore | None:
    """The wide cylinder at the mouth when a flat shoulder follows."""
    walls = stages[1:] if stages[0].cone and not _is_countersink(stages, 0) else stages
    if walls[0].cone or walls[0].near_radius < narrowest + _WIDER_MM:
        return None
    following = walls[1] if len(walls) > 1 else None
    if following is None or following.near_radius > walls[0].far_radius - _WIDER_MM:
        return None
    return {"diameter_mm": 2 * walls[0].near_radius, "depth_mm": walls[0].far - mouth}


def _countersink(stages: list[Stage], narrowest: float) -> Countersink | None:
    """The cone at the mouth, or below a wide cylinder in which the screw's head is sunk."""
    for number in range(len(stages) - 1):
        if _is_countersink(stages, number):
            wide = stages[number].near_radius
            return {"diameter_mm": 2 * wide, "angle_deg": 2 * math.degrees(stages[number].half_angle)}
        if stages[number].near_radius < narrowest + _WIDER_MM:
            break
    return None


def _is_countersink(stages: list[Stage], number: int) -> bool:
    stage = stages[number]
    following = stages[number + 1] if number + 1 < len(stages) else None
    if not stage.cone or following is None:
        return False
    return stage.near_radius > _COUNTERSINK * following.near_radius
