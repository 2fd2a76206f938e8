"""Jobs by the real worker: stages published one by one, previews first, a log of each, and any end with a reason."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from config import Settings
from models import Artifact, Comment, Job, db, utc_now
from models.base import only_reading
from tests.unit.sandbox import bodies
from utils import wiring
from utils.jobs import JobFailed, Queue, Worker, ledger, registry, submit
from utils.jobs.log import LONGEST_BYTES
from utils.sandbox import Killed, Limits, Sandbox
from utils.storage import Storage

KIND = "rehearsal"


@pytest.fixture
def shop(open_shop):
    """One worker, so that order shows."""
    return open_shop(JOB_WORKERS="1")


@pytest.fixture
def play():
    """`play(body)`: what jobs of the kind do from now on."""
    failed = []

    def make(function):
        registry.body(KIND, on_failure=lambda job, code, message: failed.append(code))(function)
        return failed

    yield make
    registry._kinds.pop(KIND, None)


@pytest.fixture
def send(shop):
    def submit_and_deliver(**more):
        job_id = submit(KIND, by="Ana", **more).id
        db.session.commit()
        wiring.get(Queue).deliver(job_id)
        return job_id

    return submit_and_deliver


@pytest.fixture
def part(shop):
    return shop.part


def read(look):
    """What `look(session)` finds; no lock is held that would keep the worker out."""
    with only_reading(), Session(db.engine, expire_on_commit=False) as session:
        return look(session)


def row(job_id):
    return read(lambda session: session.get_one(Job, job_id))


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def over(job_id):
    until(lambda: row(job_id).is_over)
    return row(job_id)


def text_of_log(job_id):
    (log,) = read(lambda session: list(session.scalars(db.select(Artifact).where(Artifact.job_id == job_id))))
    assert (log.kind, log.name) == ("log", "log.txt")
    with wiring.get(Storage).open(log.storage_key) as file:
        return file.read().decode()


def comments():
    return read(lambda session: list(session.scalars(db.select(Comment.text).order_by(Comment.id))))


def say(part, text):
    db.session.add(Comment(part_id=part, text=text, created_by="job"))


def test_a_stage_is_there_for_all_as_soon_as_it_is_published(play, send, part):
    seen = threading.Event()

    def work(ctx):
        ctx.stage("convert", 0.3)
        say(part, "preview")
        ctx.commit()
        assert seen.wait(30)
        say(part, "rest")

    play(work)
    job = send()
    until(lambda: comments() == ["preview"])
    assert row(job).status == "running"
    seen.set()
    assert over(job).status == "completed"
    assert comments() == ["preview", "rest"]


def test_a_worker_that_lost_its_lease_publishes_nothing(play, send, part):
    began, stolen = threading.Event(), threading.Event()

    def work(ctx):
        ctx.stage("convert", 0.3)
        if not stolen.is_set():
            began.set()
            assert stolen.wait(30)
            say(part, "from the grave")
            ctx.lost = False  # it has not heard of it yet
            ctx.commit()
        say(part, "once")

    play(work)
    job = send()
    assert began.wait(30)
    # As another worker would that found the lease run out.
    db.session.execute(
        update(Job).where(Job.id == job).values(lease_token=Job.lease_token + 1, lease_until=utc_now())
    )
    db.session.commit()
    stolen.set()
    assert over(job).status == "completed"
    assert comments() == ["once"]


def test_all_previews_come_before_what_follows_them(play, send, part):
    order, done, go = [], set(), threading.Event()

    def work(ctx):
        assert go.wait(30)
        if ctx.job_id not in done:
            ctx.stage("convert", 0.4)
            order.append(("preview", names[ctx.job_id]))
            done.add(ctx.job_id)
            ctx.commit()
            ctx.give_way()
        ctx.stage("bom", 0.6)
        order.append(("rest", names[ctx.job_id]))

    play(work)
    jobs = [send() for _ in range(3)]
    names = {job: number for number, job in enumerate(jobs)}
    go.set()
    for job in jobs:
        assert (over(job).status, row(job).attempts) == ("completed", 1)
    assert [what for what, _ in order] == ["preview"] * 3 + ["rest"] * 3
    assert sorted(order[:3]) == [("preview", n) for n in range(3)]


def test_a_job_that_gives_way_keeps_its_stage_and_its_progress(play, send):
    first, second = threading.Event(), threading.Event()

    def work(ctx):
        if ctx.arguments["name"] == "second":
            ctx.stage("convert", 0.4)
            second.set()
            assert first.wait(30)
            return
        ctx.stage("convert", 0.4)
        ctx.give_way()
        ctx.stage("bom", 0.6)

    play(work)
    waiting = send(arguments={"name": "second"}, weight=1000)
    gave = send(arguments={"name": "first"})
    db.session.execute(update(Job).where(Job.id == waiting).values(created_at=utc_now()))
    db.session.commit()
    assert second.wait(30)
    before = row(gave)
    assert (before.status, before.attempts) == ("queued", 0)
    if before.lease_token:  # it had its turn first
        assert (before.stage, before.progress) == ("convert", 0.4)
    first.set()
    assert over(gave).status == "completed"
    assert over(waiting).status == "completed"


def test_what_a_job_said_is_kept_however_it_ends(play, send, shop):
    ready = threading.Event()

    def work(ctx):
        ctx.stage("convert", 0.2, "Making the preview")
        ctx.log("the reader says: fine")
        if ctx.arguments["end"] == "failed":
            raise JobFailed("no_shape", "There is no shape in it.")
        if ctx.arguments["end"] == "crashed":
            raise ZeroDivisionError
        if ctx.arguments["end"] == "canceled":
            ready.set()
            while True:
                ctx.checkpoint()
                time.sleep(0.01)

    failed = play(work)
    for end, status in (("completed", "completed"), ("failed", "failed"), ("crashed", "failed")):
        job = send(arguments={"end": end})
        assert over(job).status == status
        log = text_of_log(job)
        assert "convert: Making the preview\nthe reader says: fine\n" in log
        assert ("no_shape: There is no shape" in log) == (end == "failed")
    canceled = send(arguments={"end": "canceled"})
    assert ready.wait(30)
    assert shop.client.post(f"/api/jobs/{canceled}/cancel").status_code == 202
    assert over(canceled).status == "canceled"
    assert "the reader says: fine" in text_of_log(canceled)
    assert failed == ["no_shape", "internal", "canceled"]


def test_a_log_goes_on_where_the_job_was_interrupted(play, send):
    def work(ctx):
        ctx.log(f"turn of {ctx.job_id}")
        if row(ctx.job_id).attempts == 1:
            raise Killed("the child was killed")
        ctx.log("done")

    play(work)
    job = send()
    assert over(job).attempts == 2
    log = text_of_log(job)
    assert log.index("Interrupted: the child was killed") < log.index("Attempt 2 of 3.") < log.index("done")
    assert log.count("turn of") == 2


def test_a_log_is_bounded_and_shows_neither_folders_nor_steers_a_terminal(play, send, shop):
    def work(ctx):
        ctx.log(f"first\x1b[31m {wiring.get(Settings).scratch}/run-1/in/part.step")
        for _ in range(40):
            ctx.log("é" * 50_000)
        ctx.log("last")

    play(work)
    job = send()
    over(job)
    log = text_of_log(job)
    assert len(log.encode()) <= LONGEST_BYTES
    assert log.startswith(f"Job {job} ({KIND})\nfirst\N{REPLACEMENT CHARACTER}[31m …/run-1/in/part.step\n")
    assert log.endswith("é\nlast\n")
    assert "\n[…]\n" in log


def test_a_job_whose_child_is_killed_from_outside_is_tried_again_and_told_of_after_three_times(play, send):
    def work(ctx):
        if row(ctx.job_id).attempts < ctx.arguments["good"]:
            raise Killed("the child was killed")

    play(work)
    assert over(send(arguments={"good": 3})).status == "completed"
    hopeless = over(send(arguments={"good": 9}))
    assert (hopeless.status, hopeless.error_code, hopeless.attempts) == ("failed", "killed", 3)
    assert "JOB_WORKERS" in hopeless.error_message


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OSError(122, "Quota exceeded")])
def test_a_full_disk_is_told_as_such(play, send, error):
    def work(ctx):
        raise error

    play(work)
    assert over(send()).error_code == "disk_full"


def test_a_cancel_ends_the_child_and_all_it_started(play, send, shop):
    def work(ctx):
        ctx.stage("convert", 0.2)
        run = wiring.get(Sandbox).run(
            f"{bodies.__name__}:grandchildren", {}, inputs={}, limits=Limits(), cancelled=ctx.should_stop
        )
        run.discard()
        ctx.checkpoint()

    play(work)
    job = send()
    until(lambda: list(shop.scratch.glob("run-*/out/ids")))
    family = [int(word) for word in next(shop.scratch.glob("run-*/out/ids")).read_text().split()]
    assert shop.client.post(f"/api/jobs/{job}/cancel").status_code == 202
    assert over(job).status == "canceled"
    until(lambda: not any(bodies_alive(pid) for pid in family))
    assert shop.counts()["scratch"] == 0


def bodies_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_worker_outlives_whatever_a_body_and_its_end_throw(play, send):
    def work(ctx):
        raise JobFailed("no_shape", "No shape.")

    fell = threading.Event()

    def broken(job, code, message):
        fell.set()
        raise RuntimeError("what was begun could not be set right")

    registry.body(KIND, on_failure=broken)(work)
    lost = send()
    assert fell.wait(30)
    assert wiring.get(Worker).is_alive()
    play(lambda ctx: None)
    assert over(send()).status == "completed"
    assert over(lost).status == "completed"  # its lease ran out, and it was taken again


def test_a_stopped_worker_hands_its_job_back_with_its_log(play, send, part, shop):
    began, stop = threading.Event(), threading.Event()

    def work(ctx):
        ctx.stage("convert", 0.2)
        began.set()
        while not stop.is_set():
            ctx.checkpoint()
            time.sleep(0.01)

    play(work)
    job = send()
    assert began.wait(30)
    wiring.get(Worker).stop()
    stop.set()
    assert (row(job).status, row(job).attempts, row(job).stage) == ("queued", 0, None)
    assert "convert" in text_of_log(job)
    taken = ledger.lease_next(db.engine, "another", 30.0, 1)
    assert taken is not None
    assert taken.job_id == job
