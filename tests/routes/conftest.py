"""What the tests of the routes share: parts in every place of the workflow, and the shape of a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.running import MIGRATIONS

PLACES: dict[str, dict[str, Any]] = {
    "review": {},
    "cnc": {"lane": "cnc"},
    "hand": {"lane": "hand"},
    "cnc, claimed": {"claimed_by": "Ana"},
    "completed": {"claimed_by": "Ana", "done": True},
}


@pytest.fixture
def part_in(make_part: Any) -> Any:
    """`part_in("cnc, claimed", amount=3)`: the id of a part that stands there."""

    def make(place: str, **fields: Any) -> int:
        return int(make_part(**PLACES[place], **fields).id)

    return make


@pytest.fixture
def refused() -> Any:
    """`refused(answer, 409)`: the body of a refusal, once it was seen to be whole problem+json without insides."""

    def check(answer: Any, status: int) -> dict[str, Any]:
        assert answer.status_code == status, answer.data
        assert answer.mimetype == "application/problem+json"
        body: dict[str, Any] = answer.get_json()
        assert set(body) == {"type", "title", "status", "detail", "code", "error", "details", "requestId"}
        assert (body["status"], body["error"]) == (status, body["title"])
        assert body["detail"]
        assert body["requestId"] == answer.headers["X-Request-Id"]
        assert not any(
            inside in answer.text
            for inside in ("Traceback", "sqlite", "SELECT ", str(MIGRATIONS.parent), ".py")
        )
        return body

    return check
