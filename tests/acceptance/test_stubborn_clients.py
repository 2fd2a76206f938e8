"""What a stubborn client may do: send ranges and places that are none, fall silent, never hang up."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

import pytest

from app.web_worker import give_up_on_silence
from tests.acceptance.conftest import Shop
from tests.browser.harness import RunningServer
from tests.support import step_text
from utils.search import cursors

GOOD = step_text.box(10, 20, 30)


def ranged(shop: Shop, asked: str):
    assert shop.upload(GOOD).status_code == 201
    return shop.client.get(f"/api/parts/{shop.part}/download", headers={"Range": asked})


@pytest.mark.parametrize("asked", ["junk", "lines=1-2", "bytes=0-1,4-7", "bytes=5-2"])
def test_a_range_that_is_not_one_range_of_bytes_is_passed_over(shop: Shop, asked: str):
    answer = ranged(shop, asked)
    assert (answer.status_code, answer.data) == (200, GOOD.encode())
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_range_behind_the_end_is_told_where_the_end_is(shop: Shop):
    answer = ranged(shop, "bytes=99999999-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(GOOD)}"
    assert answer.get_json()["code"] == "range_not_satisfiable"


def test_a_forged_cursor_at_the_end_of_time_is_refused(shop: Shop):
    cursor = cursors.encode("createdAt desc", "0001-01-01T00:00:00+14:00", 5)
    answer = shop.client.get(f"/api/parts?cursor={cursor}")
    assert (answer.status_code, list(answer.get_json()["details"]["fields"])) == (422, ["cursor"])


def test_a_client_that_falls_silent_does_not_hold_its_thread():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        give_up_on_silence(ours, 1)
        ours.setblocking(True)  # as gunicorn reads
        theirs.sendall(b"GET / HT")
        assert ours.recv(100) == b"GET / HT"
        with pytest.raises(BlockingIOError):
            ours.recv(100)


def test_clients_that_do_not_hang_up_hold_nobody_else_up(tmp_path: Path):
    server = RunningServer(tmp_path / "data")
    server.start()
    with contextlib.ExitStack() as stack:
        stack.callback(server.kill)
        for _ in range(5):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            client.sendall(b"GET /health HTTP/1.0\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.0 200"
        began = time.monotonic()
        assert server.api("GET", "/api/parts/")["total"] == 0
        assert time.monotonic() - began < 2  # gunicorn's own worker: 2 s for each of them
