"""Parts cut out of a block, a tube or a rod on the mill, the saw and the lathe."""

from fractions import Fraction

from build123d import (
    Axis,
    Box,
    Circle,
    Cone,
    Cylinder,
    Part,
    Plane,
    Polygon,
    Pos,
    RectangleRounded,
    Rot,
    Sketch,
    SlotCenterToCenter,
    chamfer,
    extrude,
    fillet,
)

from .product import ALUMINIUM, BRASS, DELRIN_BLACK, DELRIN_WHITE, POLYCARBONATE, STEEL, Solid
from .sketches import (
    BEARING_BORE,
    CLEAR_10,
    CLEAR_M5,
    HEX_SHAFT,
    IN,
    TAP_10,
    bolt_circle,
    bore,
    circles,
    grid,
    hexagon,
    sheet,
)


def frame_tube() -> Solid:
    """2×1×1/8" box tube, a foot long, drilled through both ways at an inch pitch."""
    length, wall = 12 * IN, 0.125 * IN
    section = RectangleRounded(2 * IN, 1 * IN, 0.06 * IN) - RectangleRounded(
        2 * IN - 2 * wall, 1 * IN - 2 * wall, 0.03 * IN
    )
    tube = extrude(Plane.YZ * (Sketch() + section), length / 2, both=True)
    tube -= Pos(0, 0, -IN) * bore(grid(6, 2, 2 * IN, 1 * IN), CLEAR_10, 2 * IN)
    tube -= (
        Rot(90, 0, 0)
        * Pos(0, 0, -2 * IN)
        * bore([(x * 2 * IN, 0) for x in (-2, -1, 0, 1, 2)], CLEAR_10, 4 * IN)
    )
    return Solid("Frame tube 2x1, 12 in", tube)


def bearing_block() -> Solid:
    """Clamps a drive bearing to the frame tube: stepped seat, two tapped feet, a relieved top."""
    width, height, depth = 2.5 * IN, 2 * IN, 0.75 * IN
    block = Part() + Box(width, height, depth)
    block = chamfer(block.edges().filter_by(Axis.Z).group_by(Axis.Y)[-1], 0.45 * IN)
    block -= Cylinder(BEARING_BORE / 2 - 1.5, depth)
    block -= Pos(0, 0, 1.6) * Cylinder(BEARING_BORE / 2, depth)
    for x in (-1 * IN, 1 * IN):
        block -= Pos(x, -height / 2 + 0.3 * IN, 0) * Rot(90, 0, 0) * Cylinder(TAP_10 / 2, 0.9 * IN)
        block -= Pos(x, -0.35 * IN, 0) * Cylinder(CLEAR_10 / 2, depth)
    block -= Pos(0, -height / 2, 0) * Box(1.2 * IN, 0.2 * IN, depth)
    return Solid("Drive bearing block", block)


def roller_mount() -> Solid:
    """Carries the end of an intake roller: a flange with four screws and a boss with a hex bore."""
    flange = sheet(Sketch() + RectangleRounded(50, 50, 8) - circles(grid(2, 2, 36, 36), CLEAR_M5), 8)
    boss = Pos(0, 0, 17) * Cylinder(16, 18)
    mount = Part() + flange + boss
    mount = fillet(
        mount.edges().filter_by(
            lambda edge: abs(edge.center().Z - 8) < 1e-6 and abs(edge.length - 100.53) < 0.1
        ),
        3,
    )
    mount = chamfer(mount.faces().sort_by(Axis.Z)[-1].edges(), 1.5)
    mount -= extrude(hexagon(HEX_SHAFT + 0.1), 40)
    return Solid("Intake roller mount", mount, DELRIN_BLACK)


def roller_tube() -> Solid:
    """A clear roller: 2" polycarbonate tube with screw holes for its two hubs."""
    length = 14 * IN
    tube = extrude(Sketch() + (Circle(1 * IN) - Circle(0.875 * IN)), length)
    for z in (0.4 * IN, length - 0.4 * IN):
        tube -= Pos(0, 0, z) * Rot(90, 0, 0) * Cylinder(2.6, 60)
    return Solid("Intake roller tube", Rot(0, 90, 0) * tube, POLYCARBONATE)


def hard_stop() -> Solid:
    """The arm lands on it: a wedge with a counterbored screw."""
    stop = Part() + Box(44, 28, 24)
    stop = chamfer(stop.edges().filter_by(Axis.Y).group_by(Axis.Z)[-1].sort_by(Axis.X)[-1:], 14)
    stop = fillet(stop.edges().filter_by(Axis.Z), 4)
    stop -= Pos(-9, 0, 0) * Cylinder(CLEAR_10 / 2, 40) + Pos(-9, 0, 8) * Cylinder(5.2, 16)
    return Solid("Arm hard stop", stop, DELRIN_WHITE)


