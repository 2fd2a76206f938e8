"""Makes text from anywhere fit to stand on a sheet: one line, printable, and no longer than its place."""

from __future__ import annotations

import unicodedata

from utils.cad.drawing.sheet import text_width

_LONGEST = 400


def plain(text: str) -> str:
    """``text`` on one line without control, formatting and unassigned characters; at most 400 characters."""
    kept = []
    for letter in text[: 4 * _LONGEST]:
        kind = unicodedata.category(letter)
        if letter.isspace():
            kept.append(" ")
        elif kind[0] != "C":
            kept.append(letter)
    return " ".join("".join(kept).split())[:_LONGEST]


def fitted(text: str, width: float, height: float) -> str:
    """``text`` made plain and cut with an ellipsis so that it takes ``width`` at most; both in millimetres."""
    text = plain(text)
    if text_width(text, height) <= width:
        return text
    while text and text_width(text + "…", height) > width:
        text = text[:-1].rstrip()
    return text + "…"


def wrapped(text: str, width: float, height: float) -> list[str]:
    """``text`` in lines of at most ``width``."""
    lines: list[str] = []
    for word in plain(text).split(" "):
        if lines and text_width(f"{lines[-1]} {word}", height) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(fitted(word, width, height))
    return lines


def length(millimetres: float) -> str:
    """A length with two decimals; halves are rounded up, whatever their last binary digit says."""
    return f"{millimetres + 1e-7:.2f}".replace("-0.00", "0.00")


def diameter(millimetres: float) -> str:
    # Ø is in every font, ⌀ in few
    return f"Ø{length(millimetres)}"
