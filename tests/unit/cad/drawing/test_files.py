"""The three files: well-formed, sound, the same each time, whatever the part is called."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.unit.cad.drawing.conftest import TITLE, draw_read
from utils.cad import drawing
from utils.cad.problems import Unreadable
from utils.sandbox import Limits

HOSTILE = [
    "<script>alert(1)</script>",
    "\"quotes' & <tags>]]>",
    "two\nlines\r\tand a \x00 \x1b[31m",
    "x" * 200,
    "Плита передняя",
    "前面板",
    "a\u202eb\ud800c",
    "%%c ^J {\\P}",
]
MODES = ("external", "holes", "flat", "active_area")


@pytest.mark.parametrize("mode", MODES)
def test_the_dxf_passes_the_audit_in_millimetres(drawn, mode):
    document = drawn("front_plate", mode).document
    assert document.dxfversion == "AC1024"
    assert document.header["$INSUNITS"] == 4


@pytest.mark.parametrize("mode", MODES)
def test_the_same_part_gives_the_same_bytes(kernel, read, drawn, mode):
    first, second = drawn("front_plate", mode), draw_read(kernel, read("front_plate"), mode)
    assert (first.svg, first.pdf, first.dxf) == (second.svg, second.pdf, second.dxf)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("mode", ["external", "flat"])
def test_no_name_breaks_a_drawing(drawn, name, mode):
    hostile = replace(TITLE, part_name=name, part_number=name, material=name, revision=name, file_name=name)
    made = drawn("plate", mode, hostile)
    root = ElementTree.fromstring(made.svg)
    known = {"svg", "title", "g", "path", "circle", "text"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= known
    assert made.document.modelspace()
    assert made.pdf.startswith(b"%PDF")


def test_a_long_name_is_shortened_with_an_ellipsis(drawn):
    words = drawn("plate", "external", replace(TITLE, part_name="m" * 200)).words()
    assert any(re.fullmatch("m{5,60}…", word) for word in words)


def test_a_cyrillic_name_stands_in_every_file(drawn):
    made = drawn("plate", "external", replace(TITLE, part_name="Плита"))
    assert "Плита" in made.words()
    assert "Плита" in made.dxf.decode()
    printed = made.printed()
    assert "Плита" in printed or any("none of the fonts" in note for note in made.notes)


def test_what_no_font_can_print_is_marked_and_said(drawn):
    # from a private area: no font has it, or none that means it
    made = drawn("plate", "external", replace(TITLE, part_name="Part 𓀀"))
    assert "Part 𓀀" in made.words()
    assert "Part ?" in made.printed()
    assert any("none of the fonts" in note for note in made.notes)


def test_the_svg_has_its_true_size_and_a_title(drawn):
    made = drawn("plate", "external")
    root = ElementTree.fromstring(made.svg)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("297mm", "210mm", "0 0 297 210")
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Test part"


def test_the_title_block_says_what_it_was_told(drawn):
    title = replace(TITLE, revision="C", material="6061-T6", file_units="inch")
    words = drawn("plate", "external", title).words()
    for told in (
        "Test part",
        "T-1",
        "C",
        "6061-T6",
        "part.step",
        "2026-01-31",
        "mm (file: inch)",
        "THIRD ANGLE",
    ):
        assert told in words
    assert "Generated from STEP, Kerfline" in words


def test_an_unknown_mode_is_a_mistake_of_the_caller(kernel, read):
    with pytest.raises(ValueError, match="no such mode"):
        draw_read(kernel, read("plate"), "sideways")


def test_a_cancelled_drawing_says_so_and_leaves_nothing(kernel, read):
    with pytest.raises(Unreadable) as refusal:
        draw_read(kernel, read("plate"), "external", cancelled=lambda: True)
    assert refusal.value.code == "cancelled"


def test_shapes_that_cannot_be_read_are_refused(kernel, read, tmp_path):
    broken = tmp_path / "shape.bin"
    broken.write_bytes(b"no shapes in here")
    with pytest.raises(Unreadable):
        drawing.draw(
            kernel, broken, read("plate").analysis, mode="external", title=TITLE, limits=Limits(cpu_s=20)
        )
