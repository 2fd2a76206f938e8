"""`kill -9` at any moment, of anything: nothing that was accepted is lost, nothing is published twice, all is finished.

A hundred files go in while workers, children, fork servers and the whole server are killed at random moments, drawn
from a seed that is printed. KERFLINE_LONG_TESTS=1 reads the files fully and kills ten times as often; KERFLINE_SEED
repeats a run.
"""

from __future__ import annotations

import os
import random
import threading
import time
import warnings
from collections import Counter
from pathlib import Path

import pytest

from app import create_app
from config import Settings, load
from models import db
from tests.acceptance.sending import all_over, jobs, upload_once
from tests.browser.harness import RunningServer
from tests.support import processes, shelf, step_text
from tests.support.processes import Process
from utils import sandbox, wiring
from utils.jobs import sweep

LONG = os.environ.get("KERFLINE_LONG_TESTS") == "1"
FILES = 100
KILLS = ["child"] * 3 + ["fork server"] * 2 + ["worker"] * 2 + ["server"]
PAUSE_S = (0.1, 2.0) if LONG else (0.1, 0.6)

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes through /proc")


class Watched(RunningServer):
    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


class Killer:
    """Kills one process at a time, of a kind that the dice choose; the same seed chooses the same kinds."""

    def __init__(self, server: Watched, dice: random.Random) -> None:
        self.server, self.dice = server, dice
        self.killed: Counter[str] = Counter()
        self.seen: set[Process] = set()

    def strike(self, kind: str) -> None:
        """Kill one that lives at this moment; where none does, the next that comes within some seconds."""
        end = time.monotonic() + 5
        while time.monotonic() < end:
            if kind == "server":
                self._of("child")
                self.server.kill()
                self.server.start()
            elif victims := self._of(kind):
                self.dice.choice(victims).kill()
            else:
                time.sleep(0.01)
                continue
            self.killed[kind] += 1
            return

    def _of(self, kind: str) -> list[Process]:
        family = processes.below(self.server.pid)
        self.seen.update(family)
        fork_servers = {process.pid for process in family if process.is_fork_server}
        return {
            "worker": [each for each in family if each.parent == self.server.pid],
            "fork server": [each for each in family if each.pid in fork_servers],
            "child": [each for each in family if each.parent in fork_servers],
        }[kind]


@pytest.fixture
def server(tmp_path: Path):
    running = Watched(tmp_path / "data", JOB_LEASE_S="2", RATE_LIMIT_DEFAULT="600000 per minute")
    running.start()
    yield running
    running.kill()


def test_nothing_is_lost_or_published_twice_whatever_is_killed(server: Watched):
    seed = int(os.environ.get("KERFLINE_SEED") or random.randrange(2**32))
    print(f"KERFLINE_SEED={seed}")
    killer = Killer(server, random.Random(seed))
    accepted: list[str] = []
    sent = [threading.Thread(target=send, args=(server, number, accepted)) for number in range(FILES)]
    for thread in sent:
        thread.start()
    for kind in killer.dice.sample(KILLS * (10 if LONG else 1), k=len(KILLS) * (10 if LONG else 1)):
        time.sleep(killer.dice.uniform(*PAUSE_S))
        killer.strike(kind)
    for thread in sent:
        thread.join()
    assert set(killer.killed) == set(KILLS), f"seed {seed}: only {killer.killed}"
    found = all_over(server, 900 if LONG else 120)
    # A file whose answer was cut off was sent again under the same key: it is there once, and none is missing.
    assert len(accepted) == FILES
    assert Counter(accepted) == Counter(job["id"] for job in found), f"seed {seed}"
    # Three deaths end a job with a reason that a person can act on, and it is not lost either.
    unlucky = [job for job in found if job["status"] == "failed"]
    assert {job["error"]["code"] for job in unlucky} <= {"killed", "worker_died"}, f"seed {seed}"
    for job in unlucky:
        server.api("POST", f"/api/jobs/{job['id']}/retry")
    all_over(server, 300)
    assert Counter(job["status"] for job in jobs(server)) == {"completed": len(found)}, f"seed {seed}"
    assert server.stop() == 0
    assert shelf.complaints(server.data) == [], f"seed {seed}"
    processes.until(lambda: not any(each.lives() for each in killer.seen), 20, "every process is gone")
    tidy(server.data)
    warnings.warn(
        f"seed {seed}: killed {dict(killer.killed)}; tried again by hand: {len(unlucky)}", stacklevel=1
    )


def send(server: Watched, number: int, accepted: list[str]) -> None:
    reading = "true" if LONG or number % 10 == 0 else "false"
    content = step_text.box(10 + number, 20, 30, name=f"Box {number}")
    answer = upload_once(
        server, content, f"box-{number}.step", bom=reading, thumbnails=str(LONG), diagram=str(LONG)
    )
    accepted.append(answer["job"]["id"])


def tidy(data: Path) -> None:
    """The sweep takes what the dead left behind, and nothing that a row names."""
    app = create_app(load({"KERFLINE_DATA": str(data)}))
    with app.app_context():
        sweep(30, unnamed_kept_s=0)
        scratch = wiring.get(Settings).scratch
        sandbox.sweep(scratch, 0)
        db.session.remove()
        db.engine.dispose()
    assert shelf.unnamed(data) == set()
    assert shelf.complaints(data) == []
    assert list(scratch.iterdir()) == []
