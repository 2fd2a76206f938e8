"""What the sandbox's tests run inside a child, most of it badly behaved."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def greet(folder: Path, args: dict[str, Any]) -> dict[str, Any]:
    text = (folder / "in" / "letter.txt").read_text()
    (folder / "out" / "answer.txt").write_text(text.upper())
    print("read", len(text), "characters")
    return {"hello": args["name"], "working_folder": str(Path.cwd())}


def nothing(folder: Path, args: dict[str, Any]) -> None:
    return None


def segfault(folder: Path, args: dict[str, Any]) -> None:
    print("about to crash", flush=True)
    ctypes.string_at(0)


def abort(folder: Path, args: dict[str, Any]) -> None:
    os.abort()


def leave(folder: Path, args: dict[str, Any]) -> None:
    os._exit(int(args["code"]))


def fail(folder: Path, args: dict[str, Any]) -> None:
    raise ValueError("this body always fails")


def no_json(folder: Path, args: dict[str, Any]) -> object:
    return object()


def spin(folder: Path, args: dict[str, Any]) -> None:
    while True:
        pass


def sleep(folder: Path, args: dict[str, Any]) -> None:
    time.sleep(600)


def devour(folder: Path, args: dict[str, Any]) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def crash_for_lack_of_memory(folder: Path, args: dict[str, Any]) -> None:
    hoard = []
    try:
        while True:
            hoard.append(bytearray(4 * 1024 * 1024))
    except MemoryError:
        # native code that did not check what malloc returned
        os.kill(os.getpid(), signal.SIGSEGV)


def one_large_file(folder: Path, args: dict[str, Any]) -> None:
    with (folder / "out" / "large").open("wb") as file:
        while True:
            file.write(bytes(1024 * 1024))
            file.flush()


def many_files(folder: Path, args: dict[str, Any]) -> None:
    for number in range(1000):
        (folder / "out" / str(number)).write_bytes(bytes(1024 * 1024))
        time.sleep(0.01)


def chatter(folder: Path, args: dict[str, Any]) -> None:
    print("the first word")
    for _ in range(4000):
        print("x" * 1000)
    print("the last word")


def grandchildren(folder: Path, args: dict[str, Any]) -> None:
    """Fork one that stays in the group and one that leaves it, write their ids, and wait."""
    plain = os.fork()
    if plain == 0:
        time.sleep(600)
    runaway = os.fork()
    if runaway == 0:
        os.setsid()
        time.sleep(600)
    (folder / "out" / "ids.new").write_text(f"{os.getpid()} {plain} {runaway}")
    (folder / "out" / "ids.new").rename(folder / "out" / "ids")
    time.sleep(600)


def break_out(folder: Path, args: dict[str, Any]) -> dict[str, str]:
    """Try what native code has no business doing; says how each attempt went."""
    attempts = {
        "read /etc/passwd": lambda: Path("/etc/passwd").read_text(),
        "list the file system": lambda: list(Path("/").iterdir()),
        "read a secret": lambda: Path(args["secret"]).read_text(),
        "write elsewhere": lambda: Path(args["elsewhere"]).write_text("x"),
        "write over the input": lambda: (folder / "in" / "letter.txt").write_text("x"),
        "start a program": lambda: subprocess.run([sys.executable, "--version"], check=True),
        "reach the network": lambda: _connect(args["port"]),
        "read the input": lambda: (folder / "in" / "letter.txt").read_text(),
        "write an output": lambda: (folder / "out" / "fine").write_text("x"),
    }
    return {name: _how(attempt) for name, attempt in attempts.items()}


def _how(attempt: Any) -> str:
    try:
        attempt()
    except OSError:
        return "denied"
    return "done"


def _connect(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        pass
