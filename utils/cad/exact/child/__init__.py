"""Runs inside kernel children: importing this package loads the CAD kernel, OCP, so no other process imports it."""

from __future__ import annotations

from utils.cad.exact import graphics

try:
    STOOD_IN_FOR = graphics.stand_in()
except OSError as error:
    raise ImportError(f"no stand-in for a graphics library: {error}") from error

with graphics.lazily():
    import OCP
    import OCP.Standard

VERSION: str = OCP.__version__

# the kernel's exceptions have no base of their own
ERRORS: tuple[type[Exception], ...] = (
    RuntimeError,
    *(kind for kind in vars(OCP.Standard).values() if isinstance(kind, type) and issubclass(kind, Exception)),
)
