"""What the kernel's child draws from: the shapes and what exact reading found in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from OCP.BinTools import BinTools
from OCP.TopAbs import TopAbs_EDGE
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS_Shape

from utils.cad.analysis import Analysis, Part
from utils.cad.drawing.child.projecting import Method
from utils.cad.exact.child.document import children

# exact hidden-line removal took 2.6 s for an assembly of 7,680 edges and 35 s for one of 32,955
MOST_EDGES = 20_000


class NoDrawing(Exception):
    """There is nothing to draw in this mode: ``code`` for programs, ``message`` for the person who asked."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Model:
    analysis: Analysis
    parts: list[Any]  # TopoDS_Shape, in the order of analysis["parts"], in their own axes
    whole: Any  # TopoDS_Shape: every instance where it stands
    method: Method

    @property
    def single(self) -> bool:
        """Whether the file holds one part, once."""
        return len(self.parts) == 1 and self.analysis["instances"] <= 1

    def part(self, number: int) -> Part:
        return self.analysis["parts"][number]


def load(shape: Path, found: Path, method: Method) -> Model:
    """Read ``shape.bin`` and ``analysis.json`` as exact reading wrote them.

    An assembly of too many edges is drawn from facets, whatever ``method`` says.
    """
    root = TopoDS_Shape()
    if not BinTools.Read_s(root, str(shape)):
        raise ValueError("shape.bin cannot be read")
    parts, whole = children(root)
    analysis: Analysis = json.loads(found.read_text(encoding="utf-8"))
    return Model(analysis, children(parts), whole, "facets" if _edges(whole) > MOST_EDGES else method)


def _edges(shape: Any) -> int:
    """About how many edges there are, instances counted: in a solid two faces share each."""
    count = 0
    explorer = TopExp_Explorer(shape, TopAbs_EDGE)
    while explorer.More():
        count += 1
        explorer.Next()
    return count // 2
