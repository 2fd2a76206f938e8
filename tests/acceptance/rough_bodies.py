"""What children do in the tests of their limits: with grandchildren that do the same, so that all of them must go."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any


def _with_family(folder: Path) -> None:
    """Fork one that stays in the group and one that leaves it, both doing what follows; tell all three ids."""
    ids = [os.getpid()]
    for leaves in (False, True):
        if (pid := os.fork()) == 0:
            if leaves:
                os.setsid()
            return
        ids.append(pid)
    (folder / "out" / "ids.new").write_text(" ".join(map(str, ids)))
    (folder / "out" / "ids.new").rename(folder / "out" / "ids")


def loop(folder: Path, args: dict[str, Any]) -> None:
    _with_family(folder)
    while True:
        pass


def wait(folder: Path, args: dict[str, Any]) -> None:
    _with_family(folder)
    time.sleep(600)


def devour(folder: Path, args: dict[str, Any]) -> None:
    _with_family(folder)
    hoard = []
    while True:
        hoard.append(bytearray(4 * 1024 * 1024))


def write(folder: Path, args: dict[str, Any]) -> None:
    _with_family(folder)
    number = 0
    while True:
        number += 1
        (folder / "out" / f"{os.getpid()}-{number}").write_bytes(bytes(1024 * 1024))
        time.sleep(0.005)


def lie(folder: Path, args: dict[str, Any]) -> Any:
    """What native code may print and return when it is wrong about everything."""
    os.write(1, args["said"].encode("latin-1"))
    return args["answer"]


def read_what_is_named(folder: Path, args: dict[str, Any]) -> dict[str, str]:
    """Try to read files that are not its own; how each attempt went."""
    told = {}
    for path in args["paths"]:
        try:
            Path(path).read_bytes()
            told[path] = "read"
        except OSError as error:
            told[path] = type(error).__name__
    return told
