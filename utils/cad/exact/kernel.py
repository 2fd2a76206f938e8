"""``Kernel``: runs bodies that need the CAD kernel in children of their own, or says why there is none."""

from __future__ import annotations

import importlib.util
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from utils.sandbox import Limits, Outcome, Sandbox, SandboxUnavailable

# the second of these loads the kernel
_PRELOAD = ("numpy", "utils.cad.exact.child.reading", "utils.cad.exact.child.closest")
_PROBE_LIMITS = Limits(cpu_s=60, wall_s=60)
_PACKAGE = "OCP"
_INSTALL = "Install it with “pip install -r requirements.txt” and start Kerfline again."
_NO_LIBRARY = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")
_DEBIAN_PACKAGES = {"libGL.so.1": "libgl1", "libX11.so.6": "libx11-6", "libexpat.so.1": "libexpat1"}


class Kernel:
    """Its fork server, which holds the loaded kernel (about 230 MB), starts with the first run; threads may share it.

    ``preload`` names more modules with bodies that the server imports once.
    """

    def __init__(
        self, scratch_root: Path, preload: tuple[str, ...] = (), *, fork: bool | None = None
    ) -> None:
        self._scratch_root = scratch_root
        self._sandbox = Sandbox(scratch_root, (*_PRELOAD, *preload), fork=fork)
        self._lock = threading.Lock()
        self._running = 0
        self._used = time.monotonic()
        self._probed = False
        self._reason: str | None = None

    def run(
        self,
        body: str,
        args: Mapping[str, Any],
        *,
        inputs: Mapping[str, Path],
        limits: Limits,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        """As ``Sandbox.run``. Where the kernel cannot load, the outcome died of ``error`` and ``why_not`` says why."""
        with self._busy():
            return self._sandbox.run(body, args, inputs=inputs, limits=limits, cancelled=cancelled)

    @contextmanager
    def _busy(self) -> Iterator[None]:
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._used = time.monotonic()

    @property
    def server_pid(self) -> int | None:
        """The fork server's process id while there is one."""
        return self._sandbox.server_pid

    def rest(self, idle_s: float) -> bool:
        """Give the fork server's memory back when nothing has run for so long; the next run starts it again."""
        with self._lock:
            if self._running or time.monotonic() - self._used < idle_s:
                return False
            self._sandbox.close()
            return True

    def folder(self) -> AbstractContextManager[Path]:
        """A temporary folder for what is prepared for runs."""
        return self._sandbox.folder()

    def why_not(self) -> str | None:
        """Why exact reading is unavailable and what to do about it, in a sentence or two; None when it is available.

        Found out once, by an interpreter that loads the kernel and ends again (about a second).
        """
        with self._lock:
            if not self._probed:
                self._reason = self._probe()
                self._probed = True
            return self._reason

    def _probe(self) -> str | None:
        if importlib.util.find_spec(_PACKAGE) is None:
            return f"Exact reading needs the CAD kernel, which is not installed. {_INSTALL}"
        try:
            with Sandbox(self._scratch_root, (), fork=False) as sandbox:
                outcome = sandbox.run("utils.cad.exact.probe:probe", {}, inputs={}, limits=_PROBE_LIMITS)
        except (OSError, SandboxUnavailable) as error:
            return f"Exact reading needs a process of its own, which could not be started: {error}."
        with outcome:
            if outcome.died_of:
                return (
                    f"The CAD kernel is installed but dies while it loads ({outcome.died_of}). "
                    "Install it again with “pip install --force-reinstall -r requirements.txt”."
                )
            return _explain(outcome.result.get("missing"))

    def close(self) -> None:
        """End the fork server and every child that still runs."""
        self._sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _explain(missing: str | None) -> str | None:
    if missing is None:
        return None
    library = _NO_LIBRARY.search(missing)
    if library:
        name = library[1]
        package = _DEBIAN_PACKAGES.get(name, f"the package that has {name}")
        return (
            f"The CAD kernel cannot load because this system lacks {name}. "
            f"Install it (Debian, Ubuntu: “apt install {package}”) and start Kerfline again."
        )
    return f"The CAD kernel is installed but cannot load: {missing[:300]}. {_INSTALL}"
