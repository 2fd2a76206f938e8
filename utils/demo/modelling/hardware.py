"""Bought parts: screws, washers, bearings, rings, motors, encoders, as simple as a catalogue's CAD allows."""

from build123d import (
    Axis,
    Box,
    Circle,
    Cylinder,
    Part,
    Pos,
    Rectangle,
    RectangleRounded,
    Sketch,
    chamfer,
    extrude,
)

from .product import BLACK_OXIDE, BRASS, DELRIN_BLACK, PRINTED_BLACK, STEEL, Group, Placed, Solid
from .sketches import BEARING_BORE, HEX_SHAFT, IN, PLATE_1_4, bolt_circle, circles, hexagon, sheet

MOTOR_RADIUS = 27.5
MOTOR_SCREWS = 44.0  # bolt circle
FLANGE = 0.0625 * IN
RING = 1.1
WASHER = 1.0


def cap_screw(name: str, diameter: float, length: float) -> Solid:
    """A socket head cap screw: the head sits on Z = 0, the shank goes down; no thread is modelled."""
    head = Part() + Pos(0, 0, diameter / 2) * Cylinder(diameter * 0.83, diameter)
    head = chamfer(head.edges().group_by(Axis.Z)[-1], diameter * 0.1)
    screw = head + Pos(0, 0, -length / 2) * Cylinder(diameter / 2, length)
    screw -= Pos(0, 0, diameter * 0.45) * extrude(hexagon(diameter * 0.8), diameter)
    return Solid(name, screw, BLACK_OXIDE)


def washer() -> Solid:
    """A #10 washer."""
    return Solid("Washer #10", sheet(Sketch() + (Circle(5.0) - Circle(2.6)), WASHER), STEEL)


def bearing() -> Solid:
    """A flanged bearing for half-inch hex: the body stands on Z = 0, the flange on top of it."""
    body = sheet(Sketch() + Circle(BEARING_BORE / 2) - hexagon(HEX_SHAFT), PLATE_1_4)
    flange = sheet(Sketch() + Circle(0.6125 * IN) - hexagon(HEX_SHAFT), FLANGE)
    return Solid("Flanged bearing, 1/2 in hex", body + Pos(0, 0, PLATE_1_4) * flange, STEEL)


def retaining_ring() -> Solid:
    """A snap ring for half-inch hex, open on one side."""
    ring = Sketch() + (Circle(8.6) - Circle(HEX_SHAFT / 2 - 0.5)) - Pos(8, 0) * Rectangle(8, 7)
    return Solid("Retaining ring, 1/2 in", sheet(ring, RING), BLACK_OXIDE)


def motor() -> Group:
    """A 55 mm brushless motor: its face on Z = 0, shaft upwards through pilot and plate."""
    length = 58.0
    can = Part() + Pos(0, 0, -length / 2) * Cylinder(MOTOR_RADIUS, length)
    can = chamfer(can.edges().filter_by(lambda edge: edge.is_closed), 2)
    for step in range(4):
        can -= Pos(0, 0, -14 - step * 9) * (Cylinder(MOTOR_RADIUS + 1, 3) - Cylinder(MOTOR_RADIUS - 1.5, 3))
    can += Pos(0, 0, 2) * Cylinder(9.5, 4) + Pos(0, -MOTOR_RADIUS, -length + 9) * Box(22, 10, 12)
    can -= Pos(0, 0, -7) * extrude(circles(bolt_circle(4, MOTOR_SCREWS), 4.2), 7.0)
    shaft = Part() + Pos(0, 0, 15) * Cylinder(4, 30)
    shaft = chamfer(shaft.edges().group_by(Axis.Z)[-1], 0.6)
    return Group(
        "Brushless motor, 55 mm",
        (
            Placed(Solid("Motor can", can, PRINTED_BLACK)),
            Placed(Solid("Motor shaft, 8 mm", shaft, STEEL), Pos(0, 0, 4)),
        ),
    )


def encoder() -> Solid:
    """A magnetic absolute encoder on its square base."""
    base = sheet(Sketch() + RectangleRounded(24, 24, 4), 2)
    body = Part() + Pos(0, 0, 6) * Cylinder(9.5, 8)
    body = chamfer(body.edges().group_by(Axis.Z)[-1], 1)
    return Solid("Absolute encoder", base + body + Pos(11, 0, 4) * Box(8, 7, 4), DELRIN_BLACK)


def magnet_holder() -> Solid:
    """Screwed into the shaft's end, it carries the encoder's magnet."""
    holder = Part() + Pos(0, 0, 3) * Cylinder(6.2, 6) - Pos(0, 0, 5) * Cylinder(3.1, 2)
    return Solid("Magnet holder", holder, BRASS)
