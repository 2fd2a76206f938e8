"""The fork server: a small process that loads native libraries once and forks a child for each run.

It lives as long as the other end of its control socket is open, so it and its children also end when the
process that started it is killed. A run arrives as one byte on the control socket with four descriptors: the
spec to read, the log and the result to write, and a socket over which the server tells ``{"pid"}`` and, at
the end, ``{"exit"}``; anything that arrives there, its closing too, kills the run.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

from utils.sandbox import jail
from utils.sandbox.child import serve

_STOP = b"q"


class ForkServer:
    """One thread, one loop: requests, kill orders and dead children."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._runs: dict[int, socket.socket] = {}  # process id of the child: its socket
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, self._accept)
        self._watch_children()

    def serve(self) -> None:
        """Return when the control socket has closed; no child outlives this."""
        try:
            while True:
                for key, _ in self._selector.select():
                    if key.data(key.fileobj) is _STOP:
                        return
        finally:
            for pid in self._runs:
                _kill_group(pid)
                os.waitpid(pid, 0)
            while _kill_strays(keep=()):
                pass  # their own children are adopted as they die

    def _watch_children(self) -> None:
        woken, waker = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(waker, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        self._selector.register(woken, selectors.EVENT_READ, self._reap)

    def _accept(self, control: socket.socket) -> bytes | None:
        order, descriptors, *_ = socket.recv_fds(control, 1, 4)
        if not order:
            return _STOP
        spec, log, result, own = descriptors
        server = os.getpid()
        pid = os.fork()
        if pid == 0:
            _become_child(server, spec, log, result)
        for descriptor in (spec, log, result):
            os.close(descriptor)
        run = socket.socket(fileno=own)
        run.setblocking(False)
        self._runs[pid] = run
        self._selector.register(run, selectors.EVENT_READ, lambda _: _kill_group(pid))
        _tell(run, {"pid": pid})
        return None

    def _reap(self, woken: int) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(woken, 4096)
        ended = []
        for pid in list(self._runs):
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if done:
                _kill_group(pid)  # what it started goes with it
                ended.append((self._runs.pop(pid), status, usage))
        # Before the end is told, so that nobody writes into the run's folder any more; a dead one's children come
        # to light with it, and one that forks without end must not hold this loop.
        for _ in range(20):
            if not _kill_strays(keep=self._runs):
                break
        for run, status, usage in ended:
            self._selector.unregister(run)
            cpu_s = usage.ru_utime + usage.ru_stime
            _tell(run, {"exit": _ending(status), "cpu_s": cpu_s, "rss_mb": _megabytes(usage.ru_maxrss)})
            run.close()


def _become_child(server: int, spec: int, log: int, result: int) -> None:
    """Never returns: a child that came back would run the server's loop a second time."""
    code = 1
    try:
        os.setsid()
        jail.die_with_parent(server)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # the four are moved out of the way first, as their numbers may be among the targets
        high = [os.dup2(descriptor, 200 + number) for number, descriptor in enumerate((spec, log, result))]
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (high[1], 1), (high[1], 2), (high[0], 3), (high[2], 4)):
            os.dup2(source, target)
        os.closerange(5, os.sysconf("SC_OPEN_MAX"))
        with os.fdopen(3, "rb") as stream:
            order = json.load(stream)
        with os.fdopen(4, "wb") as stream:
            code = serve(order, stream)
    finally:
        os._exit(code)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _kill_strays(keep: Container[int]) -> bool:
    """Kill and bury adopted processes: descendants of a run that left its group and lost their parent.

    Returns whether there were any.
    """
    try:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return False
    strays = [pid for pid in map(int, children.split()) if pid not in keep]
    for pid in strays:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return bool(strays)


def _ending(status: int) -> str:
    """``0`` or another exit code, or ``signal:SEGV``."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return str(code)
    return f"signal:{signal.Signals(-code).name.removeprefix('SIG')}"


def _megabytes(maximum_rss: int) -> float:
    return maximum_rss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _tell(run: socket.socket, message: dict[str, Any]) -> None:
    # who asked may be gone already
    with contextlib.suppress(OSError):
        run.sendall(json.dumps(message).encode() + b"\n")


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jail.adopt_orphans()
    for module in sys.argv[2:]:
        # one that is missing fails in the run that needs it, where somebody reads the reason
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    gc.freeze()
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    main()
