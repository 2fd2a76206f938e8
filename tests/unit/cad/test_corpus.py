"""Opt-in: every STEP file of a folder converts as its INDEX.tsv says.

Set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv (columns file, outcome, distinct_parts, instances, box_x_mm,
box_y_mm, box_z_mm) and the files.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from utils.cad.product.neutral import write_neutral
from utils.cad.step_converter import convert
from utils.sandbox import Limits

FOLDER = os.environ.get("KERFLINE_STEP_CORPUS")
ROWS = list(csv.DictReader((Path(FOLDER) / "INDEX.tsv").open(), delimiter="\t")) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set KERFLINE_STEP_CORPUS to a folder with INDEX.tsv to convert real STEP files"
)


each_file = pytest.mark.parametrize("row", ROWS or [{}], ids=[row["file"] for row in ROWS] or ["no corpus"])


@each_file
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
        # points and planes of annotations are meshes as well, but of the product that they belong to
        assert {mesh.product for mesh in made.meshes_found} == set(made.products.distinct_parts())
        quantities = made.products.quantities()
        assert all(mesh.quantity == quantities[mesh.product or 0] for mesh in made.meshes_found)


@each_file
def test_a_real_file_has_its_parts_and_instances(tmp_path, row):
    source, copy = Path(FOLDER or "") / row["file"], tmp_path / "neutral.step"
    tree = write_neutral(source, copy)
    assert len(tree.distinct_parts()) == int(row["distinct_parts"])
    assert tree.instances() == int(row["instances"])
    assert copy.read_bytes().count(b"\n") == source.read_bytes().count(b"\n")
    assert not any("\ufffd" in product.name for product in tree.products.values())
