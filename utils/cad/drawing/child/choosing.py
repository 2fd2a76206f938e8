"""Which part of a file a drawing of one part is of."""

from __future__ import annotations

from collections.abc import Callable

from utils.cad.analysis import Part
from utils.cad.drawing.child.model import Model, NoDrawing


def only_part(
    model: Model, *fits: Callable[[Part], bool], what: str, none: Callable[[Part], NoDrawing]
) -> tuple[int, list[str]]:
    """The number of the part to draw, and what to tell about the choice.

    In an assembly it is the only part that fits: a plate among screws needs no export of its own. With several there
    is no telling which one is meant. Of ``fits`` the first one that any part passes decides. ``what`` names such
    parts ("plates"); ``none`` says what a single part lacks. Raises NoDrawing.
    """
    parts = model.analysis["parts"]
    fitting: list[int] = []
    for fit in fits:
        fitting = fitting or [number for number, part in enumerate(parts) if fit(part)]
    if len(parts) == 1:
        if not fitting:
            raise none(parts[0])
        return 0, []
    if len(fitting) == 1:
        return fitting[0], [f"Of the {len(parts):,} parts of this assembly, the only one of these: {what}."]
    some = f"{len(fitting):,} of them are {what}" if fitting else f"none of them are {what}"
    raise NoDrawing(
        "several_parts",
        f"This file has {len(parts):,} different parts, and {some}. "
        "Export the part to draw as a STEP file of its own.",
    )
