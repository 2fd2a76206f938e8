"""Gears, pulleys and sprockets: simplified teeth, true pitch diameters."""

from math import cos, pi, sin

from build123d import Circle, Cylinder, Part, Polygon, Pos, Sketch, extrude

from .product import ALUMINIUM, PRINTED_BLACK, STEEL, Colour, Solid
from .sketches import CLEAR_10, HEX_SHAFT, IN, Point, bolt_circle, circles, hexagon, sheet

PITCH_20DP = IN / 20  # module of FRC's 20-pitch gears, mm


def gear_outline(teeth: int, module: float = PITCH_20DP) -> Sketch:
    """Answer a gear's outline: straight flanks through the pitch circle that meet in a pointed root.

    Three faces a tooth instead of an involute's many keep a gear's file small.
    """
    tip, root = (teeth / 2 + 1) * module, (teeth / 2 - 1.25) * module
    half_tip, half_root = pi / teeth * 0.28, pi / teeth
    points: list[Point] = []
    for tooth in range(teeth):
        middle = 2 * pi * tooth / teeth
        for radius, turn in ((root, -half_root), (tip, -half_tip), (tip, half_tip)):
            points.append((radius * cos(middle + turn), radius * sin(middle + turn)))
    return Sketch() + Polygon(*points, align=None)


def gear(teeth: int, width: float = 0.5 * IN, colour: Colour = STEEL) -> Solid:
    """A spur gear with a half-inch hex bore; large ones are lightened."""
    outline = gear_outline(teeth) - hexagon(HEX_SHAFT + 0.05)
    if teeth > 36:
        middle = (0.45 * IN + (teeth / 2 - 2.5) * PITCH_20DP) / 2
        outline -= circles(bolt_circle(6, 2 * middle), 0.42 * IN)
    return Solid(f"Gear {teeth}T, 20 DP", sheet(outline, width), colour)


def pinion(teeth: int = 12) -> Solid:
    """A motor pinion with a keyed 8 mm bore."""
    outline = gear_outline(teeth) - (Sketch() + Circle(4.0))
    return Solid(f"Pinion {teeth}T, 20 DP", sheet(outline, 0.75 * IN), STEEL)


def belt_pulley(teeth: int = 18) -> Solid:
    """An HTD 5 mm pulley for a 15 mm belt, with flanges and a hex bore, printed."""
    pitch_radius = teeth * 5 / pi / 2
    land = Sketch() + Circle(pitch_radius - 0.57)
    land -= circles(bolt_circle(teeth, 2 * pitch_radius - 1.7), 3.05)
    pulley = Part() + Pos(0, 0, 1.5) * extrude(land, 16)
    for z in (0.75, 18.25):
        pulley += Pos(0, 0, z) * Cylinder(pitch_radius + 2.2, 1.5)
    pulley -= extrude(hexagon(HEX_SHAFT + 0.1), 40)
    return Solid(f"Belt pulley {teeth}T HTD5", pulley, PRINTED_BLACK)


def sprocket(teeth: int = 22) -> Solid:
    """A #25 chain plate sprocket with a hex bore and a bolt circle."""
    pitch_radius = 0.25 * IN / 2 / sin(pi / teeth)
    outline = Sketch() + Circle(pitch_radius + 1.9)
    outline -= circles(bolt_circle(teeth, 2 * pitch_radius + 1.6), 4.9)
    outline -= hexagon(HEX_SHAFT + 0.05) + circles(bolt_circle(6, 1.125 * IN), CLEAR_10)
    return Solid(f"Sprocket #25, {teeth}T", sheet(outline, 0.16 * IN), ALUMINIUM)
