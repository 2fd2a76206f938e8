"""Files made from a revision: rows that name stored files; what is made again replaces what was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models import Artifact, CadModel, db
from utils import wiring
from utils.storage import Storage, Stored

_MEDIA_TYPES = {
    ".glb": "model/gltf-binary",
    ".gz": "model/gltf-binary",
    ".json": "application/json",
    ".bin": "application/octet-stream",
    ".png": "image/png",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".dxf": "image/vnd.dxf",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Made:
    """A stored file that is to hang on a revision under `name`, which no other file of it has."""

    kind: str
    name: str
    stored: Stored

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[Path(self.name).suffix]


def keep(kind: str, name: str, path: Path, folder: str) -> Made:
    """Move a finished file into the storage. Raises DiskFull."""
    return Made(kind, name, wiring.get(Storage).put(path, folder))


def publish(model: CadModel, job_id: str, files: Iterable[Made]) -> None:
    """Hang `files` on the revision in the caller's transaction, in place of those of the same kinds."""
    files = list(files)
    for former in model.artifacts_of(*{file.kind for file in files}):
        db.session.delete(former)
    for file in files:
        db.session.add(
            Artifact(
                kind=file.kind,
                name=file.name,
                storage_key=file.stored.key,
                bytes=file.stored.bytes,
                sha256=file.stored.sha256,
                media_type=file.media_type,
                model_id=model.id,
                job_id=job_id,
                part_id=model.part_id,
            )
        )
    db.session.flush()
    db.session.expire(model, ["artifacts", "shown_files"])


def cached(sha256: str, kinds: Iterable[str], folder: str) -> list[Made]:
    """What was made in `folder`'s way from another revision with the same bytes, if all of it is still there.

    Empty when it was never made. The folder's name tells the options, so an upgrade makes it anew.
    """
    kinds = set(kinds)
    wanted = (
        select(Artifact)
        .join(CadModel, CadModel.id == Artifact.model_id)
        .where(
            CadModel.sha256 == sha256, Artifact.kind.in_(kinds), Artifact.storage_key.startswith(f"{folder}/")
        )
        .order_by(Artifact.model_id.desc(), Artifact.id)
    )
    by_model: dict[int | None, list[Artifact]] = {}
    for artifact in db.session.scalars(wanted):
        by_model.setdefault(artifact.model_id, []).append(artifact)
    storage = wiring.get(Storage)
    for found in by_model.values():
        if {a.kind for a in found} == kinds and all(storage.hold(a.storage_key) for a in found):
            return [Made(a.kind, a.name, Stored(a.storage_key, a.sha256, a.bytes)) for a in found]
    return []
