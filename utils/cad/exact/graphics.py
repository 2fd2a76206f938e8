"""Lets the CAD kernel load on a server without a screen: stands in for the graphics libraries that it never calls.

The kernel's libraries are linked against OpenGL, X11 and (for fonts) Expat, though reading and measuring draws
nothing. Where the system has no such library, a tiny one of that name is loaded first, in which every function
stops the process. It never hides a library that the system has. For child processes only.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from utils.cad.exact import elf

# the library: what its functions are called
NEVER_CALLED = {
    "libGL.so.1": re.compile(r"gl[A-Z]"),
    "libX11.so.6": re.compile(r"X(?!ML_)[A-Za-z]"),
    "libexpat.so.1": re.compile(r"XML_"),
}
_loaded: list[ctypes.CDLL] = []  # for good: the kernel's libraries find them by their names
_WHEEL_LIBRARIES = "cadquery_ocp*.libs/lib*.so*"


def stand_in() -> list[str]:
    """Load a stand-in for each graphics library that this system lacks; returns their names.

    Raises OSError when one cannot be written or loaded.
    """
    machine = elf.MACHINES.get(platform.machine())
    if machine is None or not sys.platform.startswith("linux"):
        return []
    missing = [name for name in NEVER_CALLED if not _loads(name)]
    if missing:
        wanted = wanted_names(missing, kernel_libraries())
        _loaded.extend(load([elf.stub(name, wanted[name], machine) for name in missing]))
    return missing


def wanted_names(sonames: list[str], libraries: list[Path]) -> dict[str, list[str]]:
    """For each of ``sonames`` the functions that ``libraries`` look for in it."""
    found: dict[str, set[str]] = {name: set() for name in sonames}
    for library in libraries:
        with contextlib.suppress(ValueError):
            wants = elf.wants(library)
            for name in wants.needed & found.keys():
                found[name] |= set(filter(NEVER_CALLED[name].match, wants.undefined))
    return {name: sorted(names) for name, names in found.items()}


@contextlib.contextmanager
def lazily() -> Iterator[None]:
    """Within it, extension modules look their functions up when they first call them."""
    if not hasattr(sys, "setdlopenflags"):
        yield
        return
    before = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        yield
    finally:
        sys.setdlopenflags(before)


def load(libraries: list[bytes]) -> list[ctypes.CDLL]:
    """Load shared libraries from memory. Raises OSError."""
    with contextlib.ExitStack() as opened:
        # a loader takes a path that it has seen for the library that it has loaded, so all stay until the end
        return [ctypes.CDLL(_written(library, opened)) for library in libraries]


def _written(library: bytes, opened: contextlib.ExitStack) -> str:
    if hasattr(os, "memfd_create"):
        # no file system: none that is full, read-only or closed to programs is in the way
        file = opened.enter_context(os.fdopen(os.memfd_create("library"), "wb"))
        file.write(library)
        file.flush()
        return f"/proc/self/fd/{file.fileno()}"
    path = Path(opened.enter_context(tempfile.TemporaryDirectory())) / "library.so"
    path.write_bytes(library)
    return str(path)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def kernel_libraries() -> list[Path]:
    """The native libraries that the kernel's package brings along."""
    found = importlib.util.find_spec("OCP")
    if found is None or not found.submodule_search_locations:
        return []
    return sorted(Path(found.submodule_search_locations[0]).parent.glob(_WHEEL_LIBRARIES))
