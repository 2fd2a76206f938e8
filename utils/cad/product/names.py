"""Makes the names in a STEP file readable."""

from __future__ import annotations

from collections.abc import Iterable

from utils.cad.entities import text


class Decoder:
    def __init__(self, literals: Iterable[bytes]) -> None:
        pass

    def text(self, literal: bytes) -> str:
        return text(literal)
