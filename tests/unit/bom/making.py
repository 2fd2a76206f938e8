"""Product trees and rows for tests, in few words."""

from __future__ import annotations

from dataclasses import replace

from utils.bom.measures import Measure
from utils.bom.rows import BomRow
from utils.cad.product.tree import Product, ProductTree, Usage

ROW = BomRow(
    part_number="A-1",
    part_description="Plate",
    quantity=1,
    level=0,
    parent="",
    bbox_x_mm=10.0,
    bbox_y_mm=20.5,
    bbox_z_mm=0.125,
    volume_mm3=25.625,
    colour="#ff8000",
    notes="",
    source_name="Plate",
    path="1",
    product=7,
    total_quantity=1,
)


def row(**values) -> BomRow:
    return replace(ROW, **values)


def product(number: int, part_number: str, name: str = "", description: str = "") -> Product:
    return Product(number, part_number, name or part_number, description, name)


def tree(*products: Product | str, uses: tuple[tuple[int, int], ...] = (), roots: tuple[int, ...] = (1,)):
    """Products numbered from 1 (a text is a part number), and (parent, child) for each usage."""
    numbered = [
        product(place, each) if isinstance(each, str) else each for place, each in enumerate(products, 1)
    ]
    usages = [Usage(100 + place, parent, child, "") for place, (parent, child) in enumerate(uses)]
    return ProductTree({each.number: each for each in numbered}, usages, list(roots))


def cube(side: float, **more) -> Measure:
    return Measure((side, side, side), side**3, **more)
