"""Gives the nodes and meshes of a GLB that was made of a neutral copy their true names back; runs in the sandbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from utils.cad.glb import Glb
from utils.cad.product.tokens import product_number, usage_number

# how the reader writes what the file gave no name, such as the bodies of a part
_NAMELESS = re.compile(r"=>\[[\d:]*\]|(?:COMPOUND|COMPSOLID|SOLID|SHELL|FACE|WIRE|EDGE|VERTEX)?")


class Names:
    """Names by number, as ``to_json`` sent them."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self.products = {int(number): str(name) for number, name in sent.get("products", {}).items()}
        self.usages = {
            int(number): (int(child), str(reference))
            for number, (child, reference) in sent.get("usages", {}).items()
        }

    @staticmethod
    def to_json(products: Mapping[int, str], usages: Mapping[int, tuple[int, str]]) -> dict[str, Any]:
        """``usages`` maps a usage to the product that it places and what its place is called."""
        return {
            "products": dict(products),
            "usages": {number: list(usage) for number, usage in usages.items()},
        }

    def token(self, name: str) -> tuple[int | None, int | None]:
        """The product and the usage that a name is a token of."""
        product, usage = product_number(name), usage_number(name)
        if product in self.products:
            return product, None
        return (self.usages[usage][0], usage) if usage in self.usages else (None, None)


def name_all(glb: Glb, names: Names) -> None:
    """Name every node and mesh and write ``extras`` with ``product`` and ``usage`` where they are known.

    A node is called as its place in the assembly, else as its product; a mesh as its product. A node without a mesh
    of its own, such as a sub-assembly, keeps its product's name in its ``extras`` too. A body inside of a part
    belongs to the part's product and keeps a name of its own.
    """
    nodes, meshes = glb.document["nodes"], glb.document["meshes"]
    for mesh in meshes:
        mesh["extras"] = {"product": names.token(mesh.get("name", ""))[0]}
    waiting: list[tuple[int, int | None]] = [(root, None) for root in glb.roots()]
    while waiting:
        number, above = waiting.pop()
        node = nodes[number]
        mesh = meshes[node["mesh"]] if "mesh" in node else None
        product, usage = names.token(node.get("name", ""))
        if product is None and mesh is not None:
            product = mesh["extras"]["product"]
        known = product if product is not None else above
        if known is not None:
            _describe(node, names, known, usage, own=product is not None)
            if mesh is not None and mesh["extras"]["product"] is None:
                mesh["extras"]["product"] = known
        elif mesh is not None and _NAMELESS.fullmatch(node.get("name", "")):
            node["name"] = mesh.get("name", "")
        waiting.extend((child, known) for child in node.get("children", []))
    for mesh in meshes:
        if mesh["extras"]["product"] is not None:
            mesh["name"] = names.products.get(mesh["extras"]["product"], "")


def _describe(node: dict[str, Any], names: Names, product: int, usage: int | None, *, own: bool) -> None:
    reference = names.usages[usage][1] if usage is not None else ""
    body = "" if own or _NAMELESS.fullmatch(node.get("name", "")) else node["name"]
    node["name"] = reference or body or names.products.get(product, "")
    node["extras"] = {"product": product} | ({"usage": usage} if usage is not None else {})
    if "mesh" not in node:
        node["extras"]["name"] = names.products.get(product, "")
