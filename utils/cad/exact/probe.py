"""Tells from inside a child whether the CAD kernel loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

# while every file is still readable, as bodies are imported
try:
    from utils.cad.exact import child
except ImportError as error:
    _found: dict[str, Any] = {"missing": str(error)}
else:
    _found = {"version": child.VERSION, "stood_in_for": child.STOOD_IN_FOR}


def probe(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """``{"version", "stood_in_for"}``, or ``{"missing": what the loader said}``."""
    return _found
