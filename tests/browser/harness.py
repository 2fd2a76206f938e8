"""The real thing for browser tests: a server started by run.py, and a watch over what a page complains of."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(__file__).parent / "shots"


class RunningServer:
    """Kerfline as a person starts it: `python run.py` on a free port, with a data folder of its own.

    `url` has no slash at its end; `admin_key` is good for every request; `settings` are as in .env.example.
    """

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.port = _free_port()
        self.admin_key = f"test-{secrets.token_urlsafe(32)}"
        self.base_path = settings.get("BASE_PATH", "").rstrip("/")
        self.origin = f"http://127.0.0.1:{self.port}"
        self.url = self.origin + self.base_path
        self._log = data.parent / f"{data.name}.log"
        self._env = {**_plain_environment(), "ADMIN_API_KEY": self.admin_key, **settings}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, within_s: float = 300) -> None:
        """Start, and wait until it answers; fails with the end of its log when it does not."""
        command = [sys.executable, "run.py", "--port", str(self.port), "--data", str(self.data), "--no-demo"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + within_s
        while time.monotonic() < until and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.1)
        code = self._process.poll()
        self.kill()
        raise AssertionError(f"The server did not come up (exit code {code}):\n{self.log()[-4000:]}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop as a service manager (SIGTERM) or Ctrl-C (SIGINT, to all) would; returns the exit code."""
        assert self._process is not None
        if how is signal.SIGINT:
            os.killpg(self._process.pid, how)
        else:
            self._process.send_signal(how)
        try:
            return self._process.wait(20)
        finally:
            self.kill()

    def kill(self) -> None:
        """End the server and all it started at once, as a power cut would."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)

    def log(self) -> str:
        """What it printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def sign_in_link(self) -> str:
        """A fresh link that signs one browser in, once."""
        command = [sys.executable, "run.py", "flask", "keys", "first", "--link", "--url", self.origin]
        env = {**self._env, "KERFLINE_DATA": str(self.data)}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        found = re.search(rf"{re.escape(self.url)}/sign-in#token=\S+", done.stdout)
        assert found, f"no link in {done.stdout!r}"
        return found[0]

    def api(self, method: str, path: str, body: object = None) -> Any:
        """One JSON request with the admin key, to arrange or check something; `path` starts with /api."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"X-API-Key": self.admin_key, "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, content, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


class Watch:
    """What a page complained of: errors in its console or scripts, requests to anywhere but its server."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints with `pattern` in them, such as the console's line for a provoked 409."""
        self._allowed.append(re.compile(pattern))

    def over(self, page: Page) -> None:
        """Listen to `page` from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)

    def check(self) -> None:
        """Fail with every complaint that was not expected."""
        bad = [line for line in self.complaints if not any(one.search(line) for one in self._allowed)]
        assert not bad, "The page complained:\n" + "\n".join(bad)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location.get("url", "")
            self.complaints.append(f"console error: {message.text} ({where})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"request to another place: {request.url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _plain_environment() -> dict[str, str]:
    """This process's environment with every setting empty, which also keeps a `.env` beside run.py out."""
    names = re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    return {**os.environ, **dict.fromkeys(names, "")}
