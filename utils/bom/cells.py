"""Makes a text from somebody's file safe to stand in a spreadsheet's cell, and says how to take that back.

A spreadsheet runs what begins with ``=``, ``+``, ``-`` or ``@`` (OWASP, "CSV Injection"; CWE-1236). In an XLSX file a
text is marked as text, so it needs no disguise. In CSV nothing is marked: there an apostrophe is put in front.
"""

from __future__ import annotations

import re

LONGEST_CELL = 32_767  # UTF-16 units: what a cell of Excel holds; it spills what is longer into other cells

# In front of such a text an apostrophe is put, and in front of one that begins with an apostrophe, so that taking
# one away always gives the text back. What spreadsheets skip before they look (spaces, quotes, zero-width
# characters) is skipped here too. ";" begins a new cell where Excel's list separator is one, whatever the quotes say.
_SKIPPED = r"[\s\"\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"
_FORMULA = re.compile(rf"(^|;)(?={_SKIPPED}[=+\-@=+-@﹦﹢﹣﹫'])")
_GUARDED = re.compile(r"(^|;)'")
# Neither CSV readers nor XML 1.0 get along with these. U+2028 and U+2029 end a line as LF does.
_CONTROL = re.compile(r"\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text on one line, with nothing that XML forbids and no longer than a cell; cut texts end with "…"."""
    text = _NO_CHARACTER.sub("\ufffd", _CONTROL.sub(" ", text))
    return _cut(text, LONGEST_CELL)


def guarded(text: str) -> str:
    """`plain`, and no spreadsheet that opens it from a CSV file takes it for a formula."""
    text = _FORMULA.sub(r"\1'", plain(text))
    return _cut(text, LONGEST_CELL)


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell from."""
    return _GUARDED.sub(r"\1", cell)


def _cut(text: str, most: int) -> str:
    if len(text) * 2 <= most or len(text.encode("utf-16-le")) <= most * 2:
        return text
    return text.encode("utf-16-le")[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"
