"""Fonts for the PDF: one that comes with reportlab for all sheets, one of the system for letters that it lacks.

Imported in the child while the system's fonts can still be opened; nothing is read unless a sheet needs it.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

BASE = "Vera"
MISSING = "?"  # what stands for a letter that no font has

_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/wqy",
    "/usr/share/fonts/truetype/droid",
    "/usr/share/fonts/truetype/nanum",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:/Windows/Fonts",
)
_NAMES = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "NanumGothic.ttf",
    "Arial Unicode.ttf",
    "arial.ttf",
    "msyh.ttc",
    "simsun.ttc",
    "malgun.ttf",
    "msgothic.ttc",
)

# Signs that a keyboard's stand for: inches and feet above all.
_PLAINER = {"″": '"', "′": "'", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-"}


def _open_all() -> list[tuple[str, BinaryIO]]:
    found: list[tuple[str, BinaryIO]] = []
    for name in _NAMES:
        for folder in _FOLDERS:
            with contextlib.suppress(OSError):
                found.append((Path(name).stem, (Path(folder) / name).open("rb")))
                break
    return found


_SYSTEM = _open_all()


def _content(file: BinaryIO) -> bytes:
    if not hasattr(os, "pread"):  # nor forks: the file is this process's own
        file.seek(0)
        return file.read()
    # children of one fork server share the place in the file that read() would move
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0)


@dataclass(frozen=True)
class Stretch:
    """Letters in a row that one font has."""

    font: str
    text: str


class Fonts:
    """Finds a font for every letter."""

    def __init__(self) -> None:
        self._fonts: dict[str, Any] = {}
        self._waiting = list(_SYSTEM)
        self.missing = False  # whether a letter was asked for that no font has
        with (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").open("rb") as file:
            self._register(BASE, file)

    def stretches(self, text: str) -> list[Stretch]:
        """``text`` cut where the font changes; letters that no font has are replaced."""
        found: list[Stretch] = []
        for letter in text:
            font, shown = self._for(letter)
            if found and found[-1].font == font:
                found[-1] = Stretch(font, found[-1].text + shown)
            else:
                found.append(Stretch(font, shown))
        return found

    def width(self, stretches: list[Stretch], size: float) -> float:
        return float(sum(pdfmetrics.stringWidth(each.text, each.font, size) for each in stretches))

    def _for(self, letter: str) -> tuple[str, str]:
        name = self._having(letter)
        if name:
            return name, letter
        plainer = _PLAINER.get(letter) or unicodedata.normalize("NFKD", letter)[0]
        name = self._having(plainer)
        if name and plainer != letter:
            return name, plainer
        self.missing = True
        return BASE, MISSING

    def _having(self, letter: str) -> str | None:
        for name, font in self._fonts.items():
            if ord(letter) in font.face.charToGlyph:
                return name
        while self._waiting:
            name, file = self._waiting.pop(0)
            if self._register(name, file) and ord(letter) in self._fonts[name].face.charToGlyph:
                return name
        return None

    def _register(self, name: str, file: BinaryIO) -> bool:
        try:
            font = TTFont(name, BytesIO(_content(file)))
        except (TTFError, OSError, ValueError):
            return False  # a kind that cannot be embedded
        pdfmetrics.registerFont(font)
        self._fonts[name] = font
        return True
