"""What a file is, by its content: the name is only believed where content cannot decide."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from utils.cad.scan import sniff as is_step

HEAD = 64 * 1024
CALLED = {
    "application/pdf": "a PDF",
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/webp": "a WebP picture",
    "image/svg+xml": "an SVG drawing",
    "image/vnd.dxf": "a DXF drawing",
    "model/3mf": "a 3MF model",
    "model/stl": "an STL mesh",
    "text/x-gcode": "G-code",
}
_GCODE = re.compile(rb"^\s*(?:N\d+\s*)?[GM]\d{1,3}\b", re.MULTILINE)
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]", re.IGNORECASE)
_DXF = re.compile(rb"^\s*(?:999\r?\n.*\r?\n\s*)*0\r?\n\s*SECTION\r?\n")


def kind_of(path: Path) -> str | None:
    """`step`, a media type of an attachment (`application/pdf`), or None for what Kerfline does not take."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if is_step(head):
        return "step"
    return _by_magic(head) or _archive(path, head) or _stl(path, head) or _text(head)


def _by_magic(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"AutoCAD Binary DXF\r\n"):
        return "image/vnd.dxf"
    return None


def _archive(path: Path, head: bytes) -> str | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RecursionError):
        return None
    return "model/3mf" if any(name.lower().endswith("3dmodel.model") for name in names) else None


def _stl(path: Path, head: bytes) -> str | None:
    if head.lstrip().startswith(b"solid") and b"facet" in head:
        return "model/stl"
    if len(head) >= 84:  # binary: an 80-byte title, a count, 50 bytes for each triangle
        (triangles,) = struct.unpack_from("<I", head, 80)
        if triangles and path.stat().st_size == 84 + 50 * triangles:
            return "model/stl"
    return None


def _text(head: bytes) -> str | None:
    body = head.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in body:
        return None
    if body.lstrip().startswith(b"<") and _SVG.search(body):
        return "image/svg+xml"
    if _DXF.match(body):
        return "image/vnd.dxf"
    if len(_GCODE.findall(body)) >= 2:
        return "text/x-gcode"
    return None
