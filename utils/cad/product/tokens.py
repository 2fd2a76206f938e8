"""What stands in a neutral copy instead of names: ``KP7`` for PRODUCT #7, ``KN9`` for the usage #9."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"K([PN])(\d{1,20})")


def product_token(number: int) -> str:
    return f"KP{number}"


def usage_token(number: int) -> str:
    return f"KN{number}"


def product_number(name: str) -> int | None:
    """The PRODUCT's number when ``name`` is its token."""
    return _number(name, "P")


def usage_number(name: str) -> int | None:
    """The number of the NEXT_ASSEMBLY_USAGE_OCCURRENCE when ``name`` is its token."""
    return _number(name, "N")


def _number(name: str, kind: str) -> int | None:
    match = _TOKEN.fullmatch(name)
    return int(match[2]) if match and match[1] == kind else None
