"""What the bill of materials says of each product's size: exact where the shape was read, else the preview's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from utils.bom.rows import Body, Measure
from utils.cad.analysis import Analysis, Box
from utils.cad.product.tree import ProductTree

Mesh = dict[str, Any]


def measured(
    tree: ProductTree, analysis: Analysis | None, meshes: list[Mesh]
) -> tuple[dict[int, Measure], list[Body]]:
    """By product; and what belongs to no product. ``meshes`` are the preview's, as `reading.py` measures them."""
    colours = _colours(meshes)
    found = _exact(analysis, colours) if analysis is not None else _approximate(_of_products(meshes))
    by_product: dict[int, list[Measure]] = {}
    bodies = []
    for product, name, quantity, measure in found:
        if product is None:
            bodies.append(Body(measure, name, quantity))
        else:
            by_product.setdefault(product, []).append(measure)
    measures = {product: _together(several) for product, several in by_product.items()}
    if analysis is not None and len(tree.roots) == 1 and tree.roots[0] not in measures:
        whole = Measure(_sides(analysis["box"]), analysis["volume_mm3"], exact=True, whole=True)
        measures[tree.roots[0]] = whole
    return measures, bodies


def counted(meshes: list[Mesh]) -> tuple[int, int]:
    """How many different parts the preview shows, and how many pieces: a product's several bodies are one part."""
    pieces: dict[int, int] = {}
    for number, mesh in enumerate(meshes):
        part = mesh["product"] if mesh["product"] is not None else -1 - number
        pieces[part] = max(pieces.get(part, 0), mesh["quantity"])
    return len(pieces), sum(pieces.values())


_Found = Iterable[tuple[int | None, str, int, Measure]]


def _exact(analysis: Analysis, colours: dict[int | None, str]) -> _Found:
    for part in analysis["parts"]:
        measure = Measure(
            _sides(part["box"]),
            part["volume_mm3"],
            colours.get(part["product"]),
            exact=True,
            bodies=max(1, part["solids"]),
        )
        yield part["product"], "", part["quantity"], measure


def _approximate(meshes: Iterable[Mesh]) -> _Found:
    for mesh in meshes:
        box = _sides(mesh["box"]) if mesh["box"] else None
        measure = Measure(box, mesh["volume_mm3"], mesh["colour"], exact=False)
        yield mesh["product"], mesh["name"], mesh["quantity"], measure


def _of_products(meshes: list[Mesh]) -> Iterable[Mesh]:
    """The meshes with a product's several bodies as one: they lie in the same axes."""
    several: dict[int, list[Mesh]] = {}
    for mesh in meshes:
        if mesh["product"] is None:
            yield mesh
        else:
            several.setdefault(mesh["product"], []).append(mesh)
    colours = _colours(meshes)
    for product, bodies in several.items():
        volumes = [body["volume_mm3"] for body in bodies if body["volume_mm3"] is not None]
        boxes = [body["box"] for body in bodies if body["box"]]
        yield {
            **bodies[0],
            "quantity": max(body["quantity"] for body in bodies),
            "box": _around(boxes) if boxes else None,
            "volume_mm3": sum(volumes) if len(volumes) == len(bodies) else None,
            "colour": colours.get(product),
        }


def _around(boxes: list[Box]) -> Box:
    return {
        "low": [min(sides) for sides in zip(*(box["low"] for box in boxes), strict=True)],
        "high": [max(sides) for sides in zip(*(box["high"] for box in boxes), strict=True)],
    }


def _colours(meshes: list[Mesh]) -> dict[int | None, str]:
    """The colour of each product's largest area."""
    by_size = sorted((mesh for mesh in meshes if mesh["colour"]), key=lambda mesh: float(mesh["area_mm2"]))
    return {mesh["product"]: mesh["colour"] for mesh in by_size}


def _sides(box: Box) -> tuple[float, float, float]:
    x, y, z = (high - low for low, high in zip(box["low"], box["high"], strict=True))
    return x, y, z


def _together(several: list[Measure]) -> Measure:
    """A product of several shapes: its volume is their sum; where they lie to each other is not known here."""
    if len(several) == 1:
        return several[0]
    volumes = [each.volume_mm3 for each in several]
    known = [volume for volume in volumes if volume is not None]
    return Measure(
        None,
        sum(known) if len(known) == len(volumes) else None,
        next((each.colour for each in several if each.colour), None),
        exact=all(each.exact for each in several),
        bodies=sum(each.bodies for each in several),
    )
