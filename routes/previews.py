"""Sending what was made from a model: its GLB, compressed where that serves, or as glTF; pictures, drawings, tables."""

from __future__ import annotations

from pathlib import Path

from flask import Response, request

from models import Artifact, ArtifactKind, CadModel
from models.errors import Invalid, NotFound
from routes.files import disposition, send_stored
from utils import wiring
from utils.cad.step_converter import glb_to_gltf
from utils.storage import Storage

_GLB = "model/gltf-binary"
_YEAR_S = 365 * 24 * 3600


def send_preview(model: CadModel) -> Response:
    """The GLB (metres, Y-up), or one self-contained glTF with `?format=gltf`."""
    wanted = request.args.get("format") or "glb"
    if wanted not in ("glb", "gltf"):
        raise Invalid({"format": ["Must be one of: glb, gltf."]})
    response = _as_gltf(model) if wanted == "gltf" else _as_glb(model)
    response.vary.add("Accept-Encoding")
    return response


def _as_glb(model: CadModel) -> Response:
    glb, packed = model.artifact(ArtifactKind.GLB), model.artifact(ArtifactKind.GLB_GZIP)
    if glb is None:
        raise NotFound("This revision has no preview.", code="no_preview")
    # An address that names the content may be kept for ever; one that means "the current model" may not.
    max_age = _YEAR_S if request.args.get("v") == glb.sha256[:12] else 0
    gzipped = (
        packed is not None and "Range" not in request.headers and request.accept_encodings.quality("gzip") > 0
    )
    sent = packed if packed is not None and gzipped else glb
    return send_stored(
        sent.storage_key,
        size=sent.bytes,
        etag=glb.sha256[:32] + ("-gz" if gzipped else ""),
        media_type=_GLB,
        name=download_name(glb),
        attachment=False,
        max_age=max_age,
        encoding="gzip" if gzipped else None,
    )


def _as_gltf(model: CadModel) -> Response:
    glb = model.artifact(ArtifactKind.GLB)
    if glb is None:
        raise NotFound("This revision has no preview.", code="no_preview")
    with wiring.get(Storage).open(glb.storage_key) as file:
        body = glb_to_gltf(file.read())
    response = Response(body, mimetype="model/gltf+json")
    response.set_etag(f"{glb.sha256[:32]}-gltf")
    response.headers["Content-Disposition"] = disposition(
        "inline", download_name(glb).removesuffix(".glb") + ".gltf"
    )
    response.make_conditional(request.environ)
    return response


def send_made(made: Artifact, *, attachment: bool) -> Response:
    """A file that was made from a model, under a name that says of which."""
    return send_stored(
        made.storage_key,
        size=made.bytes,
        etag=made.sha256[:32],
        media_type=made.media_type,
        name=download_name(made),
        attachment=attachment,
        max_age=_YEAR_S if request.args.get("v") == made.sha256[:12] else 0,
    )


def download_name(made: Artifact) -> str:
    """`gusset.glb`, `gusset-front.png`: what a person finds again in a folder of downloads."""
    if made.model is None:
        return made.name
    stem = Path(made.model.file_name).stem or "model"
    return f"{stem}{Path(made.name).suffix}" if made.kind == ArtifactKind.GLB else f"{stem}-{made.name}"
