"""Parts that come off the printer."""

from build123d import (
    Axis,
    Box,
    Circle,
    Cylinder,
    Part,
    Plane,
    Pos,
    Rectangle,
    RectangleRounded,
    Rot,
    Sketch,
    extrude,
    fillet,
)

from .product import PRINTED_BLACK, PRINTED_ORANGE, Solid
from .sketches import (
    CLEAR_10,
    CLEAR_M3,
    CLEAR_M4,
    HEX_SHAFT,
    bolt_circle,
    bore,
    circles,
    grid,
    hexagon,
    rounded,
    slots,
)

ENCODER_POSTS = 38.0  # bolt circle
ENCODER_HEIGHT = 12.0  # from the gearbox plate to the mount's deck


def camera_mount() -> Solid:
    """Tilts a camera 25° up: foot, gusseted cheeks, a face with a lens window."""
    foot = Part() + extrude(Sketch() + RectangleRounded(70, 46, 6) - circles(grid(2, 2, 54, 30), CLEAR_10), 5)
    face = extrude(
        Sketch() + RectangleRounded(58, 44, 4) - Circle(11) - circles(grid(2, 2, 46, 32), CLEAR_M3), 5
    )
    face = Pos(0, 6, 4) * Rot(90 - 25, 0, 0) * Pos(0, 22, -2.5) * face
    cheeks = Part()
    for x in (-21, 21):
        web = Plane.YZ * rounded([(-18, 3), (6, 3), (-8, 36)], 2)
        cheeks += Pos(x, 0, 0) * extrude(web, 2, both=True)
    return Solid("Camera mount", foot + face + cheeks, PRINTED_ORANGE)


def cable_chain_clip() -> Solid:
    """Clips the cable chain's last link to the elevator tube."""
    body = Part() + extrude(Sketch() + RectangleRounded(34, 40, 4) - Pos(0, 6) * Rectangle(25.8, 40), 18)
    body += Pos(0, -27, 9) * Box(20, 16, 18)
    body = fillet(body.edges().filter_by(Axis.Z).group_by(Axis.Y)[0], 4)
    body -= Pos(0, -28, 0) * extrude(Sketch() + RectangleRounded(12, 9, 2), 18)
    for x in (-15, 15):
        body += Pos(x * 0.88, 19, 9) * Cylinder(1.8, 18)
    return Solid("Cable chain clip", body, PRINTED_ORANGE)


def controller_cover() -> Solid:
    """Keeps chips off the controller: a thin box open below, vents on top, four ears."""
    outer = extrude(Sketch() + RectangleRounded(130, 96, 8), 28)
    outer = fillet(outer.faces().sort_by(Axis.Z)[-1].edges(), 3)
    cover = Part() + outer - extrude(Sketch() + RectangleRounded(125, 91, 5.5), 25.5)
    cover -= extrude(slots([(x, 0) for x in (-30, 0, 30)], 44, 8, 90), 40)
    for x in (-71, 71):
        ear = extrude(Sketch() + RectangleRounded(24, 18, 5) - Pos(x / 14) * Circle(CLEAR_M4 / 2), 4)
        cover += Pos(x, 0, 0) * ear - Box(126, 92, 40)
    return Solid("Controller cover", cover, PRINTED_BLACK)


def encoder_mount() -> Solid:
    """Holds the absolute encoder over the shaft's end: a plate on three posts."""
    posts = bolt_circle(3, ENCODER_POSTS, 90)
    mount = Part() + extrude(Sketch() + Circle(23) - Circle(7), 3)
    for x, y in posts:
        mount += Pos(x, y, -ENCODER_HEIGHT / 2) * Cylinder(3.6, ENCODER_HEIGHT)
    mount -= Pos(0, 0, -ENCODER_HEIGHT) * bore(posts, CLEAR_M3, 20)
    return Solid("Encoder mount", mount, PRINTED_ORANGE)


def roller_plug() -> Solid:
    """Closes the roller tube's end and drives it by the hex: hub, web, rim."""
    plug = Part() + extrude(Sketch() + Circle(22.1) - Circle(18), 18) + extrude(Sketch() + Circle(25.4), 3)
    plug += extrude(Sketch() + Circle(10.5), 18)
    plug -= extrude(hexagon(HEX_SHAFT + 0.2), 30)
    plug -= bore(bolt_circle(6, 28.5), 5, 5)
    return Solid("Roller end plug", plug, PRINTED_ORANGE)
