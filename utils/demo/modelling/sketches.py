"""The few moves that almost every part is made of: holes, rounded pockets, hexagons, slots. Millimetres."""

from collections.abc import Iterable
from math import cos, pi, sin, tan

from build123d import (
    Circle,
    Cylinder,
    Kind,
    Part,
    Polygon,
    Pos,
    RegularPolygon,
    Rot,
    Sketch,
    SlotCenterToCenter,
    extrude,
    fillet,
    make_hull,
    offset,
)

Point = tuple[float, float]

IN = 25.4
CLEAR_10 = 0.196 * IN  # free fit for a #10 screw
TAP_10 = 0.159 * IN  # tap drill for 10-32
CLEAR_M3 = 3.4
CLEAR_M4 = 4.5
CLEAR_M5 = 5.5
BEARING_BORE = 1.125 * IN  # seat of the flanged bearing for a 1/2" hex shaft
HEX_SHAFT = 0.5 * IN
PLATE_3_16 = 0.1875 * IN
PLATE_1_4 = 0.25 * IN


def circles(points: Iterable[Point], diameter: float) -> Sketch:
    """Answer round holes of one size, to be cut out of an outline."""
    return Sketch() + [Pos(x, y) * Circle(diameter / 2) for x, y in points]


def bolt_circle(count: int, diameter: float, start: float = 0) -> list[Point]:
    """Answer centres on a circle of that diameter; `start` in degrees."""
    angles = [start * pi / 180 + 2 * pi * step / count for step in range(count)]
    return [(diameter / 2 * cos(angle), diameter / 2 * sin(angle)) for angle in angles]


def grid(columns: int, rows: int, pitch_x: float, pitch_y: float) -> list[Point]:
    """Answer the points of a grid that is centred on the origin."""
    return [
        ((column - (columns - 1) / 2) * pitch_x, (row - (rows - 1) / 2) * pitch_y)
        for column in range(columns)
        for row in range(rows)
    ]


def rounded(points: Iterable[Point], radius: float) -> Sketch:
    """Answer a polygon with every corner rounded, as a router's cutter leaves it."""
    polygon = Polygon(*points, align=None)
    return fillet(polygon.vertices(), radius)


def pocket(points: Iterable[Point], rib: float, radius: float = 4) -> Sketch:
    """Answer the lightening pocket in a cell of a truss; `rib` is the width left between two cells."""
    inner = offset(Polygon(*points, align=None), amount=-rib / 2, kind=Kind.INTERSECTION)
    return fillet(inner.vertices(), radius)


def truss(length: float, height: float, cells: int, rib: float, radius: float = 4) -> Sketch:
    """Answer a row of alternating triangular pockets, centred on the origin, `length` from end to end."""
    step = length / (cells + 1) * 2
    pockets = Sketch()
    for cell in range(cells):
        left = -length / 2 + cell * step / 2
        foot, tip = (-height / 2, height / 2) if cell % 2 == 0 else (height / 2, -height / 2)
        pockets += pocket([(left, foot), (left + step, foot), (left + step / 2, tip)], rib, radius)
    return pockets


def hull(rounds: Iterable[tuple[float, float, float]]) -> Sketch:
    """Answer the outline that a belt around these rounds (x, y, radius) would take."""
    discs = Sketch() + [Pos(x, y) * Circle(radius) for x, y, radius in rounds]
    return make_hull(discs.edges())


def slots(points: Iterable[Point], length: float, width: float, angle: float = 0) -> Sketch:
    """Answer slots whose end centres are `length` apart."""
    return Sketch() + [Pos(x, y) * Rot(0, 0, angle) * SlotCenterToCenter(length, width) for x, y in points]


def hexagon(across_flats: float) -> Sketch:
    """Answer a regular hexagon of that width between its flats."""
    return Sketch() + RegularPolygon(across_flats / 2, 6, major_radius=False)


def ring_sector(inner: float, outer: float, start: float, end: float, radius: float) -> Sketch:
    """Answer a rounded piece of a ring between two angles in degrees, narrower than half a turn."""
    middle = (start + end) / 2
    half = (end - start) / 2 * pi / 180
    reach = outer * 2
    wedge = Polygon((0, 0), (reach, -reach * tan(half)), (reach, reach * tan(half)), align=None)
    sector = (Circle(outer) - Circle(inner)) & wedge
    return Rot(0, 0, middle) * fillet((Sketch() + sector).vertices(), radius)


def sheet(outline: Sketch, thickness: float) -> Part:
    """Answer the flat part with that outline, standing on the XY plane."""
    return extrude(outline, thickness)


def bore(points: Iterable[Point], diameter: float, length: float) -> Part:
    """Answer drills standing on the XY plane, to be placed and cut out of a solid."""
    return Part() + [Pos(x, y, length / 2) * Cylinder(diameter / 2, length) for x, y in points]
