"""What follows the preview: exact measures, bill of materials, views and drawing, each published by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import cast

import orjson
from sqlalchemy import delete

from models import ArtifactKind, BomRow, CadModel, StageStatus, db
from utils import live, wiring
from utils.bom.rows import BomRow as Line
from utils.cad.analysis import VERSION, Analysis
from utils.revisions import made
from utils.revisions.made import Made
from utils.storage import Storage

EXACT_KINDS = (ArtifactKind.ANALYSIS, ArtifactKind.SHAPE, ArtifactKind.FACES)


def exact_folder() -> str:
    """What another version of exact reading found lies elsewhere, so that an upgrade reads anew."""
    return f"exact/v{VERSION}"


def keep_exact(analysis: Path, shape: Path, faces: Path) -> list[Made]:
    """Move what exact reading found into the storage. Raises DiskFull."""
    return [
        made.keep(ArtifactKind.ANALYSIS, "analysis.json", analysis, exact_folder()),
        made.keep(ArtifactKind.SHAPE, "shape.bin", shape, exact_folder()),
        made.keep(ArtifactKind.FACES, "faces.bin", faces, exact_folder()),
    ]


def analysis_of(model: CadModel) -> Analysis | None:
    """What exact reading found, or None when the file was not, or could not be, read exactly."""
    kept = model.artifact(ArtifactKind.ANALYSIS)
    return _load(kept.storage_key) if kept is not None else None


def analysis_in(files: Iterable[Made]) -> Analysis:
    """The same from files that were just kept."""
    return next(_load(file.stored.key) for file in files if file.kind == ArtifactKind.ANALYSIS)


@lru_cache(maxsize=8)
def _load(storage_key: str) -> Analysis:
    # The key is the content's hash, so what was read once is true for ever; nobody may change it.
    with wiring.get(Storage).open(storage_key) as file:
        return cast(Analysis, orjson.loads(file.read()))


def publish_exact(model: CadModel, job_id: str, files: Iterable[Made], analysis: Analysis) -> None:
    """The exact box, volume and area take the place of the preview's."""
    made.publish(model, job_id, files)
    low, high = analysis["box"]["low"], analysis["box"]["high"]
    model.bbox_x_mm, model.bbox_y_mm, model.bbox_z_mm = (b - a for a, b in zip(low, high, strict=True))
    model.volume_mm3, model.area_mm2, model.exact = analysis["volume_mm3"], analysis["area_mm2"], True


def publish_bom(model: CadModel, job_id: str, lines: list[Line], exports: Iterable[Made]) -> None:
    """The rows and their exports, in place of what was there; links to parts are kept by place in the tree."""
    linked = {row.path: row.part_id for row in rows_of(model) if row.part_id is not None}
    db.session.execute(delete(BomRow).where(BomRow.model_id == model.id))
    for position, line in enumerate(lines):
        row = BomRow(model_id=model.id, position=position, **asdict(line))
        row.part_id = linked.get(line.path)
        db.session.add(row)
    made.publish(model, job_id, exports)


def rows_of(model: CadModel) -> list[BomRow]:
    return list(
        db.session.scalars(db.select(BomRow).where(BomRow.model_id == model.id).order_by(BomRow.position))
    )


def ended(model: CadModel, stage: str, status: StageStatus, *, code: str = "", message: str = "") -> None:
    """Keep how a stage ended, and let open pages fetch what it brought."""
    model.note_stage(stage, status, code=code, message=message)
    live.publish(
        "model.changed", {"id": model.id, "part": model.part_id, "stage": stage}, part_id=model.part_id
    )
