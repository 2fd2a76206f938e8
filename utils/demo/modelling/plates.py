"""Flat parts as a router or a laser cuts them: side plates, gussets, panels, hooks."""

from build123d import Circle, Polygon, Pos, Rectangle, RectangleRounded, Rot, Sketch, fillet

from .product import ANODISED_RED, BIRCH, POLYCARBONATE, Solid
from .sketches import (
    BEARING_BORE,
    CLEAR_10,
    CLEAR_M3,
    CLEAR_M4,
    CLEAR_M5,
    IN,
    PLATE_1_4,
    PLATE_3_16,
    bolt_circle,
    circles,
    grid,
    hull,
    pocket,
    ring_sector,
    rounded,
    sheet,
    slots,
    truss,
)


def drive_side_plate() -> Solid:
    """A drivetrain side: three bearing seats, two trusses between them, frame screws along both edges."""
    length, height = 22 * IN, 4 * IN
    axle = length / 2 - 2 * IN
    outline = Sketch() + RectangleRounded(length, height, 0.5 * IN)
    outline -= circles([(-axle, 0), (0, 0), (axle, 0)], BEARING_BORE)
    for side in (-1, 1):
        outline -= Pos(side * axle / 2) * truss(axle - 2.1 * IN, height - 0.95 * IN, 3, 0.35 * IN, 5)
        outline -= circles([(x * axle, side * (height / 2 - 0.3 * IN)) for x in (-1.15, 0, 1.15)], CLEAR_10)
    return Solid("Drive side plate", sheet(outline, PLATE_1_4))


def corner_gusset() -> Solid:
    """A frame corner: two legs of holes at the tube's pitch, one triangle out of the middle."""
    leg = 5 * IN
    outline = rounded([(0, 0), (leg, 0), (leg, 1 * IN), (1 * IN, leg), (0, leg)], 0.2 * IN)
    outline -= pocket([(0.75 * IN, 0.75 * IN), (3.9 * IN, 0.75 * IN), (0.75 * IN, 3.9 * IN)], 0.3 * IN, 5)
    row = [(0.5 + step) * IN for step in range(5)]
    outline -= circles([(x, 0.5 * IN) for x in row] + [(0.5 * IN, y) for y in row[1:]], CLEAR_10)
    return Solid("Corner gusset", sheet(outline, PLATE_3_16))


def tee_gusset() -> Solid:
    """Joins a cross member to a rail: a T with sloped shoulders."""
    half, foot, arm, height = 3 * IN, 0.5 * IN, 1 * IN, 4 * IN
    outline = rounded(
        [
            (-half, 0),
            (half, 0),
            (half, arm),
            (foot, 3 * IN),
            (foot, height),
            (-foot, height),
            (-foot, 3 * IN),
            (-half, arm),
        ],
        0.15 * IN,
    )
    rail = [(x * IN, 0.5 * IN) for x in (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)]
    outline -= circles(rail + [(0, y * IN) for y in (1.5, 2.5, 3.5)], CLEAR_10)
    return Solid("Tee gusset", sheet(outline, PLATE_3_16))


def arm_pivot_plate(revision: str = "A") -> Solid:
    """The arm's hub plate: bearing seat, bolts, round windows. Revision B: a wider bolt circle, spokes."""
    bolts = 1.875 * IN if revision == "A" else 2.25 * IN
    outline = hull([(0, 0, 80), (150, 0, 32)])
    outline -= circles([(0, 0)], BEARING_BORE) + circles(bolt_circle(6, bolts), CLEAR_10)
    if revision == "A":
        outline -= circles(bolt_circle(8, 106, 22.5), 26)
    else:
        for start in range(0, 360, 90):
            outline -= ring_sector(bolts / 2 + 9, 69, start + 8, start + 82, 5)
    outline -= circles([(150, 0)], 0.5 * IN) + circles([(150, 22), (150, -22), (172, 0)], CLEAR_10)
    outline -= pocket([(92, -28), (92, 28), (132, 20), (132, -20)], 4, 6)
    return Solid("Arm pivot plate", sheet(outline, PLATE_1_4))


def arm_link() -> Solid:
    """Couples the arm to its drive crank: two bores, a slim waist, one long window."""
    outline = hull([(0, 0, 24), (180, 0, 18)])
    outline -= circles([(0, 0)], BEARING_BORE) + circles([(180, 0)], 0.5 * IN)
    outline -= rounded([(34, -11), (34, 11), (154, 7), (154, -7)], 5)
    return Solid("Arm drive link", sheet(outline, PLATE_1_4))


def carriage_plate() -> Solid:
    """The elevator's moving plate: bearing slots at the corners, two windows, a row of tool holes."""
    wide, high, cut = 220.0, 180.0, 28.0
    x, y = wide / 2, high / 2
    outline = rounded(
        [
            (-x + cut, -y),
            (x - cut, -y),
            (x, -y + cut),
            (x, y - cut),
            (x - cut, y),
            (-x + cut, y),
            (-x, y - cut),
            (-x, -y + cut),
        ],
        6,
    )
    for side in (-1, 1):
        outline -= pocket([(side * 8, -52), (side * 78, -52), (side * 78, 52), (side * 8, 52)], 8, 10)
        outline -= slots([(side * 93, -45), (side * 93, 45)], 18, CLEAR_M5, 90)
    outline -= circles([(column * 36, row * 74) for column in (-2, -1, 0, 1, 2) for row in (-1, 1)], CLEAR_M5)
    return Solid("Elevator carriage plate", sheet(outline, PLATE_3_16))


