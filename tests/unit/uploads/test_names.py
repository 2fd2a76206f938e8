"""File names: the last component of what came, without what could mislead or break out of a header."""

import unicodedata

import pytest

from routes.files import disposition
from utils.uploads.names import LONGEST, safe

ODD = ["日本語.step", "x" * 300 + ".step", "../../x.step", "C:\\temp\\x.step", 'a"b;c.pdf', "a\r\nX-Evil: 1.pdf", "..",
       ".", "", "/", "\x00", "\ud800", "a/b/", "~", "%00.pdf", "\u202efdp.exe", "a" * 500, "." + "a" * 500,
       "a." + "b" * 500,
       "e\u0301.pdf", "\u200b", " . ", "nul", "🙂" * 300 + ".png"]  # fmt: skip


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_any_name_becomes_a_safe_one(name):
    kept = safe(name)
    assert 1 <= len(kept) <= LONGEST
    assert not set(kept) & set("/\\\r\n\x00\u202e")
    assert not kept.startswith((".", " "))
    assert kept == unicodedata.normalize("NFC", kept)
    assert safe(kept) == kept
    header = disposition("attachment", kept)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [("C:\\temp\\x.step", "x.step"), ("../../x.step", "x.step"), ("x" * 300 + ".step", "x" * 195 + ".step"),
     ("日本語.step", "日本語.step"), (None, "file"), ("..", "file"), ('a"b.pdf', 'a"b.pdf')],
)  # fmt: skip
def test_the_last_component_and_the_ending_stay(name, kept):
    assert safe(name) == kept
