"""Each way in which a child can go wrong ends it, and is told apart from the others."""

from __future__ import annotations

import time

import pytest

from utils.sandbox import Limits

BODIES = "tests.unit.sandbox.bodies"
SMALL = Limits(memory_mb=256, cpu_s=20, wall_s=20, output_mb=8)


def run(sandbox, body, args=None, limits=SMALL, **more):
    with sandbox.run(f"{BODIES}:{body}", args or {}, inputs={}, limits=limits, **more) as outcome:
        return outcome


def test_a_body_gets_its_inputs_and_hands_back_its_result_and_files(sandbox, letter):
    with sandbox.run(
        f"{BODIES}:greet", {"name": "Ana"}, inputs={"letter.txt": letter}, limits=SMALL
    ) as outcome:
        assert outcome.ok, outcome.log
        assert outcome.result == {"hello": "Ana", "working_folder": str(outcome.folder)}
        assert (outcome.folder / "answer.txt").read_text() == "DEAR CHILD"
        assert outcome.log == "read 10 characters\n"
        assert outcome.seconds > 0
    assert not outcome.folder.exists()
    assert letter.read_text() == "dear child"


def test_an_outcome_may_be_discarded_twice(sandbox):
    outcome = sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=SMALL)
    outcome.discard()
    outcome.discard()
    assert not outcome.folder.exists()


def test_an_input_name_with_a_folder_in_it_is_a_mistake(sandbox, letter):
    with pytest.raises(ValueError, match="no folders"):
        sandbox.run(f"{BODIES}:nothing", {}, inputs={"../letter.txt": letter}, limits=SMALL)


def test_a_missing_input_leaves_nothing_behind(sandbox, tmp_path):
    with pytest.raises(FileNotFoundError):
        sandbox.run(f"{BODIES}:nothing", {}, inputs={"a": tmp_path / "missing"}, limits=SMALL)


@pytest.mark.parametrize(
    ("body", "died_of"),
    [
        ("segfault", "signal:SEGV"),
        ("abort", "signal:ABRT"),
        ("fail", "error"),
        ("no_json", "error"),
        ("no_such_body", "error"),
        ("devour", "memory"),
        ("crash_for_lack_of_memory", "memory"),
        ("one_large_file", "output"),
        ("many_files", "output"),
    ],
)
def test_what_a_child_died_of_is_told(sandbox, body, died_of):
    outcome = run(sandbox, body)
    assert outcome.died_of == died_of, outcome.log
    assert not outcome.ok
    assert outcome.result is None


def test_what_a_child_printed_before_it_crashed_is_kept(sandbox):
    assert "about to crash" in run(sandbox, "segfault").log


def test_an_exception_stands_in_the_log(sandbox):
    assert "ValueError: this body always fails" in run(sandbox, "fail").log


def test_leaving_without_an_answer_is_an_error_even_with_exit_code_zero(sandbox):
    assert run(sandbox, "leave", {"code": 0}).died_of == "error"
    assert run(sandbox, "leave", {"code": 3}).died_of == "error"


def test_a_log_keeps_its_beginning_and_its_end(sandbox):
    outcome = run(sandbox, "chatter")
    assert outcome.ok
    assert len(outcome.log) < 70_000
    assert outcome.log.startswith("the first word")
    assert outcome.log.endswith("the last word\n")


def test_an_endless_loop_ends_at_the_cpu_limit(sandbox):
    assert run(sandbox, "spin", limits=Limits(cpu_s=1, wall_s=30)).died_of == "cpu"


def test_an_endless_wait_ends_at_the_wall_limit(sandbox):
    assert run(sandbox, "sleep", limits=Limits(wall_s=0.5)).died_of == "wall"


def test_a_cancelled_run_ends_within_two_seconds(sandbox):
    run(sandbox, "nothing")  # the server's start is not what is measured
    started = time.monotonic()
    outcome = run(sandbox, "spin", cancelled=lambda: time.monotonic() - started > 0.3)
    assert outcome.died_of == "cancelled"
    assert time.monotonic() - started < 2.3


def test_an_exception_in_the_question_whether_to_cancel_ends_the_run(sandbox):
    def gone():
        raise LookupError("the job has vanished")

    with pytest.raises(LookupError):
        run(sandbox, "sleep", cancelled=gone)
