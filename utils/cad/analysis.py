"""What exact reading finds in a STEP file: the shape of ``analysis.json``, for whoever writes or asks it.

All members are millimetres, mm², mm³ and degrees; points and directions are in the part's own axes, as its designer
drew it. Faces are numbered from 1 through the whole preview (see ``utils.cad.facenumbers``): one numbering for
viewer, questions and drawings.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

VERSION = 2  # of this shape and of everything that decides what stands in it

Point = list[float]  # x, y, z
Surface = Literal["plane", "cylinder", "cone", "sphere", "torus", "spline", "other"]


class Box(TypedDict):
    """The smallest box along the axes that holds the exact shape."""

    low: Point
    high: Point


class Axis(TypedDict):
    origin: Point
    direction: Point  # of length 1


class Face(TypedDict):
    """``id`` is None for a face that the preview does not show."""

    id: int | None
    surface: Surface
    area_mm2: float
    centre: Point  # the centre of its area
    box: Box
    normal: NotRequired[Point]  # of a plane: out of the material
    axis: NotRequired[Axis]  # of a cylinder, cone or torus
    radius_mm: NotRequired[float]  # cylinder, sphere; a torus's large one; a cone's at its axis' origin
    minor_radius_mm: NotRequired[float]  # torus
    half_angle_deg: NotRequired[float]  # cone
    inside: NotRequired[bool]  # cylinder, cone, sphere, torus: it is the wall of a hollow
    span_deg: NotRequired[float]  # cylinder, cone: how far it reaches around its axis, 360 for all of it


class Counterbore(TypedDict):
    diameter_mm: float
    depth_mm: float


class Countersink(TypedDict):
    diameter_mm: float
    angle_deg: float  # the full angle: 90 for metric screws


class Hole(TypedDict):
    """A round hole, whatever steps it has; a slot is none. ``depth_mm`` is its whole depth without a drill's tip."""

    kind: Literal["through", "blind"]
    diameter_mm: float  # the narrowest
    depth_mm: float
    axis: Axis  # from its mouth into the material
    counterbore: Counterbore | None
    countersink: Countersink | None
    faces: list[int]


class Fillet(TypedDict):
    """A rounding between faces; ``inside`` for one that fills a corner, as a cutter leaves it."""

    radius_mm: float
    inside: bool
    faces: list[int]


class Thickness(TypedDict):
    """The distance between the two largest parallel faces that look away from each other.

    Of pairs that are nearly as large (80 %) the nearest counts: a tube is as thick as its wall.
    """

    mm: float
    constant: bool  # a plate: everything lies between these two faces and nothing in it is thinner
    faces: list[int]  # of both sides
    wall: NotRequired[bool]  # of a round tube: between its outer and its inner cylinder


class Part(TypedDict):
    """A distinct part of the file. ``product`` is the number of its PRODUCT entity, None where there is none."""

    product: int | None
    quantity: int  # in the whole file, sub-assemblies multiplied out
    solids: int
    volume_mm3: float | None  # None for what is not closed
    area_mm2: float
    box: Box
    centre: Point | None  # of mass
    faces: list[Face]
    holes: list[Hole]
    fillets: list[Fillet]
    thickness: Thickness | None


class Analysis(TypedDict):
    """``parts`` is in the order of the preview's meshes; ``box`` holds the whole assembly in its own axes."""

    version: int
    parts: list[Part]
    instances: int
    volume_mm3: float | None  # of all instances together
    area_mm2: float
    box: Box
    centre: Point | None  # of mass, in the assembly's axes; None where there is no volume
