"""Sending stored files: ranges, ETags, safe names, and nothing that could run in the page's origin."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import wrap_file

from models import Artifact, CadModel
from utils import wiring
from utils.storage import Storage

# Raster pictures are safe to show in place; everything else that a user uploaded is only handed over.
SHOWN_IN_PLACE = {"image/png", "image/jpeg", "image/webp"}
_CAGE = "default-src 'none'; sandbox"


def disposition(kind: str, name: str) -> str:
    """Content-Disposition for every client (RFC 6266): plain ASCII, and the true name beside it."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def send_stored(
    key: str,
    *,
    size: int,
    etag: str,
    media_type: str,
    name: str,
    attachment: bool,
    max_age: int = 0,
    encoding: str | None = None,
) -> Response:
    """Stream a stored file, or the range of it that was asked. `size` is its length in bytes."""
    stream = wiring.get(Storage).open(key)
    response = Response(wrap_file(request.environ, stream), mimetype=media_type, direct_passthrough=True)
    response.content_length = size
    response.set_etag(etag)
    response.headers["Content-Disposition"] = disposition("attachment" if attachment else "inline", name)
    response.headers["Content-Security-Policy"] = _CAGE
    response.headers["Cache-Control"] = (
        f"private, max-age={max_age}, immutable" if max_age else "private, no-cache"
    )
    if encoding:
        response.headers["Content-Encoding"] = encoding
        response.make_conditional(request.environ)
        return response
    response.make_conditional(request.environ, accept_ranges=_one_range(), complete_length=size)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def send_artifact(artifact: Artifact) -> Response:
    """A kept file under its own name; pictures are shown in place, all else is handed over as a download."""
    return send_stored(
        artifact.storage_key,
        size=artifact.bytes,
        etag=artifact.sha256[:32],
        media_type=artifact.media_type,
        name=artifact.name,
        attachment=artifact.media_type not in SHOWN_IN_PLACE,
    )


def send_source(model: CadModel, *, attachment: bool) -> Response:
    """The STEP file as it was uploaded."""
    return send_stored(
        model.storage_key,
        size=model.bytes,
        etag=model.sha256[:32],
        media_type="model/step",
        name=model.file_name,
        attachment=attachment,
    )


def _one_range() -> bool:
    """Whether one range of bytes is asked for; what else `Range` may hold is passed over (RFC 9110, 14.2)."""
    asked = request.range
    return asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
