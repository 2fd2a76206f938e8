"""The product tree of a STEP file: which products it has, who contains whom, and how often.

ISO 10303-41 and -44: a PRODUCT has versions (PRODUCT_DEFINITION_FORMATION), these have PRODUCT_DEFINITIONs, and a
NEXT_ASSEMBLY_USAGE_OCCURRENCE says that one definition is used in another. A product without a shape that no assembly
uses (a document, a drawing, an approval) is no part. An assembly made of MAPPED_ITEMs only, without usages, is one
product here as it is for native readers: nothing in it says which products the mapped shapes stand for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from utils.cad.assembly import CyclicAssembly
from utils.cad.blocks import Block, StatementTooLong, read_blocks
from utils.cad.product.collecting import Collected, RawUsage
from utils.cad.product.names import Decoder
from utils.cad.product.statements import product_statements

__all__ = ["CyclicAssembly", "Product", "ProductTree", "Usage", "build", "read_tree"]


@dataclass(frozen=True)
class Product:
    """``number`` is the PRODUCT entity's; ``name`` falls back to the part number, ``source_name`` does not."""

    number: int
    part_number: str
    name: str
    description: str
    source_name: str  # the name as the file has it, readable


@dataclass(frozen=True)
class Usage:
    """One usage of a product in another, both by number; ``reference`` is what the file calls this place."""

    number: int
    parent: int
    child: int
    reference: str
    quantity: int = 1  # more than one only where the file counts instead of placing


@dataclass(frozen=True)
class ProductTree:
    products: dict[int, Product] = field(default_factory=dict)
    usages: list[Usage] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)

    def quantities(self) -> dict[int, int]:
        """How often each product occurs below all roots together, a root once. Raises CyclicAssembly."""
        below: dict[int, list[Usage]] = defaultdict(list)
        for usage in self.usages:
            below[usage.parent].append(usage)
        to_come = Counter(usage.child for usage in self.usages)
        total = dict.fromkeys(self.products, 0) | dict.fromkeys(self.roots, 1)
        ready = [number for number in self.products if not to_come[number]]
        seen = 0
        while ready:
            number = ready.pop()
            seen += 1
            for usage in below[number]:
                total[usage.child] += total[number] * usage.quantity
                to_come[usage.child] -= 1
                if not to_come[usage.child]:
                    ready.append(usage.child)
        if seen < len(self.products):
            raise CyclicAssembly
        return total

    def distinct_parts(self) -> list[int]:
        """The products that contain no others, in the order of the file."""
        parents = {usage.parent for usage in self.usages}
        return [number for number in self.products if number not in parents]

    def instances(self) -> int:
        """How often parts occur in all, sub-assemblies unfolded. Raises CyclicAssembly."""
        quantities = self.quantities()
        return sum(quantities[number] for number in self.distinct_parts())


def read_tree(path: Path) -> ProductTree:
    """Read the tree of the STEP file at ``path`` with flat memory; a file without products gives an empty one."""
    collected = Collected()
    with path.open("rb") as file:
        try:
            for block in read_blocks(file):
                if isinstance(block, Block):
                    for found in product_statements(block):
                        collected.add(found.entity)
        except StatementTooLong:
            pass  # the scan says so; what stands before it is still true
    return build(collected)


def build(collected: Collected) -> ProductTree:
    """Put together what was collected."""
    usages = [
        (raw, parent, child)
        for raw in collected.usages
        if (parent := collected.product_of(raw.parent)) is not None
        and (child := collected.product_of(raw.child)) is not None
    ]
    used = {child for _, _, child in usages}
    parts = used | {parent for _, parent, _ in usages} | collected.with_shape()
    numbers = [number for number in collected.products if number in parts] or list(collected.products)
    decoder = Decoder(_texts(collected, numbers, (raw for raw, _, _ in usages)))
    return ProductTree(
        {number: _product(number, collected.products[number], decoder) for number in numbers},
        [
            Usage(raw.number, parent, child, _reference(raw, decoder), collected.quantity(raw))
            for raw, parent, child in usages
        ],
        [number for number in numbers if number not in used],
    )


def _product(number: int, literals: tuple[bytes, bytes, bytes], decoder: Decoder) -> Product:
    part_number, name, description = (decoder.text(literal) for literal in literals)
    return Product(
        number, part_number.strip(), name.strip() or part_number.strip(), description.strip(), name
    )


def _reference(raw: RawUsage, decoder: Decoder) -> str:
    """The designator, else the name, else an id that a person gave."""
    for literal in (raw.designator, raw.name):
        if given := decoder.text(literal).strip():
            return given
    identifier = decoder.text(raw.identifier).strip()
    return "" if identifier.removeprefix("NAUO").isdigit() else identifier


def _texts(collected: Collected, numbers: list[int], usages: Iterable[RawUsage]) -> Iterable[bytes]:
    for number in numbers:
        yield from collected.products[number]
    for raw in usages:
        yield from (raw.identifier, raw.name, raw.designator)
