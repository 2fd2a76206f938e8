"""The parent's side of the fork server: starting it, and following the children that it forks."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

from utils.sandbox.run import Ending, Log, ServerLost, environment

_PIECE = 65536
_RESULT_MAX = 16 * 1024 * 1024


def can_fork() -> bool:
    """Whether this system has what the fork server needs."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


class Server:
    """The fork server's process and the socket that keeps it alive."""

    def __init__(self, preload: tuple[str, ...]) -> None:
        self._control, theirs = socket.socketpair()
        self._sending = threading.Lock()
        self._owner = os.getpid()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "utils.sandbox.server", str(theirs.fileno()), *preload],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment(),
                start_new_session=True,  # Ctrl-C in a terminal is for the parent alone
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def usable(self) -> bool:
        """False once it died, and in a process that was forked off the one that started it."""
        return self._owner == os.getpid() and self._process.poll() is None

    def run(self, spec: dict[str, Any]) -> ForkedRun:
        """Have a child forked for ``spec``. Raises ServerLost."""
        with self._sending:
            return ForkedRun(self._control, spec)

    def close(self) -> None:
        """End the server, and with it every child."""
        self._control.close()
        if self._owner != os.getpid():
            return
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ForkedRun:
    """A child of the fork server, seen through two pipes and a socket."""

    def __init__(self, control: socket.socket, spec: dict[str, Any]) -> None:
        self.pid: int | None = None
        self.log = Log()
        self._result = b""
        self._messages = b""
        self._ending: Ending | None = None
        self._own, theirs = socket.socketpair()
        spec_read, spec_write = os.pipe()
        self._log, log_write = os.pipe()
        self._answer, answer_write = os.pipe()
        self._open = {
            self._own.fileno(): self._take_message,
            self._log: self._take_log,
            self._answer: self._take_result,
        }
        try:
            socket.send_fds(control, [b"r"], [spec_read, log_write, answer_write, theirs.fileno()])
        except OSError as error:
            os.close(spec_write)
            self.close()
            raise ServerLost from error
        finally:
            theirs.close()
            for descriptor in (spec_read, log_write, answer_write):
                os.close(descriptor)
        with contextlib.suppress(BrokenPipeError), os.fdopen(spec_write, "wb") as stream:
            stream.write(json.dumps(spec).encode())

    def wait(self, seconds: float) -> Ending | None:
        self._pump(seconds)
        if self._ending:
            while self._pump(0):  # all was written before the end was told
                pass
        return self._ending

    def _pump(self, seconds: float) -> bool:
        """Take one piece from whoever has one; whether there was any."""
        poll = select.poll()  # not select(): the parent may hold more than 1,024 descriptors
        for descriptor in self._open:
            poll.register(descriptor, select.POLLIN)
        ready = poll.poll(seconds * 1000)
        for descriptor, _ in ready:
            if not self._open[descriptor]():
                del self._open[descriptor]
        return bool(ready)

    def _take_log(self) -> bool:
        text = os.read(self._log, _PIECE)
        self.log.add(text)
        return bool(text)

    def _take_result(self) -> bool:
        part = os.read(self._answer, _PIECE)
        if len(self._result) <= _RESULT_MAX:
            self._result += part
        return bool(part)

    def _take_message(self) -> bool:
        try:
            part = self._own.recv(4096)
        except ConnectionResetError:
            part = b""
        if not part and self._ending is None:
            self._kill_left_behind()
            raise ServerLost
        self._messages += part
        *lines, self._messages = self._messages.split(b"\n")
        for line in map(json.loads, lines):
            self.pid = line.get("pid", self.pid)
            if "exit" in line:
                self._ending = Ending(line["exit"], line["cpu_s"], line["rss_mb"])
        return bool(part)

    def _kill_left_behind(self) -> None:
        # the child itself dies with its server, but what it started is still in its group
        if self.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._own.send(b"k")

    def result(self) -> bytes:
        return self._result if len(self._result) <= _RESULT_MAX else b""

    def close(self) -> None:
        self._own.close()
        os.close(self._log)
        os.close(self._answer)
