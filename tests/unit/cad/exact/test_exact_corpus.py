"""Opt-in: every STEP file of a folder measures as its INDEX.tsv says.

Set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv (columns file, outcome, distinct_parts, instances, box_x_mm,
box_y_mm, box_z_mm) and the files.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from utils.cad.problems import Unreadable

FOLDER = os.environ.get("KERFLINE_STEP_CORPUS")
ROWS = list(csv.DictReader((Path(FOLDER) / "INDEX.tsv").open(), delimiter="\t")) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv to measure real STEP files"
)


@pytest.mark.parametrize("row", ROWS or [{}], ids=[row["file"] for row in ROWS] or ["no corpus"])
def test_a_real_file_has_its_size_and_its_parts(read_file, row):
    path = Path(FOLDER or "") / row["file"]
    if "tessellated only" in row["outcome"]:
        with pytest.raises(Unreadable) as caught:
            read_file(path)
        assert caught.value.code == "tessellated"
        return
    analysis = read_file(path).analysis
    box = analysis["box"]
    sizes = [high - low for low, high in zip(box["low"], box["high"], strict=True)]
    # some boxes of the index were taken from meshes, which lie inside of round walls
    expected = [float(row[f"box_{axis}_mm"]) for axis in "xyz"]
    assert sizes == pytest.approx(expected, rel=1e-3, abs=0.015)
    assert len(analysis["parts"]) == int(row["distinct_parts"])
    assert analysis["instances"] == int(row["instances"])
    faces = [face for part in analysis["parts"] for face in part["faces"]]
    assert sum(face["id"] is None for face in faces) <= 0.002 * len(faces)
