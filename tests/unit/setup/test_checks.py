"""The sentences that a person reads instead of a traceback, before anything slow starts."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from utils.setup import checks
from utils.setup.failure import SetupFailure
from utils.setup.places import ROOT
from utils.setup.progress import Step


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that this user may not write; root may write anywhere, so it is somebody else meanwhile."""
    tmp_path.chmod(0o500)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield tmp_path
    if root:
        os.seteuid(0)


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupFailure, match=rf"^Port {port} is taken by another program.*--port \d+\.$"):
            checks.port_is_free("127.0.0.1", port)


def test_a_free_port_is_still_free_after_the_look():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    checks.port_is_free("127.0.0.1", port)
    with socket.socket() as server:
        server.bind(("127.0.0.1", port))


@pytest.mark.parametrize("host", ["203.0.113.7", "not a host"])
def test_a_host_of_another_machine_is_refused(host):
    with pytest.raises(SetupFailure, match="is no address of this machine"):
        checks.port_is_free(host, 5000)


def test_a_missing_data_folder_is_made(tmp_path: Path):
    checks.writable(tmp_path / "a" / "b", "The data folder", "choose another")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "data").write_text("")
    with pytest.raises(
        SetupFailure, match=r"^The data folder .*data cannot be written \(.+\); choose another\.$"
    ):
        checks.writable(tmp_path / "data", "The data folder", "choose another")


def test_a_folder_without_write_permission_is_refused(locked: Path):
    with pytest.raises(SetupFailure, match="permission denied"):
        checks.writable(locked, "The data folder", "choose another")


def test_a_checkout_is_only_written_when_something_is_to_be_set_up(monkeypatch):
    def refuse(*_):
        raise SetupFailure("no")

    monkeypatch.setattr(checks, "writable", refuse)
    checks.can_set_up([Step("Page", False, lambda: None)])
    with pytest.raises(SetupFailure):
        checks.can_set_up([Step("Page", True, lambda: None)])


def test_an_old_python_gets_a_sentence_and_no_traceback(tmp_path: Path):
    """Run by this Python, which is told that it is an old one."""
    lie = "import sys, runpy; sys.version_info = (3, 8, 1); runpy.run_path('run.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", lie], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Kerfline needs Python 3.11 or newer, and this is 3.8.")
    assert "Traceback" not in done.stderr


def test_run_py_can_be_read_by_old_pythons():
    ast.parse((ROOT / "run.py").read_text(encoding="ascii"), feature_version=(3, 4))
