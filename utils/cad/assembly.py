"""Counts how many parts an assembly unfolds into without unfolding it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

from utils.cad.entities import Entity

KEYWORDS = (b"NEXT_ASSEMBLY_USAGE_OCCURRENCE", b"MAPPED_ITEM", b"REPRESENTATION_MAP", b"SHAPE_REPRESENTATION")


class CyclicAssembly(ValueError):
    """An assembly contains itself."""


class Assembly:
    """Collects who contains whom: products by their usages, representations by mapped items."""

    def __init__(self) -> None:
        self._products: dict[int, array[int]] = defaultdict(lambda: array("q"))
        self._mapped_items: dict[int, int] = {}  # mapped item: its representation map
        self._maps: dict[int, int] = {}  # representation map: the representation
        self._items: dict[int, array[int]] = {}  # representation: its items

    def add(self, entity: Entity) -> None:
        for kind in entity.parts:
            references = entity.references(kind)
            if kind == b"NEXT_ASSEMBLY_USAGE_OCCURRENCE" and len(references) >= 2:
                self._products[references[0]].append(references[1])
            elif kind == b"MAPPED_ITEM" and references:
                self._mapped_items[entity.number] = references[0]
            elif kind == b"REPRESENTATION_MAP" and len(references) >= 2:
                self._maps[entity.number] = references[1]
            elif kind.endswith(b"SHAPE_REPRESENTATION") and references:
                self._items[entity.number] = array("q", references)

    def instances(self) -> int:
        """The number of occurrences that appear when everything is unfolded. Raises CyclicAssembly."""
        return unfolded(self._products) + unfolded(self._representations())

    def _representations(self) -> dict[int, list[int]]:
        contained = {}
        for representation, items in self._items.items():
            maps = [self._mapped_items[item] for item in items if item in self._mapped_items]
            if maps:
                contained[representation] = [self._maps[number] for number in maps if number in self._maps]
        return contained


def unfolded(children: Mapping[int, Iterable[int]]) -> int:
    """The number of nodes below all roots when each is counted as often as it appears.

    ``children`` maps a node to its children, repeated as often as they are used. Each node is looked at once,
    however often it appears. Raises CyclicAssembly.
    """
    below: dict[int, int] = {}
    open_nodes: set[int] = set()
    used = {child for several in children.values() for child in several}
    for start in children:
        waiting = [start]
        while waiting:
            node = waiting[-1]
            if node in below:
                waiting.pop()
            elif node in open_nodes:
                open_nodes.remove(node)
                below[node] = sum(1 + below.get(child, 0) for child in children[node])
                waiting.pop()
            else:
                open_nodes.add(node)
                inner = [child for child in set(children[node]) if child in children and child not in below]
                if not open_nodes.isdisjoint(inner):
                    raise CyclicAssembly
                waiting.extend(inner)
    return sum(below[node] for node in children if node not in used)
