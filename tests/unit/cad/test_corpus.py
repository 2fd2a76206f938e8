"""Opt-in: every STEP file of a folder converts as its INDEX.tsv says.

Set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv (columns file, outcome, distinct_parts, box_x_mm, box_y_mm,
box_z_mm) and the files.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from utils.cad.step_converter import convert
from utils.sandbox import Limits

FOLDER = os.environ.get("KERFLINE_STEP_CORPUS")
ROWS = list(csv.DictReader((Path(FOLDER) / "INDEX.tsv").open(), delimiter="\t")) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv to convert real STEP files"
)


@pytest.mark.parametrize("row", ROWS or [{}], ids=[row["file"] for row in ROWS] or ["no corpus"])
def test_a_real_file_converts_with_its_size(sandbox, row):
    assert row["outcome"].startswith(("converts", "preview"))
    with convert(sandbox, Path(FOLDER or "") / row["file"], limits=Limits()) as made:
        expected = [float(row[f"box_{axis}_mm"]) for axis in "xyz"]
        # a mesh lies inside of the round shapes that it stands for
        assert made.bbox_mm == pytest.approx(expected, rel=0.01)
        assert made.triangles > 0
        assert made.glb_path.stat().st_size > 284
        if row["outcome"] == "converts" and "nist" not in row["file"]:
            assert made.meshes == int(row["distinct_parts"])
