"""Writes small STEP files as text: boxes, spheres, assemblies and broken variants, with no CAD kernel.

Every function returns the whole exchange file as ``str``; encode it as UTF-8 to upload it. Lengths are in the
given unit (``mm``, ``cm``, ``m`` or ``inch``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Point = tuple[float, float, float]

_LENGTH_UNITS = {
    "mm": "SI_UNIT(.MILLI.,.METRE.)",
    "cm": "SI_UNIT(.CENTI.,.METRE.)",
    "m": "SI_UNIT($,.METRE.)",
}


class StepText:
    """Collects numbered entities and writes them between a header and an end."""

    def __init__(self, unit: str = "mm", schema: str = "AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }") -> None:
        self._entities: list[str] = []
        self._schema = schema
        application = self.add("APPLICATION_CONTEXT('automotive design')")
        protocol = "'international standard','automotive_design',2000"
        self.add(f"APPLICATION_PROTOCOL_DEFINITION({protocol},{application})")
        self._product_context = self.add(f"PRODUCT_CONTEXT('',{application},'mechanical')")
        self._definition_context = self.add(
            f"PRODUCT_DEFINITION_CONTEXT('part definition',{application},'design')"
        )
        self._context = self._geometric_context(unit)

    def add(self, entity: str) -> str:
        """Append one entity, such as ``DIRECTION('',(0.,0.,1.))``; returns its reference (``#7``)."""
        self._entities.append(entity)
        return f"#{len(self._entities)}"

    def text(self, file_name: str = "part.step") -> str:
        """The exchange file so far."""
        body = "\n".join(f"#{number}={entity};" for number, entity in enumerate(self._entities, 1))
        return (
            "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\n"
            f"FILE_NAME('{file_name}','2026-01-01T00:00:00',(''),(''),'','','');\n"
            f"FILE_SCHEMA(('{self._schema}'));\nENDSEC;\nDATA;\n{body}\nENDSEC;\nEND-ISO-10303-21;\n"
        )

    def _geometric_context(self, unit: str) -> str:
        length = self._length_unit(unit)
        angle = self.add("(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))")
        solid_angle = self.add("(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())")
        uncertainty = self.add(
            f"UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-7),{length},'distance_accuracy_value','')"
        )
        return self.add(
            f"(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT(({uncertainty}))"
            f"GLOBAL_UNIT_ASSIGNED_CONTEXT(({length},{angle},{solid_angle}))REPRESENTATION_CONTEXT('',''))"
        )

    def _length_unit(self, unit: str) -> str:
        if unit in _LENGTH_UNITS:
            return self.add(f"(LENGTH_UNIT()NAMED_UNIT(*){_LENGTH_UNITS[unit]})")
        if unit != "inch":
            raise ValueError(f"unknown unit {unit!r}")
        millimetre = self.add(f"(LENGTH_UNIT()NAMED_UNIT(*){_LENGTH_UNITS['mm']})")
        measure = self.add(f"LENGTH_MEASURE_WITH_UNIT(LENGTH_MEASURE(25.4),{millimetre})")
        exponents = self.add("DIMENSIONAL_EXPONENTS(1.,0.,0.,0.,0.,0.,0.)")
        return self.add(f"(CONVERSION_BASED_UNIT('INCH',{measure})LENGTH_UNIT()NAMED_UNIT({exponents}))")

    # geometry

    def point(self, at: Point) -> str:
        return self.add(f"CARTESIAN_POINT('',{_triple(at)})")

    def direction(self, along: Point) -> str:
        return self.add(f"DIRECTION('',{_triple(along)})")

    def placement(self, at: Point = (0, 0, 0), axis: Point = (0, 0, 1), x: Point = (1, 0, 0)) -> str:
        return self.add(f"AXIS2_PLACEMENT_3D('',{self.point(at)},{self.direction(axis)},{self.direction(x)})")

    def box_solid(self, size: Point, at: Point = (0, 0, 0), name: str = "") -> str:
        """A box by six planar faces, from the corner ``at``; returns the MANIFOLD_SOLID_BREP."""
        corners = [
            tuple(at[axis] + size[axis] * ((number >> axis) & 1) for axis in range(3)) for number in range(8)
        ]
        vertices = [self.add(f"VERTEX_POINT('',{self.point((c[0], c[1], c[2]))})") for c in corners]
        edges = {}
        for low in range(8):
            for axis in range(3):
                if not (low >> axis) & 1:
                    edges[low, low | 1 << axis] = self._line_edge(vertices, corners[low], low, axis)
        faces = [self._box_face(corners, edges, axis, side) for axis in range(3) for side in (0, 1)]
        shell = self.add(f"CLOSED_SHELL('',({','.join(faces)}))")
        return self.add(f"MANIFOLD_SOLID_BREP('{name}',{shell})")

    def _line_edge(self, vertices: Sequence[str], corner: Sequence[float], low: int, axis: int) -> str:
        along = tuple(float(axis == number) for number in range(3))
        vector = self.add(f"VECTOR('',{self.direction((along[0], along[1], along[2]))},1.)")
        line = self.add(f"LINE('',{self.point((corner[0], corner[1], corner[2]))},{vector})")
        return self.add(f"EDGE_CURVE('',{vertices[low]},{vertices[low | 1 << axis]},{line},.T.)")

    def _box_face(
        self, corners: Sequence[Sequence[float]], edges: dict[tuple[int, int], str], axis: int, side: int
    ) -> str:
        u, v = 1 << (axis + 1) % 3, 1 << (axis + 2) % 3
        base = side << axis
        ring = [base, base | u, base | u | v, base | v]
        if side == 0:  # the outward normal looks the other way, so the loop runs the other way round
            ring.reverse()
        oriented = []
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            forward = (start, end) in edges
            edge = edges[(start, end) if forward else (end, start)]
            oriented.append(self.add(f"ORIENTED_EDGE('',*,*,{edge},{'.T.' if forward else '.F.'})"))
        loop = self.add(f"EDGE_LOOP('',({','.join(oriented)}))")
        bound = self.add(f"FACE_OUTER_BOUND('',{loop},.T.)")
        normal = [0.0, 0.0, 0.0]
        normal[axis] = 1.0 if side else -1.0
        x = [0.0, 0.0, 0.0]
        x[(axis + 1) % 3] = 1.0
        corner = corners[base]
        place = self.placement(
            (corner[0], corner[1], corner[2]), (normal[0], normal[1], normal[2]), (x[0], x[1], x[2])
        )
        plane = self.add(f"PLANE('',{place})")
        return self.add(f"ADVANCED_FACE('',({bound}),{plane},.T.)")

    def sphere_solid(self, radius: float, name: str = "") -> str:
        """A sphere of one face around the origin; returns the MANIFOLD_SOLID_BREP."""
        surface = self.add(f"SPHERICAL_SURFACE('',{self.placement()},{_real(radius)})")
        pole = self.add(f"VERTEX_POINT('',{self.point((0, 0, -radius))})")
        loop = self.add(f"VERTEX_LOOP('',{pole})")
        bound = self.add(f"FACE_BOUND('',{loop},.T.)")
        face = self.add(f"ADVANCED_FACE('',({bound}),{surface},.T.)")
        shell = self.add(f"CLOSED_SHELL('',({face}))")
        return self.add(f"MANIFOLD_SOLID_BREP('{name}',{shell})")

    # products

    def product(self, name: str, solids: Iterable[str] = ()) -> tuple[str, str]:
        """A product with its shape; returns (PRODUCT_DEFINITION, representation)."""
        product = self.add(f"PRODUCT('{_text(name)}','{_text(name)}','',({self._product_context}))")
        formation = self.add(f"PRODUCT_DEFINITION_FORMATION('','',{product})")
        definition = self.add(f"PRODUCT_DEFINITION('design','',{formation},{self._definition_context})")
        shape = self.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")
        items = [self.placement(), *solids]
        kind = "ADVANCED_BREP_SHAPE_REPRESENTATION" if len(items) > 1 else "SHAPE_REPRESENTATION"
        representation = self.add(f"{kind}('',({','.join(items)}),{self._context})")
        self.add(f"SHAPE_DEFINITION_REPRESENTATION({shape},{representation})")
        return definition, representation

    def occurrence(self, parent: tuple[str, str], child: tuple[str, str], name: str, at: Point) -> str:
        """Place ``child`` in ``parent`` (both as ``product`` returned them); returns the occurrence."""
        usage = self.add(
            f"NEXT_ASSEMBLY_USAGE_OCCURRENCE('{_text(name)}','{_text(name)}','',{parent[0]},{child[0]},$)"
        )
        shape = self.add(f"PRODUCT_DEFINITION_SHAPE('','',{usage})")
        transform = self.add(f"ITEM_DEFINED_TRANSFORMATION('','',{self.placement()},{self.placement(at)})")
        relation = self.add(
            f"(REPRESENTATION_RELATIONSHIP('','',{child[1]},{parent[1]})"
            f"REPRESENTATION_RELATIONSHIP_WITH_TRANSFORMATION({transform})SHAPE_REPRESENTATION_RELATIONSHIP())"
        )
        self.add(f"CONTEXT_DEPENDENT_SHAPE_REPRESENTATION({relation},{shape})")
        return usage

    def colour(self, solid: str, rgb: Point) -> None:
        """Give a solid a surface colour, each channel 0 to 1."""
        value = self.add(f"COLOUR_RGB('',{','.join(_real(channel) for channel in rgb)})")
        fill = self.add(f"FILL_AREA_STYLE_COLOUR('',{value})")
        fill_area = self.add(f"FILL_AREA_STYLE('',({fill}))")
        area = self.add(f"SURFACE_STYLE_FILL_AREA({fill_area})")
        side = self.add(f"SURFACE_SIDE_STYLE('',({area}))")
        usage = self.add(f"SURFACE_STYLE_USAGE(.BOTH.,{side})")
        style = self.add(f"PRESENTATION_STYLE_ASSIGNMENT(({usage}))")
        item = self.add(f"STYLED_ITEM('',({style}),{solid})")
        self.add(f"MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',({item}),{self._context})")


def box(
    width: float,
    depth: float,
    height: float,
    name: str = "Box",
    unit: str = "mm",
    colour: Point | None = None,
) -> str:
    """One box, ``width`` along X, ``depth`` along Y, ``height`` along Z."""
    step = StepText(unit)
    solid = step.box_solid((width, depth, height), name=_text(name))
    step.product(name, [solid])
    if colour:
        step.colour(solid, colour)
    return step.text()


def sphere(radius: float, name: str = "Sphere", unit: str = "mm") -> str:
    """One sphere around the origin: about 2 kB whatever its size."""
    step = StepText(unit)
    step.product(name, [step.sphere_solid(radius)])
    return step.text()


def assembly(name: str = "Frame", unit: str = "mm") -> str:
    """``name`` holds a 100 x 60 x 5 ``Plate`` and a ``Feet`` sub-assembly of four 10 mm cubes, ``Foot``."""
    step = StepText(unit)
    root, feet = step.product(name), step.product("Feet")
    plate = step.product("Plate", [step.box_solid((100, 60, 5))])
    foot = step.product("Foot", [step.box_solid((10, 10, 10))])
    step.occurrence(root, plate, "plate:1", (0, 0, 10))
    step.occurrence(root, feet, "feet:1", (0, 0, 0))
    for number, (x, y) in enumerate([(0, 0), (90, 0), (0, 50), (90, 50)], 1):
        step.occurrence(feet, foot, f"foot:{number}", (x, y, 0))
    return step.text()


def nested_assembly(levels: int, children: int, name: str = "Nest") -> str:
    """A small file that unfolds into ``children ** levels`` boxes."""
    step = StepText()
    inner = step.product("Grain", [step.box_solid((1, 1, 1))])
    for level in range(levels):
        outer = step.product(name if level == levels - 1 else f"Level {level}")
        for number in range(children):
            step.occurrence(outer, inner, f"{level}.{number}", (number * 2.0 * (level + 1), 0, 0))
        inner = outer
    return step.text()


def external_reference(file_name: str, name: str = "Master") -> str:
    """A part whose shape stands in another file, as AP203 writes it; the reader would open that file."""
    step = StepText()
    step.product("Anchor", [step.box_solid((1, 1, 1))])
    product = step.add(f"PRODUCT('{_text(name)}','{_text(name)}','',({step._product_context}))")
    formation = step.add(f"PRODUCT_DEFINITION_FORMATION('','',{product})")
    kind = step.add("DOCUMENT_TYPE('geometry')")
    document = step.add(f"DOCUMENT_FILE('{_text(file_name)}','{_text(file_name)}','',{kind},'',$)")
    definition = step.add(
        f"PRODUCT_DEFINITION_WITH_ASSOCIATED_DOCUMENTS('design','',{formation},{step._definition_context},({document}))"
    )
    shape = step.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")
    representation = step.add(f"SHAPE_REPRESENTATION('',({step.placement()}),{step._context})")
    step.add(f"SHAPE_DEFINITION_REPRESENTATION({shape},{representation})")
    return step.text()


def header_only() -> str:
    """A well-formed file with not one entity."""
    return re.sub(r"DATA;\n.*\nENDSEC;", "DATA;\nENDSEC;", box(1, 1, 1), flags=re.DOTALL)


def no_shape() -> str:
    """A product with a placement, but no solid and no surface."""
    step = StepText()
    step.product("Nothing")
    return step.text()


def cut_off(text: str, keep: float = 0.5) -> str:
    """The first ``keep`` of a file."""
    return text[: int(len(text) * keep)]


def without(text: str, keyword: str, number: int = 0) -> str:
    """The file without its ``number``-th entity of a kind (``VECTOR``): what points at it dangles."""
    lines = text.splitlines(keepends=True)
    found = [index for index, line in enumerate(lines) if f"={keyword}(" in line]
    del lines[found[number]]
    return "".join(lines)


def not_a_number(value: str = "NaN") -> str:
    """A box with one coordinate that is no number."""
    return re.sub(r"(CARTESIAN_POINT\('',\()[^,]*", rf"\g<1>{value}", box(10, 10, 10), count=1)


def nested_parentheses(depth: int = 100_000) -> str:
    """A box, and one entity whose parentheses nest ``depth`` deep."""
    step = StepText()
    step.product("Deep", [step.box_solid((10, 10, 10))])
    step.add(f"DESCRIPTIVE_REPRESENTATION_ITEM('',{'(' * depth}{')' * depth})")
    return step.text()


def _triple(values: Sequence[float]) -> str:
    return f"({','.join(_real(value) for value in values)})"


def _real(value: float) -> str:
    # a STEP real needs its point: 1. or 1.5E-07, never 1 or 1e-07
    text = repr(float(value)).upper()
    return text if "." in text else text.replace("E", ".E") if "E" in text else f"{text}."


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