def elevator_bearing_bracket() -> Solid:
    """Holds two guide bearings against the elevator's tube."""
    outline = rounded([(0, 0), (70, 0), (70, 28), (28, 90), (0, 90)], 6)
    outline -= circles([(54, 14), (14, 76)], 8) + circles([(14, 14), (32, 14), (14, 38), (14, 56)], CLEAR_10)
    return Solid("Elevator bearing bracket", sheet(outline, PLATE_3_16))


def motor_mount_plate() -> Solid:
    """Takes one 60 mm motor; four slots let the belt be tightened."""
    outline = Sketch() + RectangleRounded(110, 90, 10)
    outline -= circles([(0, 0)], 19.2) + circles(bolt_circle(4, 2 * IN, 45), CLEAR_10)
    outline -= slots([(x, y) for x in (-43, 43) for y in (-30, 30)], 12, CLEAR_10)
    for side in (-1, 1):
        outline -= pocket([(side * 32, -16), (side * 50, -20), (side * 50, 20), (side * 32, 16)], 3, 3)
    return Solid("Motor mount plate", sheet(outline, PLATE_1_4))


def intake_side_plate() -> Solid:
    """The intake's bent arm in polycarbonate: pivot, two roller bores, windows along the arm."""
    pivot, elbow, tip = (0.0, 0.0), (150.0, 40.0), (260.0, -20.0)
    outline = hull([(*pivot, 34), (*elbow, 30)]) + hull([(*elbow, 30), (*tip, 28)])
    notch = outline.vertices().sort_by_distance((150, 5, 0))[0]  # where the two lower edges meet
    outline = fillet(notch, 18)
    outline -= circles([pivot, elbow, tip], BEARING_BORE)
    outline -= circles([(x, y) for x, y in bolt_circle(4, 2 * IN, 45)], CLEAR_10)
    outline -= rounded([(44, -4), (112, 14), (112, 46), (44, 28)], 7)
    outline -= rounded([(182, 8), (222, -14), (234, 6), (192, 29)], 6)
    return Solid("Intake side plate", sheet(outline, 0.125 * IN), POLYCARBONATE)


def hopper_panel() -> Solid:
    """A clear wall with vents, screwed down around its edge."""
    outline = Sketch() + RectangleRounded(340, 230, 12)
    outline -= circles(
        [(x, y) for x in (-158, 0, 158) for y in (-103, 103)] + [(-158, 0), (158, 0)], CLEAR_10
    )
    outline -= slots([(x, 0) for x in (-90, -54, -18, 18, 54, 90)], 110, 12, 90)
    return Solid("Hopper side panel", sheet(outline, 0.125 * IN), POLYCARBONATE)


def intake_ramp() -> Solid:
    """Guides the game piece in: a tapered clear panel with two finger cut-outs."""
    outline = rounded([(-150, 0), (150, 0), (120, 140), (-120, 140)], 10)
    for x in (-60, 60):
        outline -= Pos(x, 140) * RectangleRounded(44, 90, 12)
    outline -= circles([(x, 12) for x in (-130, -65, 0, 65, 130)], CLEAR_10)
    return Solid("Intake ramp", sheet(outline, 0.125 * IN), POLYCARBONATE)


def climber_hook() -> Solid:
    """Catches the chain: a shank with three screws, a round throat, a blunt nose."""
    hook = Circle(48) - Circle(24)
    hook -= Polygon((24, 0), (-90, -8), (-90, -90), (24, -90), align=None)
    outline = Sketch() + hook + Pos(36, -65) * Rectangle(24, 130)
    outline = fillet([vertex for vertex in outline.vertices() if vertex.X < -20 or vertex.Y < -100], 5)
    outline -= circles([(36, -118), (36, -92), (36, -66)], CLEAR_10)
    outline -= Rot(0, 0, 45) * ring_sector(31, 41, -55, 55, 3.5)
    return Solid("Climber hook", sheet(outline, PLATE_1_4), ANODISED_RED)


def electronics_tray() -> Solid:
    """A birch board for controller, radio and power: cable windows, corner notches, screw patterns."""
    outline = Sketch() + Rectangle(380, 260)
    for x in (-190, 190):
        for y in (-130, 130):
            outline -= Pos(x, y) * Rectangle(60, 60)
    outline = fillet(outline.vertices(), 6)
    outline -= slots([(-120, 40), (0, -70), (120, 40)], 50, 20)
    outline -= circles([(x - 60, y) for x, y in grid(2, 2, 90, 60)], CLEAR_M4)
    outline -= circles([(x + 95, y - 40) for x, y in grid(2, 2, 60, 36)], CLEAR_M3)
    outline -= circles([(x, y) for x in (-140, 140) for y in (-118, 118)], CLEAR_10)
    return Solid("Electronics tray", sheet(outline, 6.0), BIRCH)
