"""The modelled STEP files as they are committed."""

import re

import pytest

from utils.cad import step_converter
from utils.demo.seed import STEP_FOLDER
from utils.sandbox import Sandbox

FILES = sorted(STEP_FOLDER.glob("*.step"))
LARGEST = {"gearbox.step": 600_000}
ALL_TOGETHER = 1_700_000

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


def converted(sandbox, name):
    return step_converter.convert(sandbox, STEP_FOLDER / f"{name}.step")


@each_file
def test_a_file_is_small_plain_text_with_a_whole_frame(file):
    text = file.read_bytes().decode("ascii")
    assert len(text) <= LARGEST.get(file.name, 62_000)
    assert text.startswith("ISO-10303-21;\nHEADER;\n")
    assert text.endswith("ENDSEC;\nEND-ISO-10303-21;\n")
    assert "\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN" in text
    assert re.search(rf"^FILE_NAME\('{file.name}','2026-01-10T09:00:00',\(''\),\(''\),", text, re.MULTILINE)


@each_file
def test_a_file_says_nothing_about_a_machine_or_a_person(file):
    text = file.read_text(encoding="ascii")
    assert not re.search(r"/(home|root|tmp|work|Users|var)\b|[A-Z]:\\\\|@", text)
    assert "Open CASCADE STEP translator" not in text, "a product has no name"


def test_all_files_together_are_small():
    assert sum(file.stat().st_size for file in FILES) <= ALL_TOGETHER


@each_file
def test_a_file_converts_to_a_preview_of_a_part_that_a_hand_can_hold(file, sandbox):
    with converted(sandbox, file.stem) as preview:
        assert all(1 <= side <= 600 for side in preview.bbox_mm)
        assert 100 <= preview.triangles <= 40_000
        assert all(preview.names)


def test_an_inch_file_comes_out_in_its_true_size(sandbox):
    with converted(sandbox, "frame-tube-2x1") as tube:
        assert tube.units == "inch"
        assert tube.bbox_mm == pytest.approx((304.8, 50.8, 25.4), abs=0.01)


def test_the_gearbox_keeps_its_parts_names_and_levels(sandbox):
    with converted(sandbox, "gearbox") as gearbox:
        assert gearbox.meshes == len(set(gearbox.names)) == 21
        assert {"Gear 46T, 20 DP", "Flanged bearing, 1/2 in hex", "Cap screw 10-32 x 1/2 in"} <= set(
            gearbox.names
        )
        assert sum(node.part is not None for node in gearbox.tree) == 70
        assert max(depth(gearbox.tree, node) for node in gearbox.tree) >= 3


def depth(tree, node):
    return 0 if node.parent is None else 1 + depth(tree, tree[node.parent])
