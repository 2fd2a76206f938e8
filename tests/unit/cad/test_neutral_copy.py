"""The neutral copy: tokens for the names of products and usages, and nothing else changed."""

from __future__ import annotations

import pytest

from tests.support import step_text
from utils.cad import blocks
from utils.cad.product.neutral import write_neutral
from utils.cad.product.tokens import product_number, product_token, usage_number, usage_token
from utils.cad.product.tree import read_tree


@pytest.fixture
def neutral(write, tmp_path):
    """Returns the bytes of the neutral copy."""

    def copy(content: str | bytes) -> bytes:
        source, target = write(content), tmp_path / "neutral.step"
        assert write_neutral(source, target) == read_tree(source)
        return target.read_bytes()

    return copy


def data(*statements: str) -> str:
    head, _, tail = step_text.header_only().partition("ENDSEC;\nEND-ISO")
    return head + "\n".join(statements) + "\nENDSEC;\nEND-ISO" + tail


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("#7=PRODUCT('a','b','c',(#8));", "#7=PRODUCT('KP7','KP7','c',(#8));"),
        ("#7 = PRODUCT ( 'it''s' , $ , 'b' , ( #8 ) ) ;", "#7 = PRODUCT ( 'KP7' , 'KP7' , 'b' , ( #8 ) ) ;"),
        ("#7=PRODUCT('a\nb','','',());", "#7=PRODUCT('KP7'\n,'KP7','',());"),
        (
            "#7=/* PRODUCT('no','no') */PRODUCT/*1*/('a'/*,*/,'b','',());",
            "#7=/* PRODUCT('no','no') */PRODUCT/*1*/('KP7'/*,*/,'KP7','',());",
        ),
        (
            "#9=NEXT_ASSEMBLY_USAGE_OCCURRENCE('1','bolt;','d',#1,#2,'R1');",
            "#9=NEXT_ASSEMBLY_USAGE_OCCURRENCE('KN9','KN9','d',#1,#2,'R1');",
        ),
        (
            "#9=(ASSEMBLY_COMPONENT_USAGE('R1')NEXT_ASSEMBLY_USAGE_OCCURRENCE()"
            "PRODUCT_DEFINITION_RELATIONSHIP('1','x','d',#1,#2)PRODUCT_DEFINITION_USAGE());",
            "#9=(ASSEMBLY_COMPONENT_USAGE('R1')NEXT_ASSEMBLY_USAGE_OCCURRENCE()"
            "PRODUCT_DEFINITION_RELATIONSHIP('KN9','KN9','d',#1,#2)PRODUCT_DEFINITION_USAGE());",
        ),
        (
            "#7=(CHARACTERIZED_OBJECT('PRODUCT(','')PRODUCT('a','b','',(#8)));",
            "#7=(CHARACTERIZED_OBJECT('PRODUCT(','')PRODUCT('KP7','KP7','',(#8)));",
        ),
    ],
)
def test_names_of_products_and_usages_become_tokens(neutral, statement, expected):
    assert neutral(data(statement)).decode() == data(expected)


@pytest.mark.parametrize(
    "statement",
    [
        "#7=PRODUCT_DEFINITION('a','b',#1,#2);",
        "#7=PRODUCT_RELATED_PRODUCT_CATEGORY('part','b',(#1));",
        "#7=PRODUCT_DEFINITION_RELATIONSHIP('1','x','d',#1,#2);",
        "#7=DESCRIPTIVE_REPRESENTATION_ITEM('x','#8=PRODUCT(''a'',''b'','''',());');",
        "/* #8=PRODUCT('a','b','',()); */",
        "#7=ADVANCED_FACE('PRODUCT(',(#1),#2,.T.);",
        "#7=PRODUCT();",
    ],
)
def test_everything_else_stays_as_it_is(neutral, statement):
    text = data("#1=PRODUCT_CONTEXT('',#2,'mechanical');", statement)
    assert neutral(text).decode() == text


def test_places_in_a_block_are_right_behind_strings_that_look_like_products(neutral):
    lure = "#8=DESCRIPTIVE_REPRESENTATION_ITEM('#9=PRODUCT(''a'',''b''','');"
    text = data(lure, "#7=PRODUCT('a','b','',());")
    assert neutral(text).decode() == data(lure, "#7=PRODUCT('KP7','KP7','',());")


@pytest.mark.parametrize("encoding", ["cp1251", "cp932", "gb18030", "utf-8"])
def test_foreign_bytes_elsewhere_stay(neutral, encoding):
    kept = {"cp1251": "Болт", "cp932": "ソ表", "gb18030": "螺栓", "utf-8": "Größe 🔩"}[encoding]
    text = data(f"#5=MANIFOLD_SOLID_BREP('{kept}',#6);", f"#7=PRODUCT('{kept}','{kept}','{kept}',());")
    copy = neutral(text.encode(encoding))
    assert copy == text.replace(f"PRODUCT('{kept}','{kept}'", "PRODUCT('KP7','KP7'").encode(encoding)


def test_the_byte_order_mark_goes(neutral):
    text = step_text.box(1, 2, 3)
    assert neutral("\ufeff" + text) == neutral(text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_keep_their_numbers(neutral, line_end):
    text = step_text.assembly("Frame\nwith\nlines").replace("\n", line_end)
    assert neutral(text).count(b"\n") == text.count("\n")


def test_what_follows_the_last_statement_is_copied(neutral):
    text = step_text.box(1, 1, 1, name="KP99") + "trailing text without an end"
    assert neutral(text).endswith(b"END-ISO-10303-21;\ntrailing text without an end")


def test_a_file_without_any_statement_is_copied(neutral):
    assert neutral("no STEP at all") == b"no STEP at all"
    assert neutral("") == b""


def test_blocks_do_not_matter(neutral, monkeypatch):
    """Cut anywhere: the same copy as in one piece."""
    text = step_text.assembly("Rahmen für; 'Größe'")
    whole = neutral(text)
    for size in (64, 100, 777):
        monkeypatch.setattr(blocks.read_blocks, "__defaults__", (size,))
        assert neutral(text) == whole


def test_a_statement_without_an_end_is_copied_as_it_is(neutral, monkeypatch):
    monkeypatch.setattr(blocks, "LONGEST_STATEMENT", 1000)
    monkeypatch.setattr(blocks.read_blocks, "__defaults__", (1000,))
    text = data("#7=PRODUCT('a','b','',());" + " " * 2000 + "\n#8=OPEN(" + "1," * 5000)
    assert neutral(text).endswith(b"1," * 5000 + b"\nENDSEC;\nEND-ISO-10303-21;\n")


def test_tokens_are_told_from_names():
    assert (product_number(product_token(7)), usage_number(usage_token(9))) == (7, 9)
    for name in ("KP", "KP7 ", "KN9", "xKP7", "", "KP" + "1" * 30):
        assert product_number(name) is None
    assert usage_number("KP7") is None
