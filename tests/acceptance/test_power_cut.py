"""The server killed at any moment loses nothing: what was accepted is read after the next start, once."""

from __future__ import annotations

import time

import pytest

from tests.acceptance import sending
from tests.browser.harness import RunningServer
from tests.support import shelf, step_text


@pytest.fixture
def server(tmp_path):
    running = RunningServer(tmp_path / "data", JOB_LEASE_S="2", RATE_LIMIT_DEFAULT="6000 per minute")
    running.start()
    yield running
    running.kill()


def _upload(server: RunningServer, part: int, content: str, name: str) -> None:
    sending.upload(
        server, content, name, path=f"/api/parts/{part}/upload", thumbnails="0", bom="0", diagram="0"
    )


def _until_over(server: RunningServer, within_s: float = 60) -> list[dict]:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        jobs = server.api("GET", "/api/jobs?limit=100")["jobs"]
        if all(job["status"] in ("completed", "failed") for job in jobs):
            return jobs
        time.sleep(0.2)
    raise AssertionError(f"jobs that did not end: {[job['status'] for job in jobs]}")


def test_a_server_killed_while_it_converts_finishes_after_its_next_start(server):
    part = server.api("POST", "/api/parts/", {"name": "Many plates"})["id"]
    for number in range(4):
        # Each file takes long enough that the cut falls into a conversion.
        _upload(server, part, step_text.nested_assembly(2, 40 + number), f"r{number}.step")
    server.kill()
    server.start()
    jobs = _until_over(server)
    assert [job["status"] for job in jobs] == ["completed"] * 4
    ready = server.api("GET", f"/api/parts/{part}/activity?action=revision.ready")["activity"]
    assert sorted(entry["after"]["revision"] for entry in ready) == ["A", "B", "C", "D"]
    models = server.api("GET", f"/api/parts/{part}/revisions")["models"]
    assert all(model["modelUrl"] for model in models)
    assert shelf.complaints(server.data) == []


def test_a_stopped_server_hands_its_work_back_and_exits_cleanly(server):
    part = server.api("POST", "/api/parts/", {"name": "Many plates"})["id"]
    _upload(server, part, step_text.nested_assembly(2, 45), "big.step")
    assert server.stop() == 0
    server.start()
    jobs = _until_over(server)
    assert [job["status"] for job in jobs] == ["completed"]
    assert jobs[0]["attempts"] == 1
