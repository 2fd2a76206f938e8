"""A kernel in children of its own, and parts of known size read by it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from utils.cad.exact import Kernel, analyse
from utils.cad.step_converter import convert, prepare
from utils.sandbox import Limits, Sandbox

MODELLING = "tests.unit.cad.exact.modelling"


@dataclass
class Read:
    """A part as exact reading found it, with the files that it came from and left."""

    analysis: dict[str, Any]
    step: Path
    glb: Path
    shape: Path
    faces: Path

    @property
    def part(self) -> dict[str, Any]:
        (part,) = self.analysis["parts"]
        return part

    @property
    def holes(self) -> list[dict[str, Any]]:
        return self.part["holes"]

    @property
    def hole(self) -> dict[str, Any]:
        (hole,) = self.holes
        return hole


@pytest.fixture(scope="session")
def kernel(tmp_path_factory):
    """One for all tests; nothing may be left in its scratch folder."""
    scratch = tmp_path_factory.mktemp("kernel")
    with Kernel(scratch, preload=(MODELLING,)) as kernel:
        missing = kernel.why_not()
        if missing:
            pytest.skip(missing)
        yield kernel
    assert [entry for entry in scratch.iterdir() if entry.is_dir()] == [], "a run left something behind"


@pytest.fixture(scope="session")
def converter(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("converter")) as sandbox:
        yield sandbox


@pytest.fixture
def write(kernel, tmp_path):
    """Model a part (or ``assembly``) and write it as STEP; returns the file."""

    def write_step(part: str, unit: str = "MM", two_colours: bool = False) -> Path:
        body = "write_assembly" if part == "assembly" else "write"
        args = {"part": part, "unit": unit, "two_colours": two_colours}
        with kernel.run(f"{MODELLING}:{body}", args, inputs={}, limits=Limits()) as outcome:
            assert outcome.ok, outcome.log
            return Path(shutil.copy(outcome.folder / "part.step", tmp_path / f"{part}-{unit}.step"))

    return write_step


@pytest.fixture
def read_file(kernel, converter, tmp_path):
    """Convert a STEP file, read it exactly, and keep what came out."""

    def read(path: Path) -> Read:
        folder = tmp_path / f"read-{path.stem}"
        folder.mkdir()
        prepared = prepare(path, folder)
        with convert(converter, prepared) as made:
            glb = Path(shutil.copy(made.glb_path, folder))
        with analyse(kernel, prepared.neutral, glb) as found:
            shape = Path(shutil.copy(found.shape_path, folder))
            faces = Path(shutil.copy(found.faces_path, folder))
            return Read(dict(found.analysis), prepared.neutral, glb, shape, faces)

    return read


@pytest.fixture
def read(write, read_file):
    """Model a part, convert it, read it exactly."""
    return lambda part, **more: read_file(write(part, **more))
