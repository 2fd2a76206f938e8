"""What was read from a revision's file, published at once; the same bytes are converted once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models import Artifact, ArtifactKind, CadModel, ModelStatus, db
from models.actor import SERVER, Actor
from utils import wiring
from utils.cad.step_converter import OPTIONS_KEY
from utils.revisions.history import trace
from utils.storage import Storage, Stored

_GLB = "model/gltf-binary"


@dataclass(frozen=True)
class Preview:
    """The stored GLB, its gzip, and the mesh's box (x, y, z in mm, the CAD's own axes)."""

    glb: Stored
    glb_gzip: Stored
    bbox_mm: tuple[float, float, float]
    units: str | None
    schema: str | None


def folder() -> str:
    """Previews made with other options lie elsewhere, so that an upgrade converts anew."""
    return f"previews/{OPTIONS_KEY}"


def keep(glb: Path, glb_gzip: Path) -> tuple[Stored, Stored]:
    storage = wiring.get(Storage)
    return storage.put(glb, folder()), storage.put(glb_gzip, folder())


def cached_preview(sha256: str) -> Preview | None:
    """What an earlier revision with the same bytes already gave, if its files are still there."""
    storage = wiring.get(Storage)
    twins = select(CadModel).where(CadModel.sha256 == sha256, CadModel.status == ModelStatus.READY)
    for twin in db.session.scalars(twins.order_by(CadModel.id.desc()).limit(5)):
        glb, glb_gzip = twin.artifact(ArtifactKind.GLB), twin.artifact(ArtifactKind.GLB_GZIP)
        if glb is None or glb_gzip is None or not glb.storage_key.startswith(f"{folder()}/"):
            continue
        if storage.exists(glb.storage_key) and storage.exists(glb_gzip.storage_key):
            box = (twin.bbox_x_mm or 0.0, twin.bbox_y_mm or 0.0, twin.bbox_z_mm or 0.0)
            return Preview(_stored(glb), _stored(glb_gzip), box, twin.units, twin.schema)
    return None


def _stored(artifact: Artifact) -> Stored:
    return Stored(artifact.storage_key, artifact.sha256, artifact.bytes)


def publish(model_id: int, job_id: str, preview: Preview) -> None:
    """Make the revision ready, in the transaction that ends its job."""
    model = db.session.get_one(CadModel, model_id)
    model.bbox_x_mm, model.bbox_y_mm, model.bbox_z_mm = preview.bbox_mm
    model.units, model.schema = preview.units or model.units, preview.schema or model.schema
    model.status, model.error_code, model.error_message = ModelStatus.READY, None, None
    stem = Path(model.file_name).stem or "model"
    for kind, stored, name in (
        (ArtifactKind.GLB, preview.glb, f"{stem}.glb"),
        (ArtifactKind.GLB_GZIP, preview.glb_gzip, f"{stem}.glb.gz"),
    ):
        db.session.add(
            Artifact(
                kind=kind,
                name=name,
                storage_key=stored.key,
                bytes=stored.bytes,
                sha256=stored.sha256,
                media_type=_GLB,
                model_id=model.id,
                job_id=job_id,
                part_id=model.part_id,
            )
        )
    if model.part is not None:
        by = Actor(model.created_by) if model.created_by else SERVER
        # The demo world is read when the server first starts, yet its past stays in the past.
        at = model.created_at if model.part.demo else None
        trace("revision.ready", model.part, by, {"revision": model.revision}, at=at)
