"""Where dimensions stand: in rows below a view and on its left."""

from __future__ import annotations

from utils.cad.drawing.sheet import Box, Dimension

OFFSET = 9.0  # of the first dimension line from the part
STEP = 7.5  # from one dimension line to the next


def below(box: Box, text: str, scale: float, number: int = 0) -> Dimension:
    """The width of ``box``, under it; ``number`` counts the dimensions that are nearer."""
    line = box.bottom - OFFSET - STEP * number
    return Dimension((box.left, box.bottom), (box.right, box.bottom), line, False, text, scale)


def beside(box: Box, text: str, scale: float, number: int = 0) -> Dimension:
    """The height of ``box``, on its left."""
    line = box.left - OFFSET + 1 - STEP * number
    return Dimension((box.left, box.bottom), (box.left, box.top), line, True, text, scale)
