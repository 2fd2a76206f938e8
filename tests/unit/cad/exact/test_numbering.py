"""One numbering of faces: what the preview shows under a number lies on the exact face of that number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from utils.cad.glb import Glb
from utils.sandbox import Limits

DEMO = sorted((Path(__file__).resolve().parents[4] / "utils" / "demo" / "step").glob("*.step"))


@pytest.fixture
def compare(kernel, tmp_path):
    def run(found):
        analysis = tmp_path / "analysis.json"
        analysis.write_text(json.dumps(found.analysis))
        inputs = {"model.glb": found.glb, "analysis.json": analysis, "shape.bin": found.shape}
        with kernel.run(
            "tests.unit.cad.exact.checking:farthest", {}, inputs=inputs, limits=Limits()
        ) as outcome:
            assert outcome.ok, outcome.log
            return outcome.result

    return run


def agrees(checked) -> bool:
    """Corners are stored as 32-bit floats of metres, hence to about 20 nm in a part of this size."""
    return checked["off_mm"] < 1e-3 and sorted(checked["analysed"]) == checked["shown"]


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_each_face_of_a_demo_part_has_the_number_that_the_preview_gives_it(read_file, compare, path):
    checked = compare(read_file(path))
    assert agrees(checked)
    assert checked["compared"] >= 3 * len(checked["shown"])


def test_a_part_in_two_colours_keeps_its_numbers_though_the_preview_sorts_it_by_colour(read, compare):
    found = read("plate_with_four_holes", two_colours=True)
    document = Glb.parse(found.glb.read_bytes()).document
    assert [len(mesh["primitives"]) for mesh in document["meshes"]] == [2]
    checked = compare(found)
    assert agrees(checked)
    assert checked["analysed"] != checked["shown"], "in order all the same: this shows nothing"


def test_an_assembly_stores_its_parts_and_its_instances(read, compare):
    found = read("assembly")
    checked = compare(found)
    assert agrees(checked)
    assert (checked["parts"], checked["placed"]) == (2, 14)


def test_parts_stand_in_the_order_of_the_previews_meshes(read):
    found = read("assembly")
    first = 1
    for mesh, part in zip(
        Glb.parse(found.glb.read_bytes()).document["meshes"], found.analysis["parts"], strict=True
    ):
        assert mesh["extras"]["product"] == part["product"]
        assert min(face["id"] for face in part["faces"]) == first
        first += len(part["faces"])


def test_a_face_that_the_preview_does_not_show_has_no_number(kernel, read, tmp_path):
    """The preview of another part: nothing in it confirms a face."""
    plate, shaft = read("plate_with_four_holes"), read("stepped_shaft")
    inputs = {"input.step": plate.step, "model.glb": shaft.glb}
    with kernel.run("utils.cad.exact.child.reading:read", {}, inputs=inputs, limits=Limits()) as outcome:
        assert outcome.result["unnumbered"] == outcome.result["faces"] == 10
