"""The server as run.py starts it: it stops when told, lives under a subpath, and gives one way in."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.harness import ROOT, RunningServer


@pytest.fixture
def subpath(tmp_path: Path) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path / "data", BASE_PATH="/shop/parts")
    server.start()
    yield server
    server.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_does_not_wait_for_open_streams(tmp_path: Path, how: signal.Signals):
    server = RunningServer(tmp_path / "data")
    server.start()
    try:
        request = urllib.request.Request(f"{server.url}/api/events", headers={"X-API-Key": server.admin_key})
        with urllib.request.urlopen(request, timeout=30) as stream:
            assert stream.readline() == b"retry: 2000\n"
            assert server.stop(how) == 0
            stream.read()  # comes to an end
    finally:
        server.kill()
    assert "SIGKILL" not in server.log()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_under_a_subpath_everything_lives_there_and_nothing_beside_it(subpath: RunningServer):
    with urllib.request.urlopen(f"{subpath.url}/", timeout=30) as answer:
        assert '<base href="/shop/parts/">' in answer.read().decode()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{subpath.origin}/api/parts/", timeout=30)
    assert refused.value.code == 404


def test_a_sign_in_link_works_once_and_its_cookie_stays_under_the_subpath(subpath: RunningServer):
    token = subpath.sign_in_link().split("#token=")[1]
    request = urllib.request.Request(
        f"{subpath.url}/api/auth/session",
        json.dumps({"signInToken": token}).encode(),
        {"Content-Type": "application/json", "Origin": subpath.origin},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert "Path=/shop/parts" in answer.headers["Set-Cookie"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == 401


def test_a_second_start_keeps_keys_and_parts(tmp_path: Path):
    server = RunningServer(tmp_path / "data")
    server.start()
    try:
        made = server.api("POST", "/api/parts/", {"name": "Gusset, left"})
        server.kill()  # as a power cut would
        server.start()
        assert server.api("GET", f"/api/parts/{made['id']}")["name"] == "Gusset, left"
    finally:
        server.kill()


def test_what_is_wrong_with_the_settings_is_told_all_at_once(tmp_path: Path):
    server = RunningServer(tmp_path / "data", JOB_WORKERS="none", WEB_THREADS="0", ADMIN_API_KEY="short")
    with pytest.raises(AssertionError, match=r"exit code 1"):
        server.start()
    assert "ADMIN_API_KEY must have" in server.log()
    assert "JOB_WORKERS must be" in server.log()
    assert "WEB_THREADS must be a whole number of at least 1, not '0'" in server.log()
    assert "Traceback" not in server.log()


def test_a_taken_port_ends_the_start_with_one_sentence(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "run.py", "--port", port, "--data", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken by another program")
    assert done.stderr.count("\n") == 1
