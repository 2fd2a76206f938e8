"""Children of the sandbox: killed with all they started when they pass a limit, and no file but their own is opened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
import warnings
from pathlib import Path

import pytest

from tests.support import processes, step_text
from utils.cad.reading import INPUT_NAME
from utils.sandbox import Limits, Sandbox, jail

BODIES = "tests.acceptance.rough_bodies"
READING = "utils.cad.reading:read_step"
OPTIONS = {"tol_linear": 0.004, "tol_angular": 0.5}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the fork server needs fork")


@pytest.fixture
def scratch(tmp_path: Path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == [], "a run left something behind"


@pytest.fixture
def sandbox(scratch: Path):
    with Sandbox(scratch, preload=("cascadio", "numpy", BODIES)) as running:
        running.run(f"{BODIES}:lie", {"said": "", "answer": 1}, inputs={}, limits=Limits()).discard()
        yield running


@pytest.mark.parametrize(
    ("body", "limits", "died_of", "within_s"),
    [
        ("loop", Limits(wall_s=1, cpu_s=60), "wall", 1),
        ("loop", Limits(wall_s=60, cpu_s=1), "cpu", 1),
        ("wait", Limits(wall_s=1), "wall", 1),
        ("devour", Limits(memory_mb=300, wall_s=60), "memory", None),
        ("write", Limits(output_mb=8, wall_s=60), "output", None),
    ],
)
def test_past_a_limit_a_child_goes_with_all_it_started(sandbox, scratch, body, limits, died_of, within_s):
    family: list[processes.Process] = []
    watcher = threading.Thread(target=lambda: family.extend(meet(scratch)))
    watcher.start()
    with sandbox.run(f"{BODIES}:{body}", {}, inputs={}, limits=limits) as outcome:
        assert outcome.died_of == died_of, outcome.log
        if (
            within_s is not None
        ):  # each limit by its own clock: how long a second of work takes is the machine's
            spent = outcome.cpu_s if died_of == "cpu" else outcome.seconds
            assert spent - within_s < 2
    watcher.join()
    processes.until(lambda: not any(each.lives() for each in family), 2, "the whole family is gone")
    assert family or died_of == "memory"  # it may be over before it was met


def meet(scratch: Path) -> list[processes.Process]:
    """The processes of the run, as soon as it has told their ids."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        for told in scratch.glob("run-*/out/ids"):
            try:
                ids = {int(word) for word in told.read_text().split()}
            except OSError:
                continue
            return [each for each in processes.below(os.getpid()) if each.pid in ids]
        time.sleep(0.005)
    return []


@pytest.mark.parametrize(
    "answer",
    [None, 1, [], {}, {"failed": "../../etc"}, {"bbox_mm": "wide"}, "x" * 1_000_000, {"a": {"b": [1e400]}}],
    ids=lambda answer: str(answer)[:20],
)
def test_what_a_child_says_and_answers_is_only_ever_text_and_json(sandbox, answer):
    said = "\x1b[2J\x00\xff%s%n" + "A" * 200_000
    with sandbox.run(
        f"{BODIES}:lie", {"said": said, "answer": answer}, inputs={}, limits=Limits()
    ) as outcome:
        assert outcome.ok
        assert outcome.result == answer
        assert len(outcome.log) < 70_000
        outcome.log.encode()


# No file but its own.


def hostile(tmp_path: Path) -> tuple[Path, list[str]]:
    """A STEP file that names others in every way that readers follow, and what it names."""
    secret = tmp_path / "secret.step"
    secret.write_text(step_text.box(1, 2, 3))
    names = ["/etc/passwd", str(secret), "../../secret.step", "/proc/self/environ"]
    step = "\n".join(step_text.external_reference(name) for name in names[:1])
    entities = "".join(
        f"#{9000 + n}=DOCUMENT_FILE('{name}','{name}','',#1,'',$);\n"
        f"#{9100 + n}=EXTERNAL_SOURCE(IDENTIFIER('{name}'));\n"
        for n, name in enumerate(names)
    )
    path = tmp_path / "hostile.step"
    path.write_text(step.replace("DATA;\n", f"DATA;\n{entities}", 1))
    return path, names


