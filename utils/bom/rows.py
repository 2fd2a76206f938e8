"""The rows of a bill of materials: every product under its parent, in the tree's own order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from utils.bom.measures import Measure, Size, of_part, sizes

if TYPE_CHECKING:
    from utils.cad.product.tree import Product, ProductTree

__all__ = ["COLUMNS", "MAX_ROWS", "Body", "BomRow", "Measure", "noted", "rows"]

COLUMNS = (
    "part_number",
    "part_description",
    "quantity",
    "level",
    "parent",
    "bbox_x_mm",
    "bbox_y_mm",
    "bbox_z_mm",
    "volume_mm3",
    "colour",
    "notes",
    "source_name",
)
MAX_ROWS = 20_000
MAX_PATH = 500  # characters, which is some 200 levels
LONGEST_NUMBER = 500
NO_PRODUCT = "the file names no product"
ITSELF = "contains itself: not unfolded"
TOO_DEEP = "deeper levels are left out"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_MEANINGLESS = {"", "none", "$", "unset", "not specified"}


@dataclass(frozen=True)
class BomRow:
    """A product under its parent. Lengths in mm, volume in mm³ of one piece, None for what is not known.

    `quantity` is how often it is in that parent, `total_quantity` how often in the whole file at this place in the
    tree; `path` is that place ("1.3.2"). `parent` is the parent's part number, "" at level 0. `product` is the number
    of its PRODUCT entity, None for a body without one. `notes` are separated by "; ". `source_name` is the text in
    the file that `part_description` was before anybody translated it.
    """

    part_number: str
    part_description: str
    quantity: int
    level: int
    parent: str
    bbox_x_mm: float | None
    bbox_y_mm: float | None
    bbox_z_mm: float | None
    volume_mm3: float | None
    colour: str | None
    notes: str
    source_name: str
    path: str
    product: int | None
    total_quantity: int


@dataclass(frozen=True)
class Body:
    """Something measured that belongs to no product."""

    measure: Measure
    name: str = ""
    quantity: int = 1


def noted(row: BomRow, *notes: str) -> BomRow:
    """The row with further notes, each of them once."""
    return replace(row, notes="; ".join(dict.fromkeys([*filter(None, row.notes.split("; ")), *notes])))


def rows(tree: ProductTree, measures: Mapping[int, Measure], bodies: Sequence[Body] = ()) -> list[BomRow]:
    """One row per product under each of its parents, depth first; then `bodies`, which belong to no product.

    Equal children are one row with their quantity. After `MAX_ROWS` the list ends, and its first and last row say so.
    """
    unfolding = _Unfolding(tree, measures)
    found: list[BomRow] = []
    for row in _chained(unfolding, bodies):
        if len(found) == MAX_ROWS:
            cut = f"the list ends after {MAX_ROWS:,} rows"
            found[0], found[-1] = noted(found[0], cut), noted(found[-1], cut)
            break
        found.append(row)
    return found


def _chained(unfolding: _Unfolding, bodies: Sequence[Body]) -> Iterator[BomRow]:
    yield from unfolding
    for number, body in enumerate(bodies, 1):
        yield _body_row(body, number, str(len(unfolding.roots) + number))


def _body_row(body: Body, number: int, path: str) -> BomRow:
    name = _storable(body.name)
    label = name or f"Body {number}"
    size = of_part(body.measure)
    return _row(
        size,
        part_number=label[:LONGEST_NUMBER],
        part_description=label,
        quantity=body.quantity,
        source_name=name,
        path=path,
        extra=(NO_PRODUCT,),
    )


def _row(
    size: Size,
    *,
    part_number: str,
    part_description: str,
    quantity: int,
    source_name: str,
    path: str,
    level: int = 0,
    parent: str = "",
    product: int | None = None,
    total: int | None = None,
    extra: tuple[str, ...] = (),
) -> BomRow:
    x, y, z = (None if side is None else round(side, 4) for side in size.box)
    return BomRow(
        part_number=part_number,
        part_description=part_description,
        quantity=quantity,
        level=level,
        parent=parent,
        bbox_x_mm=x,
        bbox_y_mm=y,
        bbox_z_mm=z,
        volume_mm3=None if size.volume_mm3 is None else round(size.volume_mm3, 4),
        colour=size.colour,
        notes="; ".join((*size.notes, *extra)),
        source_name=source_name,
        path=path,
        product=product,
        total_quantity=quantity if total is None else total,
    )


class _Unfolding:
    """Walks a product tree from its roots without recursion: files nest deeper than Python's stack."""

    def __init__(self, tree: ProductTree, measures: Mapping[int, Measure]) -> None:
        self._products = tree.products
        self._children: dict[int, dict[int, int]] = {}
        for usage in tree.usages:
            if usage.parent in tree.products and usage.child in tree.products:
                inner = self._children.setdefault(usage.parent, {})
                inner[usage.child] = inner.get(usage.child, 0) + usage.quantity
        self.roots = [root for root in tree.roots if root in tree.products] or self._without_parents()
        self._sizes = sizes(self._children, measures, self._bottom_up())

    def _without_parents(self) -> list[int]:
        used = {child for inner in self._children.values() for child in inner}
        return [product for product in self._products if product not in used] or list(self._products)[:1]

    def _bottom_up(self) -> Iterable[int]:
        """Each reachable product once, its children before it."""
        done: dict[int, None] = {}
        seen: set[int] = set()
        waiting = list(reversed(self.roots))
        while waiting:
            product = waiting[-1]
            if product in seen:
                done.setdefault(waiting.pop())
                continue
            seen.add(product)
            waiting.extend(child for child in self._children.get(product, ()) if child not in seen)
        return done

    def __iter__(self) -> Iterator[BomRow]:
        above: list[BomRow] = []  # the rows from the root down to the parent of what comes next
        waiting = [(root, 1, str(place), 0) for place, root in reversed(list(enumerate(self.roots, 1)))]
        while waiting:
            product, quantity, path, level = waiting.pop()
            del above[level:]
            inner, note = self._below(product, path, above)
            row = self._product_row(product, quantity, path, above[-1] if above else None, note)
            yield row
            above.append(row)
            waiting.extend(
                (child, count, f"{path}.{place}", level + 1)
                for place, (child, count) in reversed(list(enumerate(inner.items(), 1)))
            )

    def _below(self, product: int, path: str, above: list[BomRow]) -> tuple[dict[int, int], tuple[str, ...]]:
        inner = self._children.get(product, {})
        if not inner:
            return {}, ()
        if any(row.product == product for row in above):
            return {}, (ITSELF,)
        if len(path) + len(str(len(inner))) + 1 > MAX_PATH:
            return {}, (TOO_DEEP,)
        return inner, ()

    def _product_row(
        self, number: int, quantity: int, path: str, parent: BomRow | None, note: tuple[str, ...]
    ) -> BomRow:
        product = self._products[number]
        label, description, source = _words(product)
        return _row(
            self._sizes[number],
            part_number=label[:LONGEST_NUMBER],
            part_description=description,
            quantity=quantity,
            source_name=source,
            path=path,
            level=parent.level + 1 if parent else 0,
            parent=parent.part_number if parent else "",
            product=number,
            total=quantity * parent.total_quantity if parent else quantity,
            extra=note,
        )


def _words(product: Product) -> tuple[str, str, str]:
    """Part number, description, and the text in the file that the description is.

    Most CAD systems write one text into number and name, and "None" where they have nothing.
    """
    number, name, description = (
        "" if text.strip().lower() in _MEANINGLESS else _storable(text.strip())
        for text in (product.part_number, product.name, product.description)
    )
    number = number or name or f"#{product.number}"
    shown = next((text for text in (name, description) if text and text != number), number)
    source = _storable(product.source_name)
    return number, shown, source if source.strip() == shown else shown


def _storable(text: str) -> str:
    # What is no Unicode (half a surrogate pair) or no text at all (NUL) fits in no database and no file.
    return _NO_TEXT.sub("\ufffd", text)
