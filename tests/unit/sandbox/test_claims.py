"""What a killed process left behind goes at the next sweep; what a living one uses stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from utils.sandbox import Sandbox, claim, let_go, sweep

REPOSITORY = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows tells orphans by their age")


def aged(path: Path, seconds: float = 60) -> None:
    """Let the file look as old as if it had been made a while ago."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_folder_in_use_is_not_swept_however_long_it_works(tmp_path):
    with Sandbox(tmp_path, preload=()) as sandbox, sandbox.folder() as folder:
        for lock in tmp_path.rglob(".lock"):
            aged(lock)
        assert sweep(tmp_path, older_than_s=3600) == 0
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["upload-abc", "run-abc/.lock"])
def test_what_a_killed_process_held_is_swept(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    program = "import sys, os; from pathlib import Path; from utils.sandbox import claim; "
    program += "claim(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        aged(path)
        assert sweep(tmp_path, older_than_s=3600) == 0
        holder.kill()
    assert sweep(tmp_path, older_than_s=3600) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_was_just_made_is_left_alone(tmp_path):
    (tmp_path / "upload-abc").write_bytes(b"half")
    assert sweep(tmp_path, older_than_s=3600) == 0


def test_what_was_let_go_is_swept(tmp_path):
    path = tmp_path / "upload-abc"
    let_go(claim(path))
    aged(path)
    assert sweep(tmp_path, older_than_s=3600) == 1


def test_other_files_are_nobodys_business(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_bytes(b"mine")
    aged(other, 10**6)
    assert sweep(tmp_path, older_than_s=3600) == 0
    assert other.exists()
