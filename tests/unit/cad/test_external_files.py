"""Files that name other files are told from files that only mention documents."""

from __future__ import annotations

import pytest

from tests.support import step_text
from utils.cad.problems import external_files
from utils.cad.scan import scan


def names(write, *entities: str) -> list[str]:
    """The external files of a box with further entities; ``{0}`` is the first of them, ``{1}`` the next."""
    step = step_text.StepText()
    definition, _ = step.product("Box", [step.box_solid((1, 1, 1))])
    numbers: list[str] = []
    for entity in entities:
        numbers.append(step.add(entity.format(*numbers, product=definition)))
    return scan(write(step.text())).external_files


@pytest.mark.parametrize(
    "name",
    ["other.stp", "/etc/passwd", "../../secret.step", "C:\\cad\\wheel.STEP", "größe 日本.stp", "noext"],
)
def test_a_part_whose_shape_is_elsewhere_names_its_file(write, name):
    assert scan(write(step_text.external_reference(name))).external_files == [name]


def test_escaped_names_are_readable(write):
    assert names(write, r"DOCUMENT_FILE('\X2\65E5672C\X0\.stp','','',$,'',$)") == ["日本.stp"]


def test_the_identification_names_the_file(write):
    found = names(
        write,
        "DOCUMENT_FILE('','','',$,'',$)",
        "APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT('wheel.stp',$,$,({0}))",
        "APPLIED_DOCUMENT_REFERENCE({0},'',({product}))",
    )
    assert found == ["wheel.stp"]


def test_the_external_source_names_the_file_when_the_identification_has_only_a_number(write):
    found = names(
        write,
        "DOCUMENT_FILE('','','',$,'',$)",
        "EXTERNAL_SOURCE(IDENTIFIER('wheel.stp'))",
        "APPLIED_EXTERNAL_IDENTIFICATION_ASSIGNMENT('#71',$,{1},({0}))",
        "APPLIED_DOCUMENT_REFERENCE({0},'',({product}))",
    )
    assert found == ["wheel.stp"]


def test_a_document_that_the_reader_would_open_counts_though_it_is_no_document_file(write):
    text = (
        step_text.external_reference("/etc/passwd")
        .replace("DOCUMENT_FILE(", "DOCUMENT(")
        .replace(",'',$)", ")")
    )
    assert scan(write(text)).external_files == ["/etc/passwd"]


def test_the_reference_section_of_the_third_edition_counts(write):
    text = step_text.box(1, 1, 1).replace(
        "DATA;", "REFERENCE;\n#900=<wheel.stp#hub>;\n#901=<#here>;\nENDSEC;\nDATA;"
    )
    assert scan(write(text)).external_files == ["wheel.stp"]


@pytest.mark.parametrize(
    "entity",
    [
        "DOCUMENT('DWG-1204','Drawing of the box','',$)",
        "DOCUMENT_FILE('DWG-1204','','',$,'',$)",
        "DOCUMENT_FILE('manual.pdf','manual.pdf','',$,'',$)",
        "DOCUMENT_FILE('C:\\\\docs\\\\manual.pdf','','',$,'',$)",
        "DESCRIPTIVE_REPRESENTATION_ITEM('source','C:\\\\cad\\\\box.sldprt')",
    ],
)
def test_papers_numbers_and_properties_are_harmless(write, entity):
    assert names(write, entity) == []


def test_a_specification_of_a_product_is_harmless(write):
    text = step_text.external_reference("Surface finish, see drawing").replace("DOCUMENT_FILE(", "DOCUMENT(")
    assert scan(write(text.replace(",'',$)", ")"))).external_files == []


def test_a_long_list_of_files_makes_a_short_sentence():
    sentence = external_files([f"part {number}.stp" for number in range(2000)])
    assert sentence.startswith("This file refers to other files: “part 0.stp”, “part 1.stp”")
    assert "and 1,995 more" in sentence
    assert len(sentence) < 300
