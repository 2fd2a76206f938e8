"""Damaged STEP files, thousands of ways: the server and its worker live, every job ends with a reason, nothing stays.

KERFLINE_LONG_TESTS=1 sends 2,000 instead of 120; KERFLINE_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import urllib.error
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.sending import all_over, refusal, upload
from tests.acceptance.test_kills import LONG, Watched, tidy
from tests.support import processes, shelf, step_text
from tests.support.mutations import KINDS, mutate

FILES = 2000 if LONG else 120
DEMO = sorted((Path(__file__).resolve().parents[2] / "utils" / "demo" / "step").glob("*.step"))
REFUSED = {415: "unsupported_type", 422: "invalid", 413: "too_large"}


@pytest.fixture
def server(tmp_path: Path):
    limits = {"CONVERT_CPU_S": "10", "CONVERT_TIMEOUT_S": "20", "CONVERT_MEMORY_MB": "1024"}
    running = Watched(tmp_path / "data", RATE_LIMIT_DEFAULT="600000 per minute", **limits)
    running.start()
    yield running
    running.kill()


def sources() -> list[bytes]:
    texts = [
        step_text.box(30, 20, 10),
        step_text.sphere(12),
        step_text.assembly(),
        step_text.nested_assembly(2, 3),
    ]
    small = [path.read_bytes() for path in DEMO if path.stat().st_size < 30_000]
    return [text.encode() for text in texts] + small


def test_every_damaged_file_ends_as_a_reason_and_leaves_nothing(server: Watched):
    seed = int(os.environ.get("KERFLINE_SEED") or random.randrange(2**32))
    print(f"KERFLINE_SEED={seed}")
    good = sources()
    before = [each for each in processes.below(server.pid) if each.parent == server.pid]
    with ThreadPoolExecutor(4) as pool:
        refused = Counter(filter(None, pool.map(lambda n: send(server, good, seed, n), range(FILES))))
    assert set(refused) <= set(REFUSED.items()), f"seed {seed}"
    found = all_over(server, 3600 if LONG else 240)
    assert len(found) == FILES - refused.total(), f"seed {seed}"
    ended = Counter(job["error"]["code"] if job["error"] else job["status"] for job in found)
    for job in found:
        assert job["status"] in ("completed", "failed"), f"seed {seed}: {job}"
        if job["status"] == "failed":
            assert job["error"]["message"].strip(), f"seed {seed}: {job}"
    # Ours to fail for: nobody could act on these.
    assert not set(ended) & {"internal", "worker_died", "killed", "no_child", "disk_full"}, (
        f"seed {seed}: {ended}"
    )
    assert [each for each in before if not each.lives()] == [], f"seed {seed}: a server process died"
    assert list((server.data / "tmp").iterdir()) == [], f"seed {seed}"
    family = processes.below(server.pid)
    fork_servers = {each.pid for each in family if each.is_fork_server}
    assert [each for each in family if each.parent in fork_servers] == [], f"seed {seed}: a child is left"
    assert server.stop() == 0
    processes.until(lambda: not any(each.lives() for each in family), 20, "every process is gone")
    assert shelf.complaints(server.data) == [], f"seed {seed}"
    tidy(server.data)
    warnings.warn(f"seed {seed}: refused {dict(refused)}, ended {dict(ended)}", stacklevel=1)


def send(server: Watched, good: list[bytes], seed: int, number: int) -> tuple[int, str] | None:
    """Upload one damaged file; how it was refused, None when a job reads it."""
    content, _ = mutate(good[number % len(good)], seed + number)
    reading = "true" if LONG or number % 4 == 0 else "false"
    try:
        upload(server, content, f"mutant-{number}.step", bom=reading, thumbnails=str(LONG), diagram=str(LONG))
    except urllib.error.HTTPError as error:
        return refusal(error)
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_damage_does_change_a_file(kind: str):
    content = step_text.assembly().encode()
    assert any(KINDS[kind](content, random.Random(seed)) != content for seed in range(20))
    assert KINDS[kind](content, random.Random(7)) == KINDS[kind](content, random.Random(7))
