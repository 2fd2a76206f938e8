"""Collects the statements of product structure while a STEP file streams by, names still as raw bytes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from utils.cad.entities import Entity, Parameter, references

_USAGES = (b"NEXT_ASSEMBLY_USAGE_OCCURRENCE", b"QUANTIFIED_ASSEMBLY_COMPONENT_USAGE")
_RELATIONSHIP = b"PRODUCT_DEFINITION_RELATIONSHIP"
_COMPONENT = b"ASSEMBLY_COMPONENT_USAGE"
_QUANTIFIED = b"QUANTIFIED_ASSEMBLY_COMPONENT_USAGE"
_DEFINITION = b"PRODUCT_DEFINITION"
_SHAPE = b"PRODUCT_DEFINITION_SHAPE"
_REPRESENTED = b"SHAPE_DEFINITION_REPRESENTATION"
_LONGEST_CHAIN = 8  # PRODUCT_DEFINITION_OCCURRENCE, PRODUCT_DEFINITION, its formation, the product


@dataclass(frozen=True)
class RawUsage:
    """``parent`` and ``child`` are what the usage refers to, mostly PRODUCT_DEFINITIONs; texts are literals."""

    number: int
    parent: int
    child: int
    identifier: bytes
    name: bytes
    designator: bytes
    measure: int | None  # the entity that says how many


class Collected:
    """What a file says of its products; ``products`` maps numbers to the literals of id, name, description."""

    def __init__(self) -> None:
        self.products: dict[int, tuple[bytes, bytes, bytes]] = {}
        self.usages: list[RawUsage] = []
        self._leads_to: dict[int, tuple[int, ...]] = {}  # from definitions and versions towards the product
        self._shapes: dict[int, int] = {}  # PRODUCT_DEFINITION_SHAPE: its definition
        self._represented: set[int] = set()  # shapes that have a representation
        self._counts: dict[int, int] = {}

    def add(self, entity: Entity) -> None:
        parts = entity.parts
        if b"PRODUCT" in parts:
            first, second, third = (*map(_literal, parts[b"PRODUCT"][:3]), b"", b"", b"")[:3]
            self.products[entity.number] = (first, second, third)
        elif any(kind in parts for kind in _USAGES):
            self._usage(entity)
        elif _SHAPE in parts:
            references = _all_references(entity)
            if references:
                self._shapes[entity.number] = references[0]
        elif _REPRESENTED in parts:
            self._represented.update(_all_references(entity)[:1])
        elif any(kind.startswith(_DEFINITION) for kind in parts) and _RELATIONSHIP not in parts:
            self._leads_to[entity.number] = tuple(_all_references(entity))
        else:
            self._count(entity)

    def product_of(self, number: int) -> int | None:
        """The product that a definition, a version or an occurrence leads to."""
        reached: list[int] = [number]
        for _ in range(_LONGEST_CHAIN):
            if not reached:
                return None
            for one in reached:
                if one in self.products:
                    return one
            reached = [following for one in reached for following in self._leads_to.get(one, ())]
        return None

    def with_shape(self) -> set[int]:
        """The products that a shape representation belongs to."""
        definitions = {self._shapes[shape] for shape in self._represented if shape in self._shapes}
        found = {self.product_of(definition) for definition in definitions}
        return {product for product in found if product is not None}

    def quantity(self, usage: RawUsage) -> int:
        """How many are meant where the file counts; 1 where it places each."""
        return self._counts.get(usage.measure, 1) if usage.measure is not None else 1

    def _usage(self, entity: Entity) -> None:
        # a complex entity has names and ends in its relationship, the designator in its component
        parts = entity.parts
        simple = parts.get(_USAGES[0]) or parts.get(_QUANTIFIED) or []
        related = parts.get(_RELATIONSHIP) or simple
        ends = references(related[3:5])
        if len(ends) < 2:
            return
        identifier, name = (*map(_literal, related[:2]), b"", b"")[:2]
        designator = parts[_COMPONENT][:1] if _COMPONENT in parts else simple[5:6]
        measures = references(parts.get(_QUANTIFIED, [])[-1:])
        self.usages.append(
            RawUsage(
                entity.number,
                ends[0],
                ends[1],
                identifier,
                name,
                _literal(designator[0]) if designator else b"",
                measures[0] if measures else None,
            )
        )

    def _count(self, entity: Entity) -> None:
        values = [value for parameters in entity.parts.values() for value in _after_count(parameters)]
        try:
            self._counts[entity.number] = max(1, min(round(float(values[0])), 1_000_000))
        except (IndexError, ValueError, OverflowError):
            return


def _after_count(parameters: list[Parameter]) -> list[bytes]:
    """The number in COUNT_MEASURE(4.)."""
    for kind, values in itertools.pairwise(parameters):
        if kind == b"COUNT_MEASURE" and isinstance(values, list):
            return [value for value in values[:1] if isinstance(value, bytes)]
    return []


def _literal(value: Parameter) -> bytes:
    return value if isinstance(value, bytes) and value.startswith(b"'") else b""


def _all_references(entity: Entity) -> list[int]:
    return [number for kind in entity.parts for number in entity.references(kind)]
