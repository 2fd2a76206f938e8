"""STEP files on disk and a sandbox with the real reader."""

from __future__ import annotations

import pytest

from utils.cad.step_converter import convert
from utils.sandbox import Limits, Sandbox


@pytest.fixture
def write(tmp_path):
    """Write a STEP text (or bytes) to a file; returns its path."""

    def write_file(content: str | bytes, name: str = "part.step"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def sandbox(scratch):
    """One fork server for a module; whatever happened, nothing may be left in its scratch folder."""
    with Sandbox(scratch) as sandbox:
        yield sandbox
    assert list(scratch.iterdir()) == [], "a conversion left something behind"


@pytest.fixture
def conversion(sandbox, write):
    """Convert a STEP text; returns the conversion, discarded when the test is over."""
    done = []

    def run(content: str | bytes, name: str = "part.step", **more):
        done.append(convert(sandbox, write(content, name), **{"limits": Limits(wall_s=60), **more}))
        return done[-1]

    yield run
    for conversion in done:
        conversion.discard()
