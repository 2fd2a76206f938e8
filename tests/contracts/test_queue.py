"""What every queue keeps: it only delivers; the row decides who works, once, and a lost lease can write nothing."""

import threading
from datetime import timedelta

import pytest

from models import Event, Job, JobStatus, db, utc_now
from models.errors import Conflict
from utils.jobs import DatabaseQueue, ledger

OWNER, LEASE_S = "worker", 30.0
MB = 1024 * 1024


@pytest.fixture(params=[DatabaseQueue], ids=lambda kind: kind.__name__)
def queue(request, app):
    return request.param()


@pytest.fixture
def submit(app):
    def make(**more):
        job_id = ledger.submit("step", by="Ana", **more).id
        db.session.commit()
        return job_id

    return make


def lease(owner=OWNER, lease_s=LEASE_S, at_most=9):
    db.session.commit()  # what the test holds would keep the worker out
    return ledger.lease_next(db.engine, owner, lease_s, at_most)


def row(job_id):
    db.session.remove()
    return db.session.get_one(Job, job_id)


def test_delivering_twice_or_an_unknown_id_does_no_harm(queue, submit):
    job = submit()
    for job_id in (job, job, "unknown"):
        queue.deliver(job_id)
    assert lease().job_id == job
    assert lease() is None


def test_a_delivery_wakes_a_waiting_worker(queue, submit):
    woken = threading.Event()

    def wait():
        queue.wait(60)
        woken.set()

    threading.Thread(target=wait, daemon=True).start()
    while not woken.wait(0.05):
        queue.deliver("any")


def test_of_many_workers_exactly_one_gets_a_job(submit):
    jobs, won = {submit() for _ in range(3)}, []
    barrier, engine = threading.Barrier(8), db.engine

    def work(n):
        barrier.wait()
        while got := ledger.lease_next(engine, f"worker-{n}", LEASE_S, 9):
            won.append(got.job_id)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(jobs)


def test_no_more_jobs_run_than_are_allowed(submit):
    submit(), submit(), submit()
    assert [lease(at_most=2) is None for _ in range(3)] == [False, False, True]


def arrived(job_id, seconds_ago):
    db.session.get_one(Job, job_id).created_at = utc_now() - timedelta(seconds=seconds_ago)
    db.session.commit()


def test_an_interrupted_job_goes_before_all_that_wait(submit):
    big = submit(weight=3 * MB)
    assert lease(lease_s=-1).job_id == big
    submit(weight=0)
    assert lease().job_id == big


def test_a_job_that_was_interrupted_again_and_again_lets_others_pass(submit):
    poison, innocent = submit(), submit()
    for _ in range(2):
        assert lease(lease_s=-1).job_id == poison
    assert [lease().job_id, lease().job_id] == [innocent, poison]


def test_a_small_file_goes_before_a_big_one_that_came_just_before(submit):
    big, small = submit(weight=3 * MB), submit(weight=1000)
    arrived(big, 60)
    assert [lease().job_id, lease().job_id] == [small, big]


def test_a_big_file_that_waited_long_goes_before_small_ones(submit):
    big, small = submit(weight=900 * MB), submit(weight=1000)
    arrived(big, 3600)
    assert [lease().job_id, lease().job_id] == [big, small]


def test_one_slot_is_never_a_heavy_jobs_so_that_small_ones_always_find_it(submit):
    heavy = [submit(weight=5 * MB) for _ in range(3)]
    assert lease(at_most=2).job_id == heavy[0]
    assert lease(at_most=2) is None
    small = submit(weight=1000)
    assert lease(at_most=2).job_id == small


def test_where_one_job_runs_at_a_time_it_may_be_a_heavy_one(submit):
    heavy = submit(weight=5 * MB)
    assert lease(at_most=1).job_id == heavy


def gave_way(held):
    """The job of this lease, back in the queue after its first stage."""
    assert ledger.report(db.engine, held, stage="convert", progress=0.5, message="")
    assert ledger.put_back(held, keep_stage=True)
    db.session.commit()


def test_a_job_that_had_its_preview_gives_way_to_those_that_had_not(submit):
    first, second = submit(), submit()
    held = lease(at_most=1)
    assert held.job_id == first
    assert ledger.waits_for_preview(db.engine, held)
    gave_way(held)
    assert (row(first).status, row(first).stage, row(first).attempts) == ("queued", "convert", 0)
    taken = lease(at_most=1)
    assert taken.job_id == second
    # The one that gave way waits for nothing that this one could give.
    assert not ledger.waits_for_preview(db.engine, taken)
    ledger.end(taken, JobStatus.COMPLETED)
    assert lease(at_most=1).job_id == first


def test_nobody_gives_way_to_a_job_that_could_not_take_the_place(submit):
    submit(weight=5 * MB)
    assert lease(at_most=2) is not None
    light = submit()
    held = lease(at_most=2)
    assert held.job_id == light
    submit(weight=5 * MB)
    assert not ledger.waits_for_preview(db.engine, held)


def test_a_job_that_gave_way_long_ago_is_not_passed_for_ever(submit):
    old, new = submit(), submit()
    arrived(old, 3600)
    gave_way(lease())
    assert [lease().job_id, lease().job_id] == [old, new]


