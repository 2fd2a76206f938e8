"""Counters: exact across threads and processes' connections, and over when their window is."""

import threading

import pytest

from models.actor import Actor
from utils.auth.counters import SqliteCounters
from utils.auth.scopes import SCOPES_BY_ROLE
from utils.auth.throttle import Throttle


@pytest.fixture
def clock(monkeypatch):
    now = [1_800_000_000.0]
    monkeypatch.setattr("utils.auth.counters.time.time", lambda: now[0])
    return now


def test_no_count_is_lost_among_many(tmp_path):
    stores = [SqliteCounters(tmp_path / "c.sqlite") for _ in range(2)]  # as two processes have them
    counts: list[int] = []

    def count(store):
        counts.extend(store.incr("a", 60) for _ in range(25))

    threads = [threading.Thread(target=count, args=(stores[n % 2],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 201))
    assert stores[0].get("a") == 200


def test_a_window_that_is_over_counts_from_one_again(tmp_path, clock):
    store = SqliteCounters(tmp_path / "c.sqlite")
    assert [store.incr("a", 2), store.incr("a", 2)] == [1, 2]
    assert store.get_expiry("a") == clock[0] + 2
    clock[0] += 2
    assert store.get("a") == 0
    assert store.incr("a", 2) == 1
    clock[0] += 3
    store.sweep()
    assert store.reset() == 0


def test_the_window_of_wrong_keys_is_two_seconds_and_one_address(tmp_path, clock):
    throttle = Throttle(SqliteCounters(tmp_path / "c.sqlite"), "100 per minute", "1200 per minute")
    throttle.count_failure("10.0.0.1")
    throttle.count_failure("10.0.0.2")
    with pytest.raises(Exception, match="Too many wrong keys"):
        throttle.count_failure("10.0.0.1")
    clock[0] += 2.1
    throttle.count_failure("10.0.0.1")


def test_a_keys_own_rate_goes_before_the_default_and_the_page_counts_apart(tmp_path):
    throttle = Throttle(SqliteCounters(tmp_path / "c.sqlite"), "100 per minute", "1200 per minute")
    assert throttle.count(Actor("A", 1)).limit == 100
    assert throttle.count(Actor("A", 1, by_session=True)).remaining == 1199
    assert throttle.count(Actor("B", 2, rate_limit="1 per hour")).over is False
    assert throttle.count(Actor("B", 2, rate_limit="1 per hour")).over is True


def test_each_role_may_all_that_the_one_before_may():
    viewer, maker, lead, admin = (SCOPES_BY_ROLE[role] for role in ("viewer", "maker", "lead", "admin"))
    assert viewer < maker < lead < admin
