"""A disk that is really full: a small file system of its own, mounted for one server, filled to the last block."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import warnings
from pathlib import Path

import pytest

from models.errors import DiskFull
from tests.acceptance.sending import all_over, jobs, refusal, upload
from tests.acceptance.test_kills import Watched
from tests.browser.harness import ROOT
from tests.support import shelf, step_text
from utils import wiring
from utils.storage import Storage

DISK_MB = 48


class TightServer(Watched):
    """A server whose data folder is a small disk; `disk` is that folder, as everybody else finds it."""

    def start(self, within_s: float = 120) -> None:
        self.data.mkdir(exist_ok=True)
        served = [sys.executable, "run.py", "--port", str(self.port), "--data", str(self.data), "--no-demo"]
        mount = f'mount -t tmpfs -o size={DISK_MB}m none "{self.data}" && exec "$@"'
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["unshare", "-rm", "sh", "-c", mount, "--", *served],
                cwd=ROOT, env=self._env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + within_s
        while not self._answers():
            assert time.monotonic() < until and self._process.poll() is None, self.log()[-4000:]
            time.sleep(0.1)

    @property
    def disk(self) -> Path:
        return Path(f"/proc/{self.pid}/root{self.data}")

    def complaints(self, seen: Path) -> list[str]:
        """What is not whole there; `seen` is where a copy may lie, as SQLite cannot open a file behind /proc."""
        shutil.rmtree(seen, ignore_errors=True)
        shutil.copytree(self.disk, seen, ignore=shutil.ignore_patterns("ballast"))
        return [*shelf.complaints(seen), *shelf.unnamed(seen)]

    def fill(self, leave_bytes: int) -> None:
        """Leave no more room than that."""
        with (self.disk / "ballast").open("ab", buffering=0) as ballast:
            try:
                while self.room() > leave_bytes:
                    ballast.write(bytes(min(1024 * 1024, max(4096, self.room() - leave_bytes))))
            except OSError as error:
                assert error.errno == errno.ENOSPC

    def clear(self) -> None:
        (self.disk / "ballast").unlink(missing_ok=True)

    def room(self) -> int:
        found = os.statvfs(self.disk)
        return found.f_bavail * found.f_frsize


def can_mount() -> bool:
    try:
        command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.fixture
def server(tmp_path: Path):
    if not can_mount():
        warnings.warn("proof: no mounts allowed here; only the storage's own test ran", stacklevel=1)
        pytest.skip(
            "a small disk cannot be mounted here; test_a_full_storage_leaves_no_half_file ran instead"
        )
    running = TightServer(tmp_path / "data", RATE_LIMIT_DEFAULT="600000 per minute", JOB_LEASE_S="2")
    running.start()
    yield running
    running.kill()


def test_a_full_disk_refuses_uploads_keeps_all_as_it_was_and_works_again_with_room(
    server: TightServer, tmp_path: Path
):
    kept = upload(server, step_text.box(10, 20, 30), "kept.step", thumbnails="0", bom="0", diagram="0")
    all_over(server, 60)
    for leave_bytes in (0, 8_000, 40_000):
        server.fill(leave_bytes)
        with pytest.raises(urllib.error.HTTPError) as refused:
            upload(
                server, step_text.nested_assembly(2, 20 + leave_bytes // 1000) + " " * 100_000, "more.step"
            )
        assert refusal(refused.value) == (507, "disk_full")
        # What needs no room is still answered.
        assert server.api("GET", f"/api/models/{kept['model']['id']}")["status"] == "ready"
        assert len(jobs(server)) == 1
        assert server.complaints(tmp_path / "seen") == []
        server.clear()
        assert [path.name for path in (server.disk / "tmp").iterdir()] == []
    more = upload(server, step_text.box(11, 20, 30), "more.step", thumbnails="0", bom="0", diagram="0")
    assert {job["id"]: job["status"] for job in all_over(server, 60)}[more["job"]["id"]] == "completed"


def test_a_disk_that_fills_while_a_file_is_read_fails_its_job_with_that_reason_and_a_retry_succeeds(
    server: TightServer, tmp_path: Path
):
    content = step_text.nested_assembly(2, 40)
    server.fill(len(content) * 2 + 900_000)
    sent = upload(server, content, "big.step", thumbnails="0", bom="0", diagram="0")
    (job,) = all_over(server, 90)
    server.clear()
    assert (job["status"], (job["error"] or {}).get("code")) == ("failed", "disk_full"), job
    assert "free some space" in job["error"]["message"]
    assert server.complaints(tmp_path / "seen") == []
    assert list((server.disk / "tmp").iterdir()) == []
    server.api("POST", f"/api/jobs/{sent['job']['id']}/retry")
    (again,) = all_over(server, 60)
    assert again["status"] == "completed"
    assert server.complaints(tmp_path / "seen") == []


def test_a_disk_without_any_room_for_a_job_in_flight_ends_it_once_there_is_room(
    server: TightServer, tmp_path: Path
):
    upload(server, step_text.nested_assembly(2, 44), "slow.step", thumbnails="0", bom="0", diagram="0")
    server.fill(0)
    time.sleep(5)  # longer than its lease
    server.clear()
    (job,) = all_over(server, 90)
    assert job["status"] == "completed" or job["error"]["code"] == "disk_full", job
    assert server.complaints(tmp_path / "seen") == []


def test_a_full_storage_leaves_no_half_file(app, tmp_path, monkeypatch):
    def full(_source, target):
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shutil.move", full)
    (tmp_path / "a").write_bytes(b"whole")
    storage = wiring.get(Storage)
    with pytest.raises(DiskFull):
        storage.put(tmp_path / "a", "made")
    monkeypatch.undo()
    stored = storage.put(tmp_path / "a", "made")
    with storage.open(stored.key) as file:
        assert file.read() == b"whole"
