"""Where things stand in a checkout of Kerfline."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "setup.log"
FRONTEND = ROOT / "frontend"


def cache() -> Path:
    """A folder of the user's own for what is fetched once for all checkouts (the tests' browser)."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kerfline"
