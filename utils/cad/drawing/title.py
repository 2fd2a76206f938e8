"""What stands in a drawing's title block."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TitleBlock:
    """All as a person wrote it; whatever is empty is left blank. ``date`` is printed as given."""

    part_name: str
    file_name: str
    date: str
    part_number: str = ""
    revision: str = ""
    file_units: str | None = None  # the unit of the STEP file: the drawing itself is in millimetres
    material: str = ""
