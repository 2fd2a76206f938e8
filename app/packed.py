"""Files of the build, each in the best encoding that lies beside it, so that nothing is compressed while serving."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Response, request, send_from_directory

from models.errors import NotFound

_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


def send(folder: Path, name: str, cache_control: str) -> Response:
    """`name` from `folder`, with an ETag. Raises NotFound."""
    if not (folder / name).is_file():
        raise NotFound("There is no such file in this version of the page. Reload it.")
    encoding, ending = _best(folder, name)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = send_from_directory(folder, f"{name}{ending}", mimetype=media_type, conditional=True)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = cache_control
    response.vary.add("Accept-Encoding")
    return response


def _best(folder: Path, name: str) -> tuple[str, str]:
    for encoding, ending in _ENCODINGS:
        if request.accept_encodings.quality(encoding) > 0 and (folder / f"{name}{ending}").is_file():
            return encoding, ending
    return "", ""
