"""``Sandbox``: runs one function in a child process and says what became of it."""

from __future__ import annotations

import contextlib
import errno
import json
import mmap
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from utils.sandbox.folder import JobFolder
from utils.sandbox.forked import Server, can_fork
from utils.sandbox.fresh import FreshRun
from utils.sandbox.limits import Killed, Limits, Outcome, SandboxUnavailable
from utils.sandbox.run import Ending, Run, ServerLost

_TICK_S = 0.1
_OUTPUT_CHECK_S = 0.5
_GRACE_S = 5.0
_ROOM_MIN = 256 * 1024
_NEAR = 0.9
_PAGE_MB = mmap.PAGESIZE / (1024 * 1024)
_SIGNS_OF_MEMORY = ("bad_alloc", "MemoryError", "OutOfMemory", "Cannot allocate memory")
_BY_SIGNAL = {"signal:XCPU": "cpu", "signal:XFSZ": "output"}


class Sandbox:
    """Runs bodies in children of one fork server, which starts with the first run; threads may share it.

    ``preload`` names modules that the server imports once for all children.
    """

    def __init__(
        self,
        scratch_root: Path,
        preload: tuple[str, ...] = ("cascadio", "numpy"),
        *,
        fork: bool | None = None,
    ) -> None:
        self._scratch_root = scratch_root
        self._preload = preload
        self._fork = can_fork() if fork is None else fork
        self._lock = threading.Lock()
        self._server: Server | None = None

    def run(
        self,
        body: str,
        args: Mapping[str, Any],
        *,
        inputs: Mapping[str, Path],
        limits: Limits,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        """Call ``body`` (``package.module:function``) as ``function(folder, args)`` in a child.

        The child finds copies of ``inputs`` in ``folder / "in"`` and writes below ``folder / "out"``, its
        working folder. ``cancelled`` is asked several times a second. Discard the outcome, or its files stay.
        Raises SandboxUnavailable when no child can be started, Killed when somebody else ended it, OSError (ENOSPC)
        when the disk was full while it ran, and what ``cancelled`` raises.
        """
        job = JobFolder.create(self._scratch_root, inputs)
        spec = {"body": body, "args": dict(args), "folder": str(job.root), "limits": asdict(limits)}
        try:
            for _ in range(2):
                server = self._running_server() if self._fork else None
                try:
                    return self._follow(server, spec, limits, job, cancelled)
                except ServerLost:
                    # it died since it was last looked at and never saw the spec, so that may be sent again
                    self._forget(server)
        except BaseException:
            job.remove()
            raise
        job.remove()
        raise SandboxUnavailable("the process that starts conversions ends at once; see the server's log")

    def _follow(
        self,
        server: Server | None,
        spec: dict[str, Any],
        limits: Limits,
        job: JobFolder,
        cancelled: Callable[[], bool],
    ) -> Outcome:
        started = time.monotonic()
        run: Run = server.run(spec) if server else FreshRun(spec)
        with contextlib.closing(_Watch(run, limits, job, cancelled)) as watch:
            died_of = watch.finish()
            return Outcome(
                result=watch.answer.get("result"),
                log=watch.run.log.text(),
                died_of=died_of,
                seconds=time.monotonic() - started,
                cpu_s=watch.ending.cpu_s,
                peak_mb=watch.peak_mb(),
                job=job,
            )

    @contextlib.contextmanager
    def folder(self) -> Iterator[Path]:
        """A temporary folder for what is prepared for runs; gone afterwards, swept when this process is killed."""
        job = JobFolder.create(self._scratch_root, {})
        try:
            yield job.outputs
        finally:
            job.remove()

    def close(self) -> None:
        """End the fork server and every child that still runs."""
        with self._lock:
            if self._server:
                self._server.close()
                self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def server_pid(self) -> int | None:
        """The fork server's process id while there is one."""
        return self._server.pid if self._server else None

    def _running_server(self) -> Server:
        with self._lock:
            if self._server is None or not self._server.usable():
                if self._server:
                    self._server.close()
                self._server = Server(self._preload)
            return self._server

    def _forget(self, server: Server | None) -> None:
        with self._lock:
            if server and self._server is server:
                server.close()
                self._server = None


class _Watch:
    """Follows one run to its end, kills it when a limit is passed, and finds the word for what happened."""

    def __init__(self, run: Run, limits: Limits, job: JobFolder, cancelled: Callable[[], bool]) -> None:
        self.run = run
        self.ending = Ending("0")
        self.answer: dict[str, Any] = {}
        self._limits = limits
        self._job = job
        self._cancelled = cancelled
        self._seen_mb = 0.0
        self._first_mb: float | None = None
        self._least_room = _ROOM_MIN

    def finish(self) -> str | None:
        """Wait for the end; returns ``died_of``."""
        killed_for = self._wait()
        with contextlib.suppress(ValueError):
            self.answer = json.loads(self.run.result() or b"{}")
        if killed_for:
            return killed_for
        died_of = self._reason()
        if died_of is None and self._job.output_bytes() > self._output_max:
            return "output"
        self._check_room()
        if died_of == "signal:KILL":
            raise Killed("a process that read the file was killed from outside")
        return died_of

    def peak_mb(self) -> float:
        return max(self._seen_mb, float(self.answer.get("peak_mb", 0.0)))

    def close(self) -> None:
        self.run.close()

    def _wait(self) -> str | None:
        deadline = time.monotonic() + self._limits.wall_s
        next_check = 0.0
        killed_for: str | None = None
        while True:
            try:
                ending = self.run.wait(_TICK_S)
            except ServerLost:
                if self.run.pid is None:
                    raise
                self.ending = Ending("signal:KILL")
                return killed_for
            if ending:
                self.ending = ending
                return killed_for
            now = time.monotonic()
            if killed_for and now > deadline:
                return killed_for  # it does not even die; closing the run is all that is left
            self._sample_room()
            if not killed_for:
                self._sample_memory()
                check_output = now >= next_check
                killed_for = self._ground_to_kill(now > deadline, check_output)
                next_check = now + _OUTPUT_CHECK_S if check_output else next_check
                if killed_for:
                    self.run.kill()
                    deadline = now + _GRACE_S

    def _ground_to_kill(self, too_late: bool, check_output: bool) -> str | None:
        if self._cancelled():
            return "cancelled"
        if too_late:
            return "wall"
        if check_output and self._job.output_bytes() > self._output_max:
            return "output"
        return None

    @property
    def _output_max(self) -> int:
        return self._limits.output_mb * 1024 * 1024

    def _reason(self) -> str | None:
        how = self.ending.how
        if how == "0" and "result" in self.answer:
            return None
        if how in _BY_SIGNAL:
            return _BY_SIGNAL[how]
        if how == "signal:KILL" and self.ending.cpu_s >= self._limits.cpu_s:
            return "cpu"
        if self._was_short_of_memory():
            return "memory"
        return how if how.startswith("signal:") else "error"

    def _was_short_of_memory(self) -> bool:
        # no allocator says why it failed: a crash right under the limit, or its last words, are the evidence
        highest = max(self.peak_mb(), self.ending.rss_mb)
        if highest >= _NEAR * self._limits.memory_mb:
            return True
        return any(sign in self.run.log.text() for sign in _SIGNS_OF_MEMORY)

    def _check_room(self) -> None:
        # native code that could not write may say anything, or that all went well
        self._sample_room()
        if self._least_room < _ROOM_MIN:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _sample_room(self) -> None:
        self._least_room = min(self._least_room, shutil.disk_usage(self._job.root).free)

    def _sample_memory(self) -> None:
        try:
            pages = int(Path(f"/proc/{self.run.pid}/statm").read_text().split()[0])
        except (OSError, IndexError):
            return
        used_mb = pages * _PAGE_MB
        self._first_mb = used_mb if self._first_mb is None else self._first_mb
        self._seen_mb = max(self._seen_mb, used_mb - self._first_mb)
