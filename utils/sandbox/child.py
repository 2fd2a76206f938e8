"""What happens inside a child: it gives up its rights, calls the body, and hands the result back."""

from __future__ import annotations

import ctypes
import faulthandler
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from utils.sandbox import jail

MEGABYTE = 1024 * 1024
_OPEN_FILES = 256


def serve(spec: dict[str, Any], result: BinaryIO) -> int:
    """Run ``spec["body"]`` under ``spec["limits"]`` and write one JSON object to ``result``.

    The object is ``{"result": ...}`` or ``{"error": "ValueError: ..."}``. Returns the exit code.
    """
    # for a segfault: says in the log where it happened
    faulthandler.enable()
    status = _open_status()
    before = _virtual_bytes()
    try:
        _limit(spec["limits"], before)
        answer = {"result": _call(spec)}
    except BaseException as error:  # noqa: BLE001 - whatever the body raises is its parent's to judge
        traceback.print_exc()
        answer = {"error": f"{type(error).__name__}: {error}"}
    answer["peak_mb"] = max(0.0, _peak_bytes(status) - before) / MEGABYTE
    try:
        text = json.dumps(answer)
    except (TypeError, ValueError) as error:
        text = json.dumps({"error": f"the result is no JSON: {error}"})
    result.write(text.encode())
    result.flush()
    _flush()
    return 0 if "result" in answer else 1


def _call(spec: dict[str, Any]) -> Any:
    module, _, name = spec["body"].partition(":")
    # imported while every file is still readable: our own code is trusted, what it calls is not
    body: Callable[[Path, dict[str, Any]], Any] = getattr(importlib.import_module(module), name)
    folder = Path(spec["folder"])
    os.chdir(folder / "out")
    jail.leave_network()
    jail.confine_files([folder / "in"], folder / "out")
    return body(folder, spec["args"])


def _limit(limits: dict[str, Any], virtual_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the wall limit has to do
        return

    def lower(which: int, soft: int, hard: int | None = None) -> None:
        _, ceiling = resource.getrlimit(which)
        hard = soft if hard is None else hard
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(which, (soft, hard))

    # Python ignores this signal at start; without its default a file that grows too large is only an error
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    lower(resource.RLIMIT_FSIZE, limits["output_mb"] * MEGABYTE)
    lower(resource.RLIMIT_CPU, limits["cpu_s"], limits["cpu_s"] + 1)
    if sys.platform.startswith("linux"):
        lower(resource.RLIMIT_AS, virtual_bytes + limits["memory_mb"] * MEGABYTE)


def _virtual_bytes() -> int:
    """The address space in use: libraries that are loaded already do not count against the limit."""
    if not sys.platform.startswith("linux"):
        return 0
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _open_status() -> int | None:
    # opened before the files are confined, read after the body has returned
    try:
        return os.open("/proc/self/status", os.O_RDONLY)
    except OSError:
        return None


def _peak_bytes(status: int | None) -> int:
    if status is None:
        return 0
    for line in os.pread(status, 8192, 0).splitlines():
        if line.startswith(b"VmPeak:"):
            return int(line.split()[1]) * 1024
    return 0


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform != "win32":
        ctypes.CDLL(None).fflush(None)  # what native code printed still sits in the C library


def main() -> int:
    """A run in a fresh interpreter, for systems that cannot fork: spec on stdin, result into a file."""
    spec = json.load(sys.stdin)
    with Path(spec["result"]).open("wb") as result:
        return serve(spec, result)


if __name__ == "__main__":
    sys.exit(main())
