"""The two-stage gearbox: two motors, a cluster shaft, an output shaft, an encoder, plates and screws.

Shafts stand along Z. The inner plate's upper face is Z = 0: motors hang below it, the gears run above it.
Every stack of gears and spacers fills the 1.75" between the plates exactly.
"""

from math import atan2, degrees, sqrt

from build123d import Location, Pos, Rot, Sketch

from . import hardware, milled, printed, toothed
from .product import Group, Placed, Solid
from .sketches import (
    BEARING_BORE,
    CLEAR_10,
    CLEAR_M3,
    IN,
    PLATE_1_4,
    Point,
    bolt_circle,
    circles,
    hull,
    sheet,
)

PINION, LARGE, SMALL = 12, 46, 20
GAP = 1.75 * IN  # between the plates: a standoff's length
TOP = GAP + PLATE_1_4
FACE = 0.5 * IN  # a gear's width
STAGE_1 = (PINION + LARGE) * toothed.PITCH_20DP / 2
STAGE_2 = (SMALL + LARGE) * toothed.PITCH_20DP / 2

CLUSTER: Point = (0.0, 0.0)
OUTPUT: Point = (0.0, STAGE_2)
_APART = (
    hardware.MOTOR_RADIUS + 1.0
)  # half the distance between the motors: their cans clear each other by 2 mm
MOTORS: list[Point] = [(side * _APART, -sqrt(STAGE_1**2 - _APART**2)) for side in (-1, 1)]
CORNERS: list[Point] = [
    (-62.0, 14.0),
    (62.0, 14.0),
    (-40.0, 62.0),
    (40.0, 62.0),
    (-48.0, -56.0),
    (48.0, -56.0),
]


def _outline() -> Sketch:
    return hull([*((x, y, 9) for x, y in CORNERS), (*OUTPUT, 38)])


def _screws(motor: Point) -> list[Point]:
    return [(motor[0] + x, motor[1] + y) for x, y in bolt_circle(4, hardware.MOTOR_SCREWS)]


def inner_plate() -> Solid:
    """Carries the motors, two bearings and the standoffs."""
    outline = (
        _outline()
        - circles([CLUSTER, OUTPUT], BEARING_BORE)
        - circles(CORNERS, CLEAR_10)
        - circles(MOTORS, 19.2)
    )
    for motor in MOTORS:
        outline -= circles(_screws(motor), CLEAR_10)
    return Solid("Gearbox plate, inner", sheet(outline, PLATE_1_4))


def outer_plate() -> Solid:
    """Closes the gearbox, with windows over the pinions and screws for the encoder."""
    outline = (
        _outline()
        - circles([CLUSTER, OUTPUT], BEARING_BORE)
        - circles(CORNERS, CLEAR_10)
        - circles(MOTORS, 30)
    )
    outline -= circles(bolt_circle(3, printed.ENCODER_POSTS, 90), CLEAR_M3)
    return Solid("Gearbox plate, outer", sheet(outline, PLATE_1_4))


def gearbox() -> Group:
    """The whole assembly."""
    shared = _Shared()
    return Group(
        "Two-stage gearbox",
        (
            Placed(_housing(shared)),
            *(
                Placed(_drive(shared, motor, name))
                for motor, name in zip(MOTORS, ("left", "right"), strict=True)
            ),
            Placed(_cluster(shared)),
            Placed(_output(shared), Pos(*OUTPUT)),
            Placed(_encoder(), Pos(0, 0, TOP)),
        ),
    )


class _Shared:
    """The products that several sub-assemblies use: one of each, so that the file knows them as the same."""

    def __init__(self) -> None:
        self.screw = hardware.cap_screw("Cap screw 10-32 x 1/2 in", 0.19 * IN, 0.5 * IN)
        self.bearing = hardware.bearing()
        self.ring = hardware.retaining_ring()
        self.eighth = milled.hex_spacer(0.125 * IN)
        self.motor = hardware.motor()
        self.pinion = toothed.pinion(PINION)
        self.large = toothed.gear(LARGE)

    def ends(self) -> tuple[Placed, ...]:
        """Both bearings and both rings of a shaft, flanges inwards, rings outside the plates."""
        return (
            Placed(self.bearing, Pos(0, 0, -PLATE_1_4)),
            Placed(self.bearing, Pos(0, 0, TOP) * Rot(180, 0, 0)),
            Placed(self.ring, Pos(0, 0, -PLATE_1_4 - hardware.RING)),
            Placed(self.ring, Pos(0, 0, TOP)),
        )


