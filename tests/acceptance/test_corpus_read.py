"""Opt-in: every STEP file of a folder is read whole as its INDEX.tsv says.

Set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv (columns file, outcome, distinct_parts, instances, box_x_mm,
box_y_mm, box_z_mm) and the files.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.acceptance.test_step_read import upload

FOLDER = os.environ.get("KERFLINE_STEP_CORPUS")
ROWS = list(csv.DictReader((Path(FOLDER) / "INDEX.tsv").open(), delimiter="\t")) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv to read real STEP files"
)


@pytest.mark.parametrize("row", ROWS or [{}], ids=[row["file"] for row in ROWS] or ["no corpus"])
def test_a_real_file_is_read_whole(shop, row):
    read = upload(shop, (Path(FOLDER or "") / row["file"]).read_bytes(), row["file"])
    model, tessellated = read["model"], "tessellated" in row["outcome"]
    assert read["job"]["status"] == "completed"
    expected = [float(row[f"box_{axis}_mm"]) for axis in "xyz"]
    box = [model["bbox"][f"{axis}Mm"] for axis in "xyz"]
    assert box == pytest.approx(expected, rel=0.01 if tessellated else 0.001, abs=0.01)
    parents = {row["path"].rpartition(".")[0] for row in model["bom"]}
    leaves = [line for line in model["bom"] if line["path"] not in parents]
    assert len({line["product"] for line in leaves}) == int(row["distinct_parts"])
    assert sum(line["total_quantity"] for line in leaves) == int(row["instances"])
    assert not any("\ufffd" in line["source_name"] for line in model["bom"])
    assert len(model["views"]) == 8
    if tessellated:
        assert model["exact"] is False
        assert model["stages"]["bom"]["code"] == "tessellated"
        assert model["volumeMm3"] is None
    else:
        assert {said["status"] for said in model["stages"].values()} == {"done"}
        assert model["exact"] is True
        assert {"drawing.svg", "drawing.pdf", "drawing.dxf"} <= {a["name"] for a in model["artifacts"]}
