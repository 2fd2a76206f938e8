"""Steps, stamps and commands: what is skipped, what is shown, and what a failing program leads to."""

import io
import os
import sys
import time
from pathlib import Path

import pytest

from utils.setup import commands, progress, stamps
from utils.setup.failure import SetupFailure
from utils.setup.progress import Step


@pytest.fixture
def log(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(commands, "LOG", tmp_path / "setup.log")
    return tmp_path / "setup.log"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_only_needed_steps_are_done_and_counted():
    done: list[str] = []
    steps = [
        Step("a", True, lambda: done.append("a")),
        Step("b", False, lambda: done.append("b")),
        Step("c", True, lambda: done.append("c")),
    ]
    out = io.StringIO()
    progress.run(steps, out)
    assert done == ["a", "c"]
    assert out.getvalue() == "1/2 a … 0 s\n2/2 c … 0 s\n"


def test_a_terminal_sees_the_seconds_pass():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    progress.run([Step("Page", True, lambda: time.sleep(1.2))], out)
    assert "\r1/1 Page … 1 s" in out.getvalue()


def test_a_failing_step_ends_its_line_and_stops_the_rest():
    def fail() -> None:
        raise SetupFailure("no")

    out = io.StringIO()
    with pytest.raises(SetupFailure):
        progress.run([Step("a", True, fail), Step("b", True, lambda: pytest.fail("went on"))], out)
    assert out.getvalue() == "1/2 a …\n"


def test_a_fingerprint_changes_with_name_content_and_salt_only(tmp_path: Path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("x")
    before = stamps.fingerprint([first], tmp_path)
    os.utime(first, (0, 0))
    assert stamps.fingerprint([first], tmp_path) == before
    assert stamps.fingerprint([first], tmp_path, salt="3.13") != before
    first.rename(second)
    assert stamps.fingerprint([second], tmp_path) != before
    second.write_text("y")
    second.rename(first)
    assert stamps.fingerprint([first], tmp_path) != before


def test_a_stamp_matches_what_was_left_and_nothing_else(tmp_path: Path):
    stamp = tmp_path / "made" / "stamp"
    assert not stamps.matches(stamp, "one")
    stamps.leave(stamp, "one")
    assert stamps.matches(stamp, "one")
    assert not stamps.matches(stamp, "two")
    stamp.write_bytes(b"\xff")
    assert not stamps.matches(stamp, "one")


def test_a_failing_program_is_told_by_its_last_line_and_kept_whole_in_the_log(log: Path):
    with pytest.raises(SetupFailure, match=r"^No page: disk full \(details: .*setup\.log\)$"):
        commands.run(python("print('much'); print('disk full'); raise SystemExit(3)"), "No page")
    assert "much\ndisk full\n" in log.read_text()


@pytest.mark.parametrize(
    "said",
    [
        "NameResolutionError: Failed to resolve 'index.example' (Temporary failure in name resolution)",
        "npm error code ENOTFOUND",
        "curl: Connection refused",
    ],
)
def test_no_network_is_said_plainly(log: Path, said):
    with pytest.raises(
        SetupFailure, match=r"^No page: the internet is needed for this and could not be reached"
    ):
        commands.run(python(f"print({said!r}); raise SystemExit(1)"), "No page")


def test_a_program_that_is_missing_or_slow_is_a_sentence_too(log: Path):
    with pytest.raises(SetupFailure, match=r"^No page: .*nowhere did not start"):
        commands.run(["/nowhere"], "No page")
    with pytest.raises(SetupFailure, match=r"^No page: no answer within 0 s"):
        commands.run(python("import time; time.sleep(20)"), "No page", timeout_s=0.3)
