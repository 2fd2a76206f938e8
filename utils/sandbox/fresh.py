"""A child in an interpreter of its own: slower, for systems without ``fork``."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from utils.sandbox.run import Ending, Log, environment


class FreshRun:
    """Starts ``python -m utils.sandbox.child``; its result comes back in a file."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.log = Log()
        self._answer = Path(spec["folder"]) / "result.json"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "utils.sandbox.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            start_new_session=True,
        )
        self.pid: int | None = self._process.pid
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        assert self._process.stdin
        with contextlib.suppress(OSError), self._process.stdin as stream:
            stream.write(json.dumps({**spec, "result": str(self._answer)}).encode())

    def _read_log(self) -> None:
        assert self._process.stdout
        with self._process.stdout as stream:
            while text := os.read(stream.fileno(), 65536):
                self.log.add(text)

    def wait(self, seconds: float) -> Ending | None:
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self.kill()  # what it started goes with it
        self._reader.join(timeout=1)
        return Ending(str(code) if code >= 0 else f"signal:{signal.Signals(-code).name.removeprefix('SIG')}")

    def kill(self) -> None:
        if sys.platform == "win32":
            tree = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def result(self) -> bytes:
        return self._answer.read_bytes() if self._answer.exists() else b""

    def close(self) -> None:
        if self._process.poll() is None:
            self.kill()
            self._process.wait()
