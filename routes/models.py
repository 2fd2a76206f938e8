"""CAD models: one revision's facts and its files."""

from __future__ import annotations

from typing import Any

from models.errors import NotFound
from routes.contract import requires
from routes.previews import send_preview
from routes.reading import Blueprint
from routes.schemas.models import ModelOut
from utils import revisions

bp = Blueprint("models", __name__, url_prefix="/models", description="Revisions of CAD files")


@bp.get("/<int:model_id>")
@requires("parts:read")
@bp.response(200, ModelOut)
def show(model_id: int) -> Any:
    """What was read from one revision."""
    return revisions.get(model_id)


@bp.get("/<int:model_id>/artifacts/<name>")
@requires("parts:read")
@bp.sends("model/gltf-binary", "model/gltf+json", format="`glb`, unless you say `gltf`.")
def artifact(model_id: int, name: str) -> Any:
    """A file made from the revision; `model.glb` is its preview."""
    model = revisions.get(model_id)
    if name != "model.glb" or not model.is_ready:
        raise NotFound(f"Model {model_id} has no file “{name}”.", code="artifact_not_found")
    return send_preview(model)