def bumper_bracket() -> Solid:
    """Hangs a bumper on the frame: an angle with slots one way and holes the other."""
    leg, wall, wide, bend = 45.0, 0.125 * IN, 90.0, 6.0
    profile = Sketch() + Polygon(
        (0, 0), (leg, 0), (leg, wall), (wall, wall), (wall, leg), (0, leg), align=None
    )
    profile = fillet(profile.vertices().sort_by_distance((0, 0, 0))[0], bend)
    profile = fillet(profile.vertices().sort_by_distance((wall, wall, 0))[0], bend - wall)
    angle = Part() + extrude(Plane.YZ * profile, wide / 2, both=True)
    angle -= bore([(-30, 27), (30, 27)], CLEAR_10, 10)
    for x in (-25, 25):
        angle -= Pos(x, 0, 27) * Rot(90, 0, 0) * extrude(SlotCenterToCenter(17, 6.6), 10, both=True)
    return Solid("Bumper bracket", angle)


def hex_shaft() -> Solid:
    """Half-inch hex, turned down for a retaining ring at both ends and tapped in one."""
    return Solid("Drive hex shaft, 1/2 in", Rot(0, 90, 0) * hex_rod(6.5 * IN, (0.35 * IN, 6.15 * IN)))


def hex_rod(length: float, grooves: tuple[float, ...], tapped: bool = True) -> Part:
    """Answer a hex rod standing on Z with ring grooves at those heights."""
    rod = Part() + extrude(hexagon(HEX_SHAFT), length)
    for height in grooves:
        rod -= Pos(0, 0, height) * (Cylinder(12, 1.2) - Cylinder(HEX_SHAFT / 2 - 0.6, 1.2))
    if tapped:
        rod -= Pos(0, 0, length - 10) * Cylinder(TAP_10 / 2, 20.1)
        rod -= Pos(0, 0, length - 0.75) * Cone(TAP_10 / 2, TAP_10 / 2 + 1.5, 1.5)
    return rod


def gearbox_shaft(name: str, *, below: float, above: float, rings: tuple[float, float]) -> Solid:
    """A hex shaft from `below` under Z = 0 to `above` over it, grooved for a ring outside each face."""
    lower, upper = rings
    rod = hex_rod(below + above, (below + lower - 0.55, below + upper + 0.55), tapped=False)
    return Solid(name, Pos(0, 0, -below) * rod, STEEL)


def hex_spacer(length: float = 0.5 * IN) -> Solid:
    """A Delrin spacer with a hex bore."""
    return Solid(
        f"Hex spacer, {Fraction(length / IN)} in",
        sheet(Sketch() + Circle(0.375 * IN) - hexagon(HEX_SHAFT + 0.15), length),
        DELRIN_WHITE,
    )


def winch_drum() -> Solid:
    """The climber's rope drum: two flanges, a waist, a hex bore."""
    drum = (
        Part()
        + Pos(0, 0, 3) * Cylinder(32, 6)
        + Pos(0, 0, 35) * Cylinder(18, 60)
        + Pos(0, 0, 67) * Cylinder(32, 6)
    )
    drum = fillet(drum.edges().filter_by(lambda edge: edge.is_closed and abs(edge.length - 113.1) < 0.1), 2)
    drum -= extrude(hexagon(HEX_SHAFT + 0.1), 80)
    drum -= bore(bolt_circle(6, 52), 7, 80)
    return Solid("Climber winch drum", drum, ALUMINIUM)


def standoff() -> Solid:
    """An M4 brass standoff, 30 mm, threaded stud below, tapped above."""
    body = extrude(hexagon(7), 30) + Pos(0, 0, -4) * Cylinder(2, 8)
    body -= Pos(0, 0, 25) * Cylinder(1.65, 10)
    return Solid("M4 standoff, 30 mm", body, BRASS)


def gearbox_standoff() -> Solid:
    """Half-inch round aluminium standoff between gearbox plates, tapped 10-32 at both ends."""
    length = 1.75 * IN
    rod = extrude(Sketch() + Circle(0.25 * IN), length)
    rod -= Pos(0, 0, 8) * Cylinder(TAP_10 / 2, 16) + Pos(0, 0, length - 8) * Cylinder(TAP_10 / 2, 16)
    return Solid("Gearbox standoff", rod)