def test_a_job_whose_worker_went_silent_is_taken_by_another_and_the_first_can_write_nothing(submit):
    job = submit()
    lost = lease("first", lease_s=-1)
    taken = lease("second")
    assert (taken.job_id, taken.token, taken.attempts) == (job, lost.token + 1, 2)
    assert ledger.renew(db.engine, lost, LEASE_S) is False
    assert ledger.report(db.engine, lost, stage="convert", progress=0.9, message="") is False
    assert ledger.cancel_wanted(db.engine, lost) is None
    assert ledger.put_back(lost, keep_stage=False) is None
    assert ledger.end(lost, JobStatus.COMPLETED) is None
    assert ledger.confirm(lost, LEASE_S) is False
    db.session.rollback()
    assert (row(job).status, row(job).lease_owner) == ("running", "second")
    ended = ledger.end(taken, JobStatus.COMPLETED)
    assert ended is not None
    assert ended.id == job


def test_a_renewed_lease_is_not_silent(submit):
    submit()
    held = lease(lease_s=-1)
    assert ledger.renew(db.engine, held, LEASE_S) is True
    assert lease("other") is None


def test_a_job_that_is_handed_back_was_never_tried(submit):
    job = submit()
    ledger.put_back(lease(), keep_stage=False)
    db.session.commit()
    assert (row(job).status, row(job).attempts) == ("queued", 0)
    assert lease().attempts == 1


def test_progress_never_goes_back_and_each_step_is_told_in_order(submit):
    job = submit()
    held = lease()
    for progress in (0.1, 0.5, 0.3, 7.0):
        assert ledger.report(db.engine, held, stage="convert", progress=progress, message="m")
    ledger.end(held, JobStatus.COMPLETED)
    db.session.commit()
    told = [event.payload for event in db.session.scalars(db.select(Event).order_by(Event.id))]
    assert [each["progress"] for each in told] == [0, 0, 0.1, 0.5, 0.5, 1, 1]
    assert [each["status"] for each in told] == ["queued", *["running"] * 5, "completed"]
    assert {each["id"] for each in told} == {job}
    assert (row(job).stage, row(job).finished_at is not None) == ("done", True)


def test_what_is_rolled_back_was_neither_submitted_nor_told(app):
    ledger.submit("step", by="Ana")
    db.session.rollback()
    assert lease() is None
    assert db.session.scalar(db.select(db.func.count(Event.id))) == 0


def test_a_waiting_job_is_canceled_at_once_and_a_running_one_learns_of_it(client, submit):
    waiting = submit()
    answer = client.post(f"/api/jobs/{waiting}/cancel")
    assert (answer.status_code, answer.get_json()["status"]) == (202, "canceled")
    assert client.post(f"/api/jobs/{waiting}/cancel").status_code == 409
    running = submit()
    held = lease()
    assert client.post(f"/api/jobs/{running}/cancel").get_json()["status"] == "running"
    assert ledger.cancel_wanted(db.engine, held) is True


def test_only_what_failed_or_was_canceled_can_be_tried_again(client, submit):
    job = submit()
    assert client.post(f"/api/jobs/{job}/retry").status_code == 409
    held = lease()
    assert client.post(f"/api/jobs/{job}/retry").status_code == 409
    ledger.end(held, JobStatus.FAILED, code="no_shape", message="No shape.")
    db.session.commit()
    failed = client.get(f"/api/jobs/{job}").get_json()
    assert failed["error"] == {"code": "no_shape", "message": "No shape."}
    again = client.post(f"/api/jobs/{job}/retry")
    assert (again.status_code, again.get_json()["status"], again.get_json()["error"]) == (202, "queued", None)
    held = lease()
    assert held.attempts == 1
    ledger.end(held, JobStatus.COMPLETED)
    db.session.commit()
    assert client.post(f"/api/jobs/{job}/retry").status_code == 409


def test_jobs_are_listed_newest_first_by_part_and_status(client, submit, make_part):
    part = make_part().id
    mine = [submit(part_id=part) for _ in range(3)]
    other = submit()
    db.session.get_one(Job, other).created_at = utc_now() - timedelta(days=1)
    db.session.commit()
    listed = [job["id"] for job in client.get("/api/jobs").get_json()["jobs"]]
    assert listed == [*mine[::-1], other]
    assert {j["id"] for j in client.get(f"/api/jobs?part={part}").get_json()["jobs"]} == set(mine)
    assert client.get("/api/jobs?status=completed").get_json()["total"] == 0
    first = client.get("/api/jobs?limit=3").get_json()
    rest = client.get(f"/api/jobs?limit=3&cursor={first['nextCursor']}").get_json()
    assert [job["id"] for job in rest["jobs"]] == [other]


def test_a_finished_job_is_neither_canceled_nor_leased(submit):
    job = submit()
    ledger.end(lease(), JobStatus.COMPLETED)
    db.session.commit()
    with pytest.raises(Conflict):
        row(job).request_cancel(utc_now())
    assert lease() is None
