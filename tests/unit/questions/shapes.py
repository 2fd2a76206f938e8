"""Analyses built by hand, whose every number is known: a plate with holes, an assembly, an open shell."""

from __future__ import annotations

import math
from typing import Any

from utils.cad.analysis import VERSION, Analysis, Axis, Box, Face, Fillet, Hole, Part, Point, Thickness

Z: Point = [0.0, 0.0, 1.0]


def box(x: float, y: float, z: float) -> Box:
    return {"low": [0.0, 0.0, 0.0], "high": [x, y, z]}


def plane(number: int | None, area: float, normal: Point = Z, centre: Point | None = None) -> Face:
    side = math.sqrt(area)
    return {
        "id": number,
        "surface": "plane",
        "area_mm2": area,
        "centre": centre or [0.0, 0.0, 0.0],
        "box": box(side, side, 0),
        "normal": normal,
    }


def cylinder(number: int | None, radius: float, height: float, inside: bool = True) -> Face:
    return {
        "id": number,
        "surface": "cylinder",
        "area_mm2": 2 * math.pi * radius * height,
        "centre": [0.0, 0.0, height / 2],
        "box": box(2 * radius, 2 * radius, height),
        "axis": axis(0, 0),
        "radius_mm": radius,
        "inside": inside,
        "span_deg": 360.0,
    }


def axis(x: float, y: float, z: float = 6.0, direction: Point | None = None) -> Axis:
    return {"origin": [x, y, z], "direction": direction or [0.0, 0.0, -1.0]}


def hole(
    diameter: float,
    at: tuple[float, float] = (0, 0),
    blind: float | None = None,
    faces: Any = (),
    **more: Any,
) -> Hole:
    """Through 6 mm of plate unless `blind` has its depth; `counterbore` and `countersink` as two numbers."""
    bore, sink = more.get("counterbore"), more.get("countersink")
    return {
        "kind": "through" if blind is None else "blind",
        "diameter_mm": diameter,
        "depth_mm": 6.0 if blind is None else blind,
        "axis": more.get("axis", axis(*at)),
        "counterbore": {"diameter_mm": bore[0], "depth_mm": bore[1]} if bore else None,
        "countersink": {"diameter_mm": sink[0], "angle_deg": sink[1]} if sink else None,
        "faces": list(faces),
    }


def fillet(radius: float, inside: bool, *faces: int) -> Fillet:
    return {"radius_mm": radius, "inside": inside, "faces": list(faces)}


def part(**given: Any) -> Part:
    whole: dict[str, Any] = {
        "product": None,
        "quantity": 1,
        "solids": 1,
        "volume_mm3": 1000.0,
        "area_mm2": 600.0,
        "box": box(10, 10, 10),
        "centre": [5.0, 5.0, 5.0],
        "faces": [],
        "holes": [],
        "fillets": [],
        "thickness": None,
    }
    return {**whole, **given}  # type: ignore[typeddict-item]


def analysis(*parts: Part, size: Box | None = None) -> Analysis:
    volumes = [p["volume_mm3"] for p in parts]
    total = sum((p["volume_mm3"] or 0.0) * p["quantity"] for p in parts)
    return {
        "version": VERSION,
        "parts": list(parts),
        "instances": sum(p["quantity"] for p in parts),
        "volume_mm3": None if None in volumes else total,
        "area_mm2": sum(p["area_mm2"] * p["quantity"] for p in parts),
        "box": size or parts[0]["box"],
        "centre": None if None in volumes else parts[0]["centre"],
    }


def plate_part(**given: Any) -> Part:
    """A plate of 120 × 70 × 6: 4 holes of 5.5 through at 100 × 50, 2 of 5.0 blind, 1 of 6.6 counterbored,

    1 of 4.5 countersunk, 1 of 0.201 inches through; rounded outside by 5 (4 times), inside by 1 (2) and 0.5 (1)."""
    corners = [(10.0, 10.0), (110.0, 10.0), (110.0, 60.0), (10.0, 60.0)]
    faces = [
        plane(1, 8000.0, [0.0, 0.0, 1.0], [60.0, 35.0, 6.0]),
        plane(2, 8100.0, [0.0, 0.0, -1.0], [60.0, 35.0, 0.0]),
        plane(3, 420.0, [0.0, -1.0, 0.0], [60.0, 0.0, 3.0]),
        plane(4, 240.0, [1.0, 0.0, 0.0], [120.0, 35.0, 3.0]),
        plane(5, 99.0, [0.0, 1.0, 0.0], [60.0, 70.0, 3.0]),
        plane(6, 100.0, [-1.0, 0.0, 0.0], [0.0, 35.0, 3.0]),
        *(cylinder(7 + place, 2.75, 6.0) for place in range(4)),
        cylinder(11, 2.5, 4.0),
        cylinder(12, 2.5, 4.0),
        cylinder(13, 3.3, 4.0),
        cylinder(14, 5.5, 2.0),
        cylinder(15, 2.25, 4.0),
        cylinder(16, 0.1005 * 25.4, 6.0),
        *(cylinder(17 + place, 5.0, 6.0, inside=False) for place in range(4)),
        cylinder(21, 1.0, 6.0),
        cylinder(22, 1.0, 6.0),
        cylinder(23, 0.5, 6.0),
    ]
    holes = [
        *(hole(5.5, at, faces=[7 + place]) for place, at in enumerate(corners)),
        hole(5.0, (40, 35), blind=4.0, faces=[11]),
        hole(5.0, (70, 35), blind=4.0, faces=[12]),
        hole(6.6, (60, 20), faces=[13, 14], counterbore=(11.0, 2.0)),
        hole(4.5, (60, 50), faces=[15], countersink=(9.0, 90.0)),
        hole(0.201 * 25.4, (80, 50), faces=[16]),
    ]
    fillets = [
        *(fillet(5.0, False, 17 + place) for place in range(4)),
        fillet(1.0, True, 21),
        fillet(1.0, True, 22),
        fillet(0.5, True, 23),
    ]
    thickness: Thickness = {"mm": 6.0, "constant": True, "faces": [1, 2]}
    built: dict[str, Any] = {
        "volume_mm3": 50_000.0,
        "area_mm2": 19_000.0,
        "box": box(120, 70, 6),
        "centre": [60.0, 35.0, 3.0],
        "faces": faces,
        "holes": holes,
        "fillets": fillets,
        "thickness": thickness,
    }
    return part(**{**built, **given})


def plate() -> Analysis:
    return analysis(plate_part())


def assembly() -> Analysis:
    """Two plates (product 10), a block (product 20) and an unnamed shaft; faces go on from the plate's 23."""
    block = part(
        product=20,
        volume_mm3=1000.0,
        faces=[plane(24, 100.0), plane(25, 100.0, [0.0, 0.0, -1.0]), plane(None, 50.0, [1.0, 0.0, 0.0])],
        holes=[hole(5.5, faces=[26]), hole(3.3, blind=8.0)],
        thickness={"mm": 10.0, "constant": False, "faces": [24, 25]},
    )
    shaft = part(volume_mm3=500.0, faces=[cylinder(27, 4.0, 30.0, inside=False)], centre=[0.0, 0.0, 15.0])
    return analysis(plate_part(product=10, quantity=2), block, shaft, size=box(200, 100, 50))


NAMES = {10: "Side plate", 20: "Block"}
