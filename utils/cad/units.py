"""Finds the unit of length in which a STEP file's geometry is written."""

from __future__ import annotations

from utils.cad.entities import Entity

KEYWORDS = (b"LENGTH_UNIT", b"GLOBAL_UNIT_ASSIGNED_CONTEXT")

_BY_PREFIX = {
    b"$": "m",
    b".MILLI.": "mm",
    b".CENTI.": "cm",
    b".DECI.": "dm",
    b".MICRO.": "µm",
    b".KILO.": "km",
}
_BY_NAME = {
    **dict.fromkeys(("inch", "inches", "in"), "inch"),
    **dict.fromkeys(("foot", "feet", "ft"), "ft"),
    **dict.fromkeys(("metre", "meter"), "m"),
    **dict.fromkeys(("millimetre", "millimeter"), "mm"),
}


class Units:
    """Collects units of length and which of them a geometric context uses."""

    def __init__(self) -> None:
        self._lengths: dict[int, str] = {}
        self._used: dict[int, None] = {}

    def add(self, entity: Entity) -> None:
        if b"LENGTH_UNIT" in entity.parts:
            if b"CONVERSION_BASED_UNIT" in entity.parts:
                name = next(iter(entity.strings(b"CONVERSION_BASED_UNIT")), "").strip().lower()
                self._lengths[entity.number] = _BY_NAME.get(name, name)
            elif b"SI_UNIT" in entity.parts:
                prefix = entity.parts[b"SI_UNIT"][:1]
                unit = _BY_PREFIX.get(prefix[0], "m") if prefix and isinstance(prefix[0], bytes) else "m"
                self._lengths[entity.number] = unit
        if b"GLOBAL_UNIT_ASSIGNED_CONTEXT" in entity.parts:
            self._used.update(dict.fromkeys(entity.references(b"GLOBAL_UNIT_ASSIGNED_CONTEXT")))

    def name(self) -> str | None:
        """``mm``, ``inch`` ... or ``inch+mm`` when contexts differ; None when no context names a length."""
        names = {self._lengths[number] for number in self._used if number in self._lengths}
        return "+".join(sorted(names)) or None
