"""Many at once, against the server as it runs: real threads, real HTTP, one outcome that all can see."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.browser.harness import RunningServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Two server processes over one database: nothing may be kept right by a lock inside one of them."""
    running = RunningServer(
        tmp_path_factory.mktemp("many") / "data", WEB_WORKERS="2", RATE_LIMIT_DEFAULT="100000 per minute"
    )
    running.start()
    yield running
    running.kill()


def ask(server: RunningServer, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sent = {"X-API-Key": server.admin_key, "Content-Type": "application/json", **headers}
    connection.request(method, path, json.dumps({} if body is None else body), sent)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text)


def all_at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What `work(0)` … `work(count - 1)` answer, begun at the same moment."""
    barrier = threading.Barrier(count)

    def begin(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


@pytest.fixture
def part(server: RunningServer) -> str:
    """The path of an approved part of 10 pieces."""
    made = server.api("POST", "/api/parts/", {"name": "Gusset", "category": "cnc", "amount": 10})
    return f"/api/parts/{made['id']}"


@pytest.mark.parametrize("people", [2, 24])
def test_of_many_who_claim_at_once_one_wins_and_the_others_learn_who(
    server: RunningServer, part: str, people: int
):
    answers = all_at_once(people, lambda n: ask(server, "POST", f"{part}/assign", {"assigned": f"P{n}"}))
    winners = [n for n, (status, _) in enumerate(answers) if status == 200]
    assert len(winners) == 1
    holder = f"P{winners[0]}"
    for n, (status, body) in enumerate(answers):
        if n != winners[0]:
            assert (status, body["code"], body["details"]["assigned"]) == (
                409,
                "part_already_claimed",
                holder,
            )
            assert holder in body["detail"]
            assert body["details"]["claimedDate"]
    assert server.api("GET", part)["assigned"] == holder
    claims = [e for e in server.api("GET", f"{part}/activity")["activity"] if e["action"] == "part.claimed"]
    assert len(claims) == 1


def test_five_of_the_same_request_make_one_part(server: RunningServer):
    before = server.api("GET", "/api/parts/")["total"]
    sent = {"name": "Once"}
    answers = all_at_once(
        5, lambda _: ask(server, "POST", "/api/parts/", sent, **{"Idempotency-Key": "five"})
    )
    assert {status for status, _ in answers} == {201}
    assert len({body["id"] for _, body in answers}) == 1
    assert server.api("GET", "/api/parts/")["total"] == before + 1


def test_pieces_counted_at_once_are_all_counted_and_none_too_many(server: RunningServer, part: str):
    answers = all_at_once(14, lambda _: ask(server, "POST", f"{part}/complete", {"amount": 1}))
    assert sorted(status for status, _ in answers) == [200] * 10 + [409] * 4
    done = server.api("GET", part)
    assert (done["completedAmount"], done["category"]) == (10, "completed")


def test_of_many_who_change_the_version_they_read_one_wins(server: RunningServer, part: str):
    tag = f'"{part.rsplit("/", 1)[1]}-{server.api("GET", part)["version"]}"'
    answers = all_at_once(10, lambda n: ask(server, "PATCH", part, {"notes": f"n{n}"}, **{"If-Match": tag}))
    assert sorted(status for status, _ in answers) == [200] + [412] * 9
    (winner,) = [body["notes"] for status, body in answers if status == 200]
    assert server.api("GET", part)["notes"] == winner


def test_changes_without_a_version_all_succeed_and_each_is_a_version(server: RunningServer, part: str):
    before = server.api("GET", part)["version"]
    answers = all_at_once(10, lambda n: ask(server, "PATCH", part, {"notes": f"n{n}"}))
    assert {status for status, _ in answers} == {200}
    assert sorted(body["version"] for _, body in answers) == list(range(before + 1, before + 11))


def test_numbers_given_at_once_are_all_different(server: RunningServer):
    server.api("POST", "/api/projects", {"name": "Robot", "prefix": "26"})
    sent = {"name": "A", "project": "Robot"}
    answers = all_at_once(12, lambda _: ask(server, "POST", "/api/parts/", sent))
    assert sorted(body["partId"] for _, body in answers) == [f"26-P-{n:04d}" for n in range(1, 13)]


def test_the_rate_is_counted_once_for_all_processes(tmp_path: Path):
    server = RunningServer(tmp_path / "data", WEB_WORKERS="2", RATE_LIMIT_DEFAULT="20 per hour")
    server.start()
    try:
        answers = all_at_once(30, lambda _: ask(server, "GET", "/api/parts/auth/check"))
    finally:
        server.kill()
    assert sorted(status for status, _ in answers) == [200] * 20 + [429] * 10


class Stream:
    """An open `/api/events`, line by line as it comes."""

    def __init__(self, server: RunningServer, after: str | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {"X-API-Key": server.admin_key, **({"Last-Event-ID": after} if after else {})}
        self.connection.request("GET", "/api/events", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.getheader("Content-Type", "").startswith("text/event-stream")
        assert self.answer.readline() == b"retry: 2000\n"
        self.answer.readline()

    def next(self) -> tuple[str, str, dict[str, Any]]:
        """The next event's id, name and content."""
        found: dict[str, str] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name] = value
        return found["id"], found["event"], json.loads(found["data"])

    def close(self) -> None:
        self.connection.close()


def test_every_open_page_hears_of_a_change_and_catches_up_after_a_break(server: RunningServer, part: str):
    number = int(part.rsplit("/", 1)[1])
    streams = [Stream(server) for _ in range(6)]
    changed = server.api("PATCH", part, {"notes": "one"})
    heard = [stream.next() for stream in streams]
    for stream in streams:
        stream.close()
    told = {"id": number, "version": changed["version"], "action": "part.updated"}
    assert [(name, body) for _, name, body in heard] == [("part.changed", told)] * 6
    server.api("PATCH", part, {"notes": "two"})
    server.api("DELETE", part)
    again = Stream(server, after=heard[0][0])
    assert again.next()[1:] == ("part.changed", {**told, "version": changed["version"] + 1})
    assert again.next()[1:] == ("part.deleted", {"id": number})
    again.close()
