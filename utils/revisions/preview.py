"""The 3D preview of a revision's file, published at once; the same bytes are converted once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models import ArtifactKind, CadModel, ModelStatus, StageStatus, db
from models.actor import SERVER, Actor
from utils import wiring
from utils.cad.step_converter import OPTIONS_KEY
from utils.revisions import made
from utils.revisions.history import trace
from utils.revisions.made import Made
from utils.storage import Storage

_KINDS = (ArtifactKind.GLB, ArtifactKind.GLB_GZIP, ArtifactKind.MESHES)


@dataclass(frozen=True)
class Preview:
    """The stored GLB, its gzip and what its meshes measure; the box (x, y, z in mm) lies along the CAD's own axes."""

    files: list[Made]
    bbox_mm: tuple[float, float, float]
    units: str | None
    schema: str | None


def folder() -> str:
    """Previews made with other options lie elsewhere, so that an upgrade converts anew."""
    return f"previews/{OPTIONS_KEY}"


def keep(glb: Path, glb_gzip: Path, meshes: list[dict[str, Any]]) -> list[Made]:
    """Move a conversion's files into the storage. Raises DiskFull."""
    measured = glb.with_name("meshes.json")
    measured.write_text(json.dumps(meshes, ensure_ascii=False), encoding="utf-8")
    return [
        made.keep(ArtifactKind.GLB, "model.glb", glb, folder()),
        made.keep(ArtifactKind.GLB_GZIP, "model.glb.gz", glb_gzip, folder()),
        made.keep(ArtifactKind.MESHES, "meshes.json", measured, folder()),
    ]


def cached_preview(sha256: str) -> Preview | None:
    """What an earlier revision with the same bytes already gave, if its files are still there."""
    twin = db.session.scalar(
        select(CadModel)
        .where(CadModel.sha256 == sha256, CadModel.status == ModelStatus.READY)
        .order_by(CadModel.id.desc())
        .limit(1)
    )
    files = made.cached(sha256, _KINDS, folder()) if twin is not None else []
    if twin is None or not files:
        return None
    box = (twin.bbox_x_mm or 0.0, twin.bbox_y_mm or 0.0, twin.bbox_z_mm or 0.0)
    return Preview(files, box, twin.units, twin.schema)


def meshes(model: CadModel) -> list[dict[str, Any]]:
    """What each distinct mesh of the preview measures, as `reading.py` says; empty when that was not kept."""
    kept = model.artifact(ArtifactKind.MESHES)
    if kept is None:
        return []
    with wiring.get(Storage).open(kept.storage_key) as file:
        found: list[dict[str, Any]] = json.load(file)
        return found


def publish(model_id: int, job_id: str, preview: Preview) -> None:
    """Make the revision ready, in the caller's transaction."""
    model = db.session.get_one(CadModel, model_id)
    if not model.exact:
        model.bbox_x_mm, model.bbox_y_mm, model.bbox_z_mm = preview.bbox_mm
    model.units, model.schema = preview.units or model.units, preview.schema or model.schema
    model.status, model.error_code, model.error_message = ModelStatus.READY, None, None
    model.note_stage("convert", StageStatus.DONE)
    made.publish(model, job_id, preview.files)
    if model.part is not None:
        by = Actor(model.created_by) if model.created_by else SERVER
        # The demo world is read when the server first starts, yet its past stays in the past.
        at = model.created_at if model.part.demo else None
        trace("revision.ready", model.part, by, {"revision": model.revision}, at=at)
