"""Stand-ins for graphics libraries: real enough for the loader, and never in the way of a real one."""

from __future__ import annotations

import ctypes
import platform
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from utils.cad.exact import elf, graphics
from utils.sandbox import Limits, Sandbox

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in elf.MACHINES,
    reason="stand-ins are for Linux on x86-64 and AArch64",
)

BODIES = "tests.unit.cad.exact.bodies"


@pytest.fixture
def plain(tmp_path):
    with Sandbox(tmp_path / "scratch", ()) as sandbox:
        yield sandbox


@pytest.mark.parametrize("count", [1, 2, 300])
def test_the_loader_takes_stand_ins_and_finds_their_functions(plain, count):
    args = {
        "sonames": ["libOneThatNobodyHas.so.1", "libAnother.so.6"],
        "names": [f"glDo{number}" for number in range(count)],
        "machine": platform.machine(),
    }
    with plain.run(f"{BODIES}:load_stub", args, inputs={}, limits=Limits()) as outcome:
        assert outcome.ok, outcome.log
        assert outcome.result == {"found": [True] * 2, "others": [False] * 2, "by_name": [True] * 2}


def test_a_function_of_a_stand_in_stops_the_process(plain):
    args = {"machine": platform.machine()}
    with plain.run(f"{BODIES}:call_stub", args, inputs={}, limits=Limits()) as outcome:
        assert outcome.died_of in ("signal:ILL", "signal:TRAP")


@pytest.mark.parametrize("machine", elf.MACHINES)
def test_what_is_written_can_be_read_as_a_library_of_its_machine(machine):
    raw = elf.stub("libStub.so.1", ["one", "two"], elf.MACHINES[machine])
    assert struct.unpack_from("<HH", raw, 16) == (3, elf.MACHINES[machine])
    for name in (b"libStub.so.1\0", b"one\0", b"two\0"):
        assert name in raw


def test_what_is_no_library_wants_nothing(tmp_path):
    path = tmp_path / "text.so"
    path.write_text("INPUT(libreal.so)")
    with pytest.raises(ValueError, match=r"text\.so"):
        elf.wants(path)
    assert graphics.wanted_names(["libGL.so.1"], [path]) == {"libGL.so.1": []}


def test_the_kernels_libraries_say_what_they_want_of_opengl_and_x11(kernel):
    wanted = graphics.wanted_names(["libGL.so.1", "libX11.so.6"], graphics.kernel_libraries())
    assert "glClear" in wanted["libGL.so.1"]
    assert "XOpenDisplay" in wanted["libX11.so.6"]
    assert all(name.startswith("gl") for name in wanted["libGL.so.1"])
    assert "libc.so.6" in set().union(*(elf.wants(path).needed for path in graphics.kernel_libraries()))


def test_a_library_that_the_system_has_is_never_stood_in_for():
    """In an interpreter of its own, as it loads for good what it finds."""
    code = (
        "import ctypes\n"
        "from utils.cad.exact import graphics\n"
        "missing = []\n"
        "for name in ('libGL.so.1', 'libX11.so.6', 'libexpat.so.1'):\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: missing.append(name)\n"
        "assert graphics.stand_in() == missing, missing\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr


def test_the_libraries_that_the_system_lacks_are_stood_in_for(monkeypatch):
    """As on a server without a screen: three names that no system has take the places of the real ones."""
    code = (
        "import ctypes, re\n"
        "from utils.cad.exact import graphics\n"
        "graphics.NEVER_CALLED = {'libNowhere.so.1': re.compile('gl'), 'libc.so.6': re.compile('gl')}\n"
        "assert graphics.stand_in() == ['libNowhere.so.1']\n"
        "ctypes.CDLL('libNowhere.so.1')\n"
    )
    with pytest.raises(OSError, match=r"libNowhere\.so\.1"):
        ctypes.CDLL("libNowhere.so.1")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
