"""The kernel lives in children only; where it cannot live, a sentence says why and what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from utils.cad.exact import Kernel, analyse
from utils.cad.exact import kernel as kernel_module
from utils.cad.problems import Unreadable
from utils.sandbox import Limits

BODIES = "tests.unit.cad.exact.bodies"


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A kernel whose package is there but raises ``error`` when it is imported, in children alone."""

    def make(error: str, **more) -> Kernel:
        package = tmp_path / "packages" / "OCP"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(error)
        monkeypatch.setenv("PYTHONPATH", str(package.parent))
        return Kernel(tmp_path / "scratch", **more)

    return make


def refused(kernel: Kernel, tmp_path: Path) -> Unreadable:
    for name in ("part.step", "part.glb"):
        (tmp_path / name).write_bytes(b"")
    with kernel, pytest.raises(Unreadable) as caught:
        analyse(kernel, tmp_path / "part.step", tmp_path / "part.glb", limits=Limits(wall_s=60))
    assert [entry for entry in (tmp_path / "scratch").iterdir() if entry.is_dir()] == []
    return caught.value


def test_a_kernel_that_works_has_no_reason_not_to(kernel):
    assert kernel.why_not() is None


def test_children_have_the_kernel_and_the_parent_does_not(kernel):
    with kernel.run(f"{BODIES}:has_kernel", {}, inputs={}, limits=Limits()) as outcome:
        assert outcome.result is True
    code = (
        "import sys, tempfile, pathlib\n"
        "from utils.cad.exact import Kernel\n"
        "import utils.cad.exact.distance\n"
        "kernel = Kernel(pathlib.Path(tempfile.mkdtemp()))\n"
        "kernel.why_not()\n"
        "assert 'OCP' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr


def test_a_missing_library_is_named_with_the_package_that_has_it(broken, tmp_path):
    said = "libGL.so.1: cannot open shared object file: No such file or directory"
    problem = refused(broken(f"raise ImportError({said!r})"), tmp_path)
    assert problem.code == "exact_unavailable"
    assert "lacks libGL.so.1" in problem.message
    assert "apt install libgl1" in problem.message


def test_whatever_else_keeps_it_from_loading_is_told(broken, tmp_path):
    problem = refused(broken("raise ImportError('built for another Python')"), tmp_path)
    assert problem.code == "exact_unavailable"
    assert "built for another Python" in problem.message
    assert "requirements.txt" in problem.message


def test_a_kernel_that_kills_who_loads_it_is_told(broken, tmp_path):
    problem = refused(broken("import os; os.kill(os.getpid(), 11)"), tmp_path)
    assert problem.code == "exact_unavailable"
    assert "signal:SEGV" in problem.message


def test_a_kernel_that_is_not_installed_is_told_without_trying(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel_module, "_PACKAGE", "no_such_kernel")
    kernel = Kernel(tmp_path / "scratch")
    assert "not installed" in (kernel.why_not() or "")
    assert "pip install" in (kernel.why_not() or "")
    assert not (tmp_path / "scratch").exists()


def test_the_reason_is_found_out_once(broken, tmp_path):
    with broken("raise ImportError('first')") as kernel:
        first = kernel.why_not()
        (tmp_path / "packages" / "OCP" / "__init__.py").write_text("raise ImportError('second')")
        assert kernel.why_not() == first


def test_a_kernel_that_rests_gives_its_memory_back_and_starts_again(tmp_path):
    with Kernel(tmp_path) as kernel:
        if kernel.why_not():
            pytest.skip("no kernel here")
        kernel.run("utils.cad.exact.probe:probe", {}, inputs={}, limits=Limits()).discard()
        server = kernel.server_pid
        assert server is not None
        assert not kernel.rest(idle_s=3600)
        assert kernel.rest(idle_s=0)
        assert kernel.server_pid is None
        with kernel.run("utils.cad.exact.probe:probe", {}, inputs={}, limits=Limits()) as outcome:
            assert outcome.ok
        assert kernel.server_pid != server
