"""What the scan sees in a STEP file before native code does."""

from __future__ import annotations

import pytest

from tests.support import step_text
from utils.cad.scan import scan, sniff

BOX = step_text.box(10, 20, 30)


def problem(path, **more):
    found = scan(path, **more).problem
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        BOX,
        "\ufeff" + BOX,
        "\r\n\t " + BOX,
        "/* exported by 'somebody'; on a Friday */\n" + BOX,
        "ISO-10303-21 ;\nHEADER;",
    ],
)
def test_a_step_file_is_recognised_by_how_it_begins(text):
    assert sniff(text.encode()[:300])


@pytest.mark.parametrize(
    "head",
    [b"", b"\x89PNG\r\n\x1a\n", b"Dear Ana,\nplease make this.", b"solid cube", b"PK\x03\x04", b"\xff" * 300],
)
def test_anything_else_is_no_step_file(head):
    assert not sniff(head)


def test_a_sound_file_has_no_problem(write):
    found = scan(write(BOX))
    assert found.problem is None
    assert found.external_files == []
    assert found.schema == "AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }"
    assert found.name == "part.step"
    assert found.entities == BOX.count("\n#")


@pytest.mark.parametrize("unit", ["mm", "cm", "m", "inch"])
def test_the_unit_of_length_is_found(write, unit):
    assert scan(write(step_text.box(1, 2, 3, unit=unit))).units == unit


def test_a_byte_order_mark_and_comments_change_nothing(write):
    text = "\ufeff/* don't; */" + BOX.replace("DATA;\n", "DATA;\n/* it's;\n#9=; */\n")
    found = scan(write(text))
    assert found.problem is None
    assert found.units == "mm"


def test_strings_with_semicolons_quotes_and_keywords_are_only_text(write):
    name = "a;b''#999=DOCUMENT_FILE(/etc/passwd);((((NaN /* "
    found = scan(write(step_text.box(1, 2, 3, name=name)))
    assert found.problem is None
    assert found.external_files == []


def test_a_header_without_entities(write):
    assert problem(write(step_text.header_only())).code == "header_only"


def test_a_file_cut_in_half_names_its_last_line(write):
    text = step_text.cut_off(BOX)
    found = problem(write(text))
    assert found.code == "cut_off"
    assert found.line == text.rstrip().count("\n") + 1
    assert f"line {found.line}." in found.message


def test_line_numbers_have_thousands_separators(write):
    step = step_text.StepText()
    for _ in range(9000):
        step.point((1, 2, 3))
    found = problem(write(step_text.cut_off(step.text(), keep=0.9)))
    assert "cut off in line 8,1" in found.message


@pytest.mark.parametrize("keep", [0.0105, 0.2, 0.4, 0.6, 0.8, 0.99])
def test_wherever_a_file_is_cut_it_is_noticed(write, keep):
    assert problem(write(step_text.cut_off(BOX, keep))).code in ("cut_off", "header_only")


@pytest.mark.parametrize("value", ["NaN", "nan", "-nan", "INF", "-Infinity", "1.#IND", "1.#QNAN", "1.E999"])
def test_a_coordinate_that_is_no_number(write, value):
    assert problem(write(step_text.not_a_number(value))).code == "not_a_number"


@pytest.mark.parametrize("value", ["1.E-999", "1.E+10", "12345678901234567890."])
def test_odd_but_finite_numbers_are_fine(write, value):
    assert scan(write(step_text.not_a_number(value))).problem is None


def test_names_that_look_like_numbers_that_are_none_are_fine(write):
    assert scan(write(step_text.box(1, 1, 1, name="NaN INF Nancy"))).problem is None


def test_a_hundred_thousand_nested_parentheses(write):
    assert problem(write(step_text.nested_parentheses(100_000))).code == "nested_too_deep"


def test_parentheses_that_never_close(write):
    text = BOX.replace("ENDSEC;\nEND-ISO", "#9999=A(" + "(" * 100_000 + ";\nENDSEC;\nEND-ISO")
    assert problem(write(text)).code == "nested_too_deep"


def test_a_small_file_that_unfolds_into_a_million_parts(write):
    path = write(step_text.nested_assembly(levels=6, children=10))
    assert path.stat().st_size < 55_000
    found = problem(path)
    assert found.code == "too_many_instances"
    assert "1,111,110" in found.message


def test_a_large_assembly_below_the_limit_is_fine(write):
    path = write(step_text.nested_assembly(levels=3, children=10))
    assert scan(path).instances == 1110
    assert scan(path).problem is None
    assert problem(path, max_instances=1000).code == "too_many_instances"


def test_parts_repeated_by_mapped_items_count_too(write):
    step = step_text.StepText()
    _, inner = step.product("Grain", [step.box_solid((1, 1, 1))])
    for _ in range(5):
        origin = step.placement()
        shape_map = step.add(f"REPRESENTATION_MAP({origin},{inner})")
        items = [step.add(f"MAPPED_ITEM('',{shape_map},{step.placement()})") for _ in range(10)]
        inner = step.add(f"SHAPE_REPRESENTATION('',({','.join(items)}),$)")
    assert scan(write(step.text())).instances == 111_110


def test_an_assembly_that_contains_itself(write):
    step = step_text.StepText()
    outer, inner = step.product("Outer"), step.product("Inner")
    step.occurrence(outer, inner, "a", (0, 0, 0))
    step.occurrence(inner, outer, "b", (0, 0, 0))
    found = problem(write(step.text()))
    assert found.code == "damaged"
    assert "contains itself" in found.message


def test_an_entity_that_others_need_is_missing(write):
    found = problem(write(step_text.without(BOX, "VECTOR")))
    assert found.code == "damaged"
    number = BOX[: BOX.index("=VECTOR(")].rsplit("#", 1)[1]
    assert f"#{number} is missing" in found.message


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("=VECTOR(", "VECTOR("),
        ("=VECTOR(", "=VECTOR"),
        ("=VECTOR(", "=(VECTOR("),
        ("=LINE('',", "=LINE('',#77=LINE('',"),
        ("ENDSEC;\nEND-ISO", "utter nonsense;\nENDSEC;\nEND-ISO"),
    ],
)
def test_a_statement_that_is_no_entity_is_named_by_its_line(write, sound, broken):
    text = BOX.replace(sound, broken, 1)
    found = problem(write(text))
    assert found.code == "damaged"
    assert "line " in found.message or "missing" in found.message


def test_a_missing_quotation_mark_is_damage(write):
    assert problem(write(BOX.replace("'design'", "'design", 1))).code == "damaged"
    assert "quotation mark" in problem(write(BOX.replace("#60=", "#60='", 1))).message


@pytest.mark.parametrize("size", [64, 1000, 4096, 65536])
def test_the_size_of_the_blocks_changes_nothing(write, size, monkeypatch):
    monkeypatch.setattr("utils.cad.blocks.read_blocks.__defaults__", (size,))
    text = step_text.nested_assembly(2, 3).replace("DATA;\n", "DATA;\n/* a; 'comment */\n")
    assert scan(write(text)).problem is None
    assert scan(write(text)).instances == 12
    damaged = text.replace("=VECTOR(", "VECTOR(", 1)
    line = damaged[: damaged.index("VECTOR(")].count("\n") + 1
    assert problem(write(damaged)).line == line
