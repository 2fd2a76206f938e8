"""Exports are read back as a spreadsheet would read them."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from tests.unit.bom.making import ROW, row
from utils.bom.cells import LONGEST_CELL, guarded, plain, unguarded
from utils.bom.export import as_csv, as_xlsx
from utils.bom.rows import COLUMNS

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ATTACKS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+12V",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=1+1",
    "+1",
    "-1",
    "@x",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "M3;=1+1",
    "M3; +1;-1",
    '"=1+1',
    'M3;"=1+1";b',
    '=HYPERLINK("http://x";"y")',
    "'=1+1",
]
STARTS = "=+-@=+-@"


def from_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def from_xlsx(content: bytes) -> list[dict[str, tuple[str, str | None]]]:
    """Rows of (text, type) by column letter; type "s" is text, None a number."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = [
            unescaped("".join(item.itertext()))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = []
    for line in sheet.iterfind(".//m:row", NAMES):
        cells = {}
        for cell in line.iterfind("m:c", NAMES):
            assert cell.find("m:f", NAMES) is None, "a formula"
            text, kind = cell.findtext("m:v", "", NAMES), cell.get("t")
            cells[cell.get("r", "").rstrip("0123456789")] = (shared[int(text)] if kind == "s" else text, kind)
        found.append(cells)
    return found


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name).decode()


# CSV


def test_a_csv_file_says_that_it_is_utf_8_and_begins_with_the_column_names():
    content = as_csv([row(part_description="Винт 螺丝 «ß»")])
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert from_csv(content)[1][1] == "Винт 螺丝 «ß»"


def test_every_line_of_a_csv_file_ends_as_rfc_4180_says():
    content = as_csv([row(), row(part_number='say "hi", twice')])
    assert content.endswith(b"\r\n")
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r") == 3
    assert b'"say ""hi"", twice"' in content


def test_numbers_in_csv_are_numbers_without_an_exponent():
    line = from_csv(as_csv([row(bbox_x_mm=1e7, bbox_y_mm=0.0001, bbox_z_mm=None, volume_mm3=1234567890.5)]))[
        1
    ]
    assert line[5:9] == ["10000000", "0.0001", "", "1234567890.5"]
    assert line[2] == "1"


def test_nothing_known_is_nothing_written():
    line = from_csv(
        as_csv([row(bbox_x_mm=None, bbox_y_mm=None, bbox_z_mm=None, volume_mm3=None, colour=None)])
    )[1]
    assert line[5:10] == [""] * 5


@pytest.mark.parametrize("text", ATTACKS)
def test_no_cell_of_a_csv_file_begins_a_formula_by_commas_or_by_semicolons(text):
    content = as_csv([row(part_number=text, part_description=text, notes=text, source_name=text)])
    line = from_csv(content)[1]
    assert len(line) == len(COLUMNS)
    for cell in [*line, *content.decode("utf-8-sig").splitlines()[1].split(";")]:
        assert not cell.strip().strip('\u200b\ufeff"').startswith(tuple(STARTS)), cell


@pytest.mark.parametrize(
    ("text", "cell"), [("-5", "'-5"), ("+12V", "'+12V"), ("a;-b", "a;'-b"), ("A-1", "A-1")]
)
def test_part_numbers_stay_readable(text, cell):
    assert from_csv(as_csv([row(part_number=text)]))[1][0] == cell


@pytest.mark.parametrize("text", [*ATTACKS, "'quoted'", "a;'b", ";", ";;=1", "it's", "", "plain; text"])
def test_taking_the_apostrophe_away_gives_the_text_back(text):
    assert unguarded(guarded(text)) == plain(text)


# XLSX


def test_a_workbook_has_the_same_rows_with_real_numbers():
    heading, line = from_xlsx(as_xlsx([row(quantity=4)]))
    assert tuple(text for text, _ in heading.values()) == COLUMNS
    assert line["C"] == ("4", None)
    assert [float(line[column][0]) for column in "FGHI"] == [10, 20.5, 0.125, 25.625]
    assert all(line[column][1] is None for column in "FGHI")
    assert line["A"] == ("A-1", "s")
    assert "E" not in line  # an empty text is an empty cell


@pytest.mark.parametrize(
    "text", [*ATTACKS, "-5", "007", "1e5", "http://example.org", "TRUE", "_x000D_", "<a>&amp;"]
)
def test_every_text_in_a_workbook_is_a_text_and_reads_as_it_was(text):
    line = from_xlsx(as_xlsx([row(part_number=text)]))[1]
    assert line["A"] == (plain(text), "s")


def test_a_workbook_has_no_links_and_no_formulas():
    with zipfile.ZipFile(io.BytesIO(as_xlsx([row(part_number=text) for text in ATTACKS]))) as book:
        assert not any("hyperlink" in name.lower() or "_rels/sheet" in name for name in book.namelist())


def test_equal_rows_give_equal_bytes():
    many = [row(path=str(number), level=number % 20, colour=f"#{number:06x}") for number in range(300)]
    assert as_xlsx(many) == as_xlsx(list(many))
    assert as_csv(many) == as_csv(list(many))


def test_the_heading_stays_in_sight_and_filters():
    sheet = part(as_xlsx([row(), row()]), "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:L3"/>' in sheet


def test_descriptions_are_indented_by_level_and_colours_are_shown():
    styles = part(as_xlsx([row(level=3, colour="#123456")]), "xl/styles.xml")
    assert 'indent="3"' in styles
    assert "FF123456" in styles


def test_a_colour_is_readable_on_itself():
    styles = part(as_xlsx([row(colour="#ffff00"), row(colour="#000080")]), "xl/styles.xml")
    fonts = re.findall(r"<font>(.*?)</font>", styles)
    assert any("FFFFFFFF" in font for font in fonts)
    assert any("FF000000" in font for font in fonts)


def test_a_list_of_nothing_is_still_a_file():
    assert from_csv(as_csv([])) == [list(COLUMNS)]
    assert len(from_xlsx(as_xlsx([]))) == 1


# both


def test_what_xml_forbids_reaches_no_file():
    dirty = "".join(map(chr, range(0x20))) + "x\x7f\x9f\u2028\ud800\uffff"
    line = from_xlsx(as_xlsx([row(part_number=dirty)]))[1]
    assert line["A"][0].strip().startswith("x")
    assert line["A"][0] == from_csv(as_csv([row(part_number=dirty)]))[1][0]
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\ud800-\udfff\uffff]", line["A"][0])


@pytest.mark.parametrize("letter", ["a", "ш", "🔩", "=", ";="])
def test_no_cell_is_longer_than_excel_takes(letter):
    text = letter * 40_000
    for cell in (
        from_csv(as_csv([row(notes=text)]))[1][10],
        from_xlsx(as_xlsx([row(notes=text)]))[1]["K"][0],
    ):
        assert len(cell.encode("utf-16-le")) <= 2 * LONGEST_CELL
        assert cell.endswith("…")


def test_a_text_that_just_fits_is_not_cut():
    assert plain("a" * LONGEST_CELL) == "a" * LONGEST_CELL


def test_the_row_that_tests_start_from_is_harmless():
    assert from_csv(as_csv([ROW]))[1][0] == ROW.part_number
