"""Live events: told after the commit and never of what was rolled back, in order, once, and resumable by id."""

import json
import threading

import pytest

from models import Event, JobStatus, Part, db
from utils import wiring
from utils.jobs import ledger
from utils.live import Broadcaster, announce, broadcast, prune, publish


@pytest.fixture
def live(app, monkeypatch):
    monkeypatch.setattr(broadcast, "POLL_S", 0.01)
    return wiring.get(Broadcaster)


@pytest.fixture
def hear(live):
    """`hear(count, after)`: a listener in a thread of its own; its `events()` waits for them."""

    def start(count, after=None, job=None):
        heard, listening = [], live.listen(after, job)

        def run():
            for event in listening:
                if event is not None:
                    heard.append(event)
                if len(heard) == count:
                    break
            listening.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while after is None and not live._listeners:
            thread.join(0.005)

        def events():
            thread.join(20)
            assert len(heard) == count
            return heard

        return events

    return start


def told(*numbers):
    for n in numbers:
        publish("part.changed", {"id": n, "version": 1, "action": "part.updated"}, part_id=n)
    db.session.commit()


def ids(events):
    return [json.loads(event.payload)["id"] for event in events]


def test_a_change_is_told_after_its_commit_and_a_rolled_back_one_never(hear):
    events = hear(2)
    publish("part.changed", {"id": 1})
    db.session.rollback()
    told(2, 3)
    assert ids(events()) == [2, 3]


def test_a_listener_that_comes_back_gets_what_it_missed_and_nothing_twice(hear):
    told(1, 2, 3)
    last = db.session.scalar(db.select(Event.id).where(Event.part_id == 1))
    db.session.remove()
    events = hear(4, after=last)
    told(4, 5)
    assert ids(events()) == [2, 3, 4, 5]


def test_all_listeners_hear_everything(hear):
    listeners = [hear(3) for _ in range(5)]
    told(1, 2, 3)
    assert [ids(events()) for events in listeners] == [[1, 2, 3]] * 5


def test_a_stream_of_one_job_hears_of_no_other(hear):
    told(1)
    mine = ledger.submit("step", by="Ana").id
    ledger.submit("step", by="Ana")
    db.session.commit()
    assert ids(hear(1, after=0, job=mine)()) == [mine]


def test_an_event_reads_as_the_standard_has_it(hear):
    events = hear(1)
    told(7)
    (event,) = events()
    name, kind, content, *rest = event.as_sse().decode().split("\n")
    assert (name, kind, rest) == (f"id: {event.id}", "event: part.changed", ["", ""])
    assert json.loads(content.removeprefix("data: ")) == {"id": 7, "version": 1, "action": "part.updated"}


def test_line_breaks_in_a_name_do_not_end_an_event(hear):
    events = hear(1)
    publish("job.progress", {"message": "a\n\nevent: evil\ndata: x"})
    db.session.commit()
    assert events()[0].as_sse().count(b"\n") == 4


def test_the_version_that_is_told_is_the_stored_one(hear, make_part):
    part = make_part()
    number, version = part.id, part.version
    db.session.remove()
    events = hear(1)
    part = db.session.get_one(Part, number)
    part.notes = "new"
    announce(part, "part.updated")
    db.session.commit()
    assert json.loads(events()[0].payload)["version"] == version + 1 == part.version


def test_old_events_are_forgotten_and_ids_never_used_again(live):
    told(1, 2)
    db.session.execute(db.text("UPDATE event SET at = '2020-01-01 00:00:00.000000'"))
    db.session.commit()
    prune()
    db.session.commit()
    told(3)
    assert db.session.scalars(db.select(Event.id)).all() == [3]


# Over HTTP, from the app's own answers.


def test_the_stream_of_a_finished_job_ends_with_its_end(client, live):
    job = ledger.submit("step", by="Ana").id
    db.session.commit()
    held = ledger.lease_next(db.engine, "w", 30, 9)
    assert held is not None
    ledger.report(db.engine, held, stage="convert", progress=0.5, message="")
    ledger.end(held, JobStatus.FAILED, code="no_shape", message="No shape.")
    db.session.commit()
    answer = client.get(f"/api/jobs/{job}/stream")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == (
        "text/event-stream",
        "no-cache, no-transform",
    )
    names = [line.removeprefix("event: ") for line in answer.text.splitlines() if line.startswith("event: ")]
    assert names == ["progress", "progress", "progress", "failed"]
    numbers = [line.removeprefix("id: ") for line in answer.text.splitlines() if line.startswith("id: ")]
    resumed = client.get(f"/api/jobs/{job}/stream", headers={"Last-Event-ID": numbers[1]})
    assert [line for line in resumed.text.splitlines() if line.startswith("id: ")] == [
        f"id: {n}" for n in numbers[2:]
    ]
