"""A sandbox over a scratch folder that must be empty when the test is over."""

from __future__ import annotations

import pytest

from utils.sandbox import Sandbox


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    yield folder
    left = list(folder.iterdir()) if folder.exists() else []
    assert left == [], "a run left something behind"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "日本 'name.txt"
    path.write_text("dear child")
    return path


@pytest.fixture
def sandbox(scratch):
    with Sandbox(scratch, preload=()) as sandbox:
        yield sandbox
