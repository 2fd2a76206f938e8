"""The demo's own parts, and opt-in real files: every mode draws or says why not.

For more, set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv and the files.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

import utils.demo
from tests.unit.cad.drawing.conftest import draw_read
from utils.cad.drawing import MODES
from utils.cad.problems import Unreadable

DEMO = Path(utils.demo.__file__).parent / "step"
CORPUS = os.environ.get("KERFLINE_STEP_CORPUS")
ROWS = list(csv.DictReader((Path(CORPUS) / "INDEX.tsv").open(), delimiter="\t")) if CORPUS else []
REFUSALS = {"no_holes", "not_a_plate", "no_aperture", "several_parts", "too_many_steps"}


@pytest.mark.parametrize(
    "name", ["gearbox-plate-inner", "hex-shaft", "frame-tube-2x1", "controller-cover", "gearbox"]
)
def test_a_demo_part_is_drawn_in_every_mode_or_refused_with_a_reason(kernel, read_file, name):
    found = read_file(DEMO / f"{name}.step")
    for mode in MODES:
        _draws_or_says_why(kernel, found, mode)


def _draws_or_says_why(kernel, found, mode) -> None:
    try:
        made = draw_read(kernel, found, mode)
    except Unreadable as refusal:
        assert mode != "external", refusal
        assert refusal.code in REFUSALS, refusal
        assert refusal.message.endswith(".")
    else:
        assert made.document.modelspace()
        assert made.words()


@pytest.mark.skipif(not CORPUS, reason="set KERFLINE_STEP_CORPUS to draw real STEP files")
@pytest.mark.parametrize("row", ROWS or [{}], ids=[row["file"] for row in ROWS] or ["no corpus"])
def test_a_real_file_is_drawn_in_every_mode_or_refused_with_a_reason(kernel, read_file, row):
    if row["outcome"] != "converts":
        pytest.skip("has no exact shapes")
    found = read_file(Path(CORPUS or "") / row["file"])
    for mode in MODES:
        _draws_or_says_why(kernel, found, mode)
