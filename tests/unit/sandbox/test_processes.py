"""No process outlives its run, its server or its parent, and the server's death harms nobody after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from utils.sandbox import Killed, Limits, Sandbox, sweep

BODIES = "tests.unit.sandbox.bodies"
REPOSITORY = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the fork server needs fork")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def wait_for_ids(scratch: Path) -> list[int]:
    assert wait_until(lambda: any(scratch.glob("run-*/out/ids")))
    return [int(word) for word in next(scratch.glob("run-*/out/ids")).read_text().split()]


def test_what_a_child_started_dies_with_it_even_outside_its_group(sandbox, scratch):
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(
            sandbox.run, f"{BODIES}:grandchildren", {}, inputs={}, limits=Limits(), cancelled=stop.is_set
        )
        family = wait_for_ids(scratch)
        assert all(map(alive, family))
        stop.set()
        outcome = running.result(timeout=10)
    outcome.discard()
    assert outcome.died_of == "cancelled"
    assert wait_until(lambda: not any(map(alive, family)))


def test_after_the_server_is_killed_the_next_run_works(sandbox):
    sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()).discard()
    first = sandbox.server_pid
    os.kill(first, signal.SIGKILL)
    with sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()) as outcome:
        assert outcome.ok
    assert sandbox.server_pid != first


def test_killing_the_server_ends_the_run_and_its_whole_family(sandbox, scratch):
    with ThreadPoolExecutor() as pool:
        running = pool.submit(sandbox.run, f"{BODIES}:grandchildren", {}, inputs={}, limits=Limits())
        child, plain, _ = wait_for_ids(scratch)
        os.kill(sandbox.server_pid, signal.SIGKILL)
        with pytest.raises(Killed):
            running.result(timeout=10)
    assert wait_until(lambda: not alive(child) and not alive(plain))


def test_a_child_that_somebody_else_killed_has_no_outcome(sandbox, scratch):
    with ThreadPoolExecutor() as pool:
        running = pool.submit(sandbox.run, f"{BODIES}:grandchildren", {}, inputs={}, limits=Limits())
        family = wait_for_ids(scratch)
        os.kill(family[0], signal.SIGKILL)
        with pytest.raises(Killed):
            running.result(timeout=10)
    assert wait_until(lambda: not any(map(alive, family)))


def test_when_the_parent_is_killed_everything_ends(tmp_path):
    scratch = tmp_path / "scratch"
    program = (
        "from pathlib import Path; from utils.sandbox import *; import sys;"
        "Sandbox(Path(sys.argv[1]), preload=())"
        f".run('{BODIES}:grandchildren', {{}}, inputs={{}}, limits=Limits())"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(scratch)], cwd=REPOSITORY)
    try:
        family = wait_for_ids(scratch)
        server = int(Path(f"/proc/{family[0]}/stat").read_text().rsplit(")", 1)[1].split()[1])
        assert alive(server)
    finally:
        parent.kill()
        parent.wait()
    assert wait_until(lambda: not any(map(alive, [server, *family])))
    assert wait_until(lambda: sweep(scratch, older_than_s=3600) == 1, seconds=20)
    assert list(scratch.iterdir()) == []


def test_closing_the_sandbox_ends_its_server(scratch):
    sandbox = Sandbox(scratch, preload=())
    sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()).discard()
    server = sandbox.server_pid
    assert server and alive(server)
    sandbox.close()
    assert not alive(server)


def test_threads_share_one_server(sandbox, letter):
    def greet(number: int) -> int:
        with sandbox.run(
            f"{BODIES}:greet", {"name": number}, inputs={"letter.txt": letter}, limits=Limits()
        ) as outcome:
            return outcome.result["hello"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(greet, range(40))) == list(range(40))


def test_a_process_that_was_forked_starts_a_server_of_its_own(sandbox):
    sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()).discard()
    first = sandbox.server_pid
    pid = os.fork()
    if pid == 0:
        sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()).discard()
        own = sandbox.server_pid != first
        sandbox.close()
        os._exit(0 if own else 1)
    assert os.waitpid(pid, 0)[1] == 0
    with sandbox.run(f"{BODIES}:nothing", {}, inputs={}, limits=Limits()) as outcome:
        assert outcome.ok
    assert sandbox.server_pid == first


def test_without_a_fork_server_a_fresh_interpreter_does_the_same(scratch, letter):
    sandbox = Sandbox(scratch, fork=False)
    with sandbox.run(
        f"{BODIES}:greet", {"name": "Ana"}, inputs={"letter.txt": letter}, limits=Limits()
    ) as outcome:
        assert outcome.ok, outcome.log
        assert outcome.result["hello"] == "Ana"
    for body, died_of in (("segfault", "signal:SEGV"), ("sleep", "wall"), ("fail", "error")):
        with sandbox.run(f"{BODIES}:{body}", {}, inputs={}, limits=Limits(wall_s=3)) as outcome:
            assert outcome.died_of == died_of, outcome.log