def _housing(shared: _Shared) -> Group:
    inner, outer, standoff, washer = (
        inner_plate(),
        outer_plate(),
        milled.gearbox_standoff(),
        hardware.washer(),
    )
    fastener = Group("Screw and washer", (Placed(washer), Placed(shared.screw, Pos(0, 0, hardware.WASHER))))
    members = [Placed(inner, Pos(0, 0, -PLATE_1_4)), Placed(outer, Pos(0, 0, GAP))]
    for x, y in CORNERS:
        members += [
            Placed(standoff, Pos(x, y, 0)),
            Placed(fastener, Pos(x, y, TOP)),
            Placed(fastener, Pos(x, y, -PLATE_1_4) * Rot(180, 0, 0)),
        ]
    return Group("Housing", tuple(members))


def _drive(shared: _Shared, motor: Point, name: str) -> Group:
    at = Pos(*motor)
    screws = [Placed(shared.screw, Pos(x, y, 0)) for x, y in _screws(motor)]
    mesh = _meshing(CLUSTER, LARGE, 0, motor, PINION)
    return Group(
        f"Motor and pinion, {name}",
        (
            Placed(shared.motor, at * Pos(0, 0, -PLATE_1_4)),
            Placed(shared.pinion, at * Pos(0, 0, 0.0625 * IN) * mesh),
            *screws,
        ),
    )


def _cluster(shared: _Shared) -> Group:
    quarter, small = milled.hex_spacer(0.25 * IN), toothed.gear(SMALL)
    shaft = milled.gearbox_shaft("Cluster shaft", below=PLATE_1_4 + 4, above=TOP + 4, rings=(-PLATE_1_4, TOP))
    flange = hardware.FLANGE
    first = flange + 0.25 * IN
    second = first + FACE + 0.25 * IN
    return Group(
        "Cluster shaft assembly",
        (
            Placed(shaft),
            Placed(quarter, Pos(0, 0, flange)),
            Placed(shared.large, Pos(0, 0, first)),
            Placed(quarter, Pos(0, 0, first + FACE)),
            Placed(small, Pos(0, 0, second)),
            Placed(shared.eighth, Pos(0, 0, second + FACE)),
            *shared.ends(),
        ),
    )


def _output(shared: _Shared) -> Group:
    long = milled.hex_spacer(1 * IN)
    shaft = milled.gearbox_shaft(
        "Output shaft", below=PLATE_1_4 + 4, above=TOP + 1.5 * IN, rings=(-PLATE_1_4, TOP)
    )
    level = hardware.FLANGE + 1 * IN
    return Group(
        "Output shaft assembly",
        (
            Placed(shaft),
            Placed(long, Pos(0, 0, hardware.FLANGE)),
            Placed(shared.large, Pos(0, 0, level) * _meshing(CLUSTER, SMALL, 0, OUTPUT, LARGE)),
            Placed(shared.eighth, Pos(0, 0, level + FACE)),
            *shared.ends(),
        ),
    )


def _encoder() -> Group:
    mount, body, magnet = printed.encoder_mount(), hardware.encoder(), hardware.magnet_holder()
    screw = hardware.cap_screw("Cap screw M3 x 20", 3, 20)
    deck = printed.ENCODER_HEIGHT + 3
    return Group(
        "Encoder",
        (
            Placed(mount, Pos(0, 0, printed.ENCODER_HEIGHT)),
            Placed(body, Pos(0, 0, deck)),
            Placed(magnet, Pos(0, 0, 4)),
            *(Placed(screw, Pos(x, y, deck)) for x, y in bolt_circle(3, printed.ENCODER_POSTS, 90)),
        ),
    )


def _meshing(centre: Point, teeth: int, turned: float, other: Point, other_teeth: int) -> Location:
    """Answer the turn that lets a gear at `other` fall into the gaps of the gear at `centre`; degrees.

    A tooth of the first gear that stands a fraction of a pitch off the line of centres must meet a gap that
    stands the same fraction off on the other gear, which turns the other way.
    """
    line = degrees(atan2(other[1] - centre[1], other[0] - centre[0]))
    fraction = (line - turned) * teeth / 360
    return Rot(0, 0, line + 180 - (0.5 - fraction) * 360 / other_teeth)
