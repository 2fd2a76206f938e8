"""Where dimensions stand: in rows below a view, on its left, or on its right."""

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


def beside_right(box: Box, text: str, scale: float) -> Dimension:
    """The height of ``box``, on its right."""
    line = box.right + OFFSET + 2
    return Dimension((box.right, box.bottom), (box.right, box.top), line, True, text, scale)
