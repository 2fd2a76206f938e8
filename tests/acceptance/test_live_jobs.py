"""A job's stream through the real server: nothing waits in a buffer, a broken line loses and repeats nothing."""

from __future__ import annotations

import http.client
import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.sending import all_over, upload
from tests.acceptance.test_kills import Watched
from tests.support import step_text

READ = {"thumbnails": "0", "diagram": "0", "bom": "0"}
NO_SHAPE = step_text.no_shape()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    running = Watched(tmp_path_factory.mktemp("live") / "data", RATE_LIMIT_DEFAULT="600000 per minute")
    running.start()
    yield running
    running.kill()


class Stream:
    """An open stream of one job."""

    def __init__(self, server: Watched, job_id: str, after: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {
            "X-API-Key": server.admin_key,
            "Accept-Encoding": "gzip",
            **({"Last-Event-ID": after} if after else {}),
        }
        self.connection.request("GET", f"/api/jobs/{job_id}/stream", headers=headers)
        self.answer = self.connection.getresponse()

    def next(self) -> tuple[str, str, Any] | None:
        """The next event's id, name and content; None at the end of the stream."""
        found: dict[str, str] = {}
        while True:
            line = self.answer.readline().decode()
            if not line:
                return None
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                found[name] = value
            elif "data" in found:
                return found["id"], found["event"], json.loads(found["data"])

    def rest(self) -> list[tuple[str, str, Any]]:
        return list(iter(self.next, None))

    def close(self) -> None:
        self.connection.close()


def test_an_event_reaches_the_client_while_the_job_goes_on(server: Watched):
    job = upload(server, step_text.nested_assembly(2, 60), "big.step", **READ)["job"]["id"]
    stream = Stream(server, job)
    assert stream.answer.getheader("Content-Type", "").startswith("text/event-stream")
    assert stream.answer.getheader("X-Accel-Buffering") == "no"
    assert stream.answer.getheader("Content-Encoding") is None
    assert "no-transform" in stream.answer.getheader("Cache-Control", "")
    heard = []
    while (event := stream.next()) is not None:
        heard.append(event)
        if event[2]["stage"] == "convert" and event[2]["status"] == "running":
            break
    # Had it waited in a buffer, the job would be over by the time that it came.
    assert server.api("GET", f"/api/jobs/{job}")["status"] == "running"
    rest = stream.rest()
    assert [name for _, name, _ in rest[-1:]] == ["completed"]
    assert rest[-1][2]["stage"] == "done"
    progress = [body["progress"] for _, _, body in heard + rest]
    assert progress == sorted(progress)


def test_a_stream_that_breaks_after_each_event_tells_all_of_them_once(server: Watched):
    job = upload(server, step_text.box(21, 22, 23), "box.step", **READ)["job"]["id"]
    broken: list[tuple[str, str, Any]] = []
    end = time.monotonic() + 60
    while not (broken and broken[-1][1] in ("completed", "failed")):
        assert time.monotonic() < end
        stream = Stream(server, job, after=broken[-1][0] if broken else "")
        event = stream.next()
        stream.close()
        if event is not None:
            broken.append(event)
    assert broken == Stream(server, job).rest()
    assert len({event_id for event_id, _, _ in broken}) == len(broken)


def test_the_stream_of_a_job_that_is_tried_again_goes_on_to_its_new_end(server: Watched):
    job = upload(server, NO_SHAPE, "none.step", **READ)["job"]["id"]
    first = Stream(server, job).rest()
    assert first[-1][1] == "failed"
    server.api("POST", f"/api/jobs/{job}/retry")
    again = Stream(server, job, after=first[-1][0]).rest()
    assert again[0][2]["status"] == "queued"
    assert again[-1][1] == "failed"
    assert [name for _, name, _ in again[:-1]] == ["progress"] * (len(again) - 1)
    assert Stream(server, job, after=again[-1][0]).answer.status == 204


def test_a_file_and_an_archive_come_through_the_real_server(server: Watched, tmp_path: Path):
    job = upload(server, step_text.assembly(), "frame.step", **{**READ, "bom": "1"})["job"]["id"]
    all_over(server, 60)
    files = server.api("GET", f"/api/jobs/{job}")["artifacts"]
    assert {"model.glb", "bom.csv", "log.txt"} <= {file["name"] for file in files}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for file in files:
        connection.request("GET", file["url"])
        assert len(connection.getresponse().read()) == file["bytes"]
    connection.request("GET", f"/api/v1/download/{job}/all", headers={"X-API-Key": server.admin_key})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Length")) == (200, None)
    assert answer.read()[:2] == b"PK"
    for path in ("../log.txt", "..%2f..%2fkerfline.db", "..\\log.txt", "%2e%2e/%2e%2e/secret.key"):
        connection.request(
            "GET", f"/api/jobs/{job}/artifacts/{path}", headers={"X-API-Key": server.admin_key}
        )
        refused = connection.getresponse()
        assert (refused.status, refused.getheader("Content-Type")) == (404, "application/problem+json"), path
        refused.read()