def test_no_file_but_its_own_is_opened_by_a_child(sandbox, tmp_path):
    file, names = hostile(tmp_path)
    good = tmp_path / "good.step"
    good.write_text(step_text.assembly())
    if shutil.which("strace") and (tracer := Tracer(sandbox.server_pid, tmp_path / "trace")).works():
        with tracer:
            tried = tries(sandbox, names)
            for source in (file, good):
                read(sandbox, source)
        opened = tracer.opened_when_confined()
        proof = f"traced by strace: {len(opened)} opened files, all their own or the interpreter's"
        # The tracer does see what is tried: else it would prove nothing.
        assert {"/etc/passwd", str(tmp_path / "secret.step")} <= tracer.denied
        assert len([path for path in opened if path.name == INPUT_NAME]) >= 2
        foreign = [path for path in opened if not is_own(path, sandbox)]
        assert foreign == []
    elif jail.landlock_version():
        tried = tries(sandbox, names)
        proof = "no strace here: by what a child that tries is denied (Landlock)"
    else:
        pytest.fail("Neither strace nor Landlock: nothing here shows that children keep to their own files.")
    assert set(tried.values()) <= {"PermissionError", "FileNotFoundError"}, tried
    assert tried["/etc/passwd"] == "PermissionError"
    warnings.warn(f"proof: {proof}", stacklevel=1)


def tries(sandbox: Sandbox, names: list[str]) -> dict[str, str]:
    with sandbox.run(f"{BODIES}:read_what_is_named", {"paths": names}, inputs={}, limits=Limits()) as outcome:
        found: dict[str, str] = outcome.result
        return found


def read(sandbox: Sandbox, source: Path) -> None:
    sandbox.run(READING, OPTIONS, inputs={INPUT_NAME: source}, limits=Limits(wall_s=60)).discard()


def is_own(path: Path, sandbox: Sandbox) -> bool:
    """Below the run's folder, a part of the interpreter or the system's libraries, or memory that has a name."""
    if path.parts[1].startswith("memfd:"):
        return True
    allowed = [*jail.interpreter_paths(), *map(Path, (*jail._SYSTEM_LIBRARIES, *jail._HARMLESS_DEVICES))]
    return any(path.is_relative_to(folder) for folder in [sandbox._scratch_root, *allowed])


class Tracer:
    """strace on the fork server and all that it forks: every file that was opened, and every one that was denied."""

    _CALL = re.compile(
        r"^(?P<pid>\d+) +(?:open|openat|openat2|creat)\("
        r"(?:(?:AT_FDCWD|\d+)(?:<(?P<at>[^>]*)>)?, )?"
        r'"(?P<path>(?:[^"\\]|\\.)*)".*\) += +(?:-1 |\d+<(?P<opened>.*)>)'
    )
    _CONFINED = re.compile(r"^(?P<pid>\d+) +(?:landlock_restrict_self|syscall_446|syscall_0x1be)\(.* = 0")

    def __init__(self, pid: int | None, output: Path) -> None:
        self._pid, self._output = pid, output
        self._process: subprocess.Popen[str] | None = None
        self.denied: set[str] = set()

    def works(self) -> bool:
        """Whether this machine lets a process be traced."""
        done = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True)
        return done.returncode == 0

    def __enter__(self) -> Tracer:
        calls = "trace=open,openat,openat2,creat,landlock_restrict_self,chdir"
        command = [
            "strace",
            "-f",
            "-y",
            "-s",
            "4096",
            "-e",
            calls,
            "-o",
            str(self._output),
            "-p",
            str(self._pid),
        ]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        assert "attached" in self._process.stderr.readline()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=20)

    def opened_when_confined(self) -> list[Path]:
        """What was opened by processes that had given up their rights, in the order of time."""
        confined, opened = set(), []
        for line in self._output.read_text(errors="replace").splitlines():
            if match := self._CONFINED.match(line):
                confined.add(match["pid"])
            match = self._CALL.match(line)
            if match is None or match["pid"] not in confined:
                continue
            if match["opened"]:  # the true file, whatever name it was opened by
                opened.append(Path(match["opened"]))
            else:
                self.denied.add(os.path.normpath(Path(match["at"] or "/", match["path"])))
        assert confined, "nobody was seen giving up rights"
        return opened
