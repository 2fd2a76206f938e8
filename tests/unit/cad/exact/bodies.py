"""Bodies that run in a child and need no CAD kernel."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

from utils.cad.exact import elf, graphics


def load_stub(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    """Load stand-ins called ``args["sonames"]`` with ``args["names"]`` in them; which of their functions are found."""
    machine = elf.MACHINES[args["machine"]]
    stubs = graphics.load([elf.stub(soname, args["names"], machine) for soname in args["sonames"]])
    return {
        "found": [all(hasattr(stub, name) for name in args["names"]) for stub in stubs],
        "others": [hasattr(stub, "glNever") for stub in stubs],
        # by its name, as a library that needs it would look for it
        "by_name": [hasattr(ctypes.CDLL(soname), args["names"][0]) for soname in args["sonames"]],
    }


def call_stub(folder: Path, args: dict[str, Any]) -> None:
    """Call a function of a stand-in."""
    (stub,) = graphics.load([elf.stub("libCalled.so.1", ["first", "second"], elf.MACHINES[args["machine"]])])
    stub.second()


def has_kernel(folder: Path, args: dict[str, Any]) -> bool:
    return "OCP" in sys.modules
