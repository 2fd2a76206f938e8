"""Exact measures and the bill of materials; where nothing can be read exactly, the preview's measures do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from models import ArtifactKind, CadModel, db
from models.base import only_reading
from models.errors import DiskFull
from utils import wiring
from utils.bom import export, glossary
from utils.bom.rows import BomRow, rows
from utils.bom.translate import translate
from utils.cad import exact
from utils.cad.analysis import Analysis
from utils.cad.exact import Kernel
from utils.cad.problems import Unreadable
from utils.providers.chat import Chat
from utils.revisions import made, preview, results
from utils.revisions.made import Made
from utils.tasks.step import measuring
from utils.tasks.step.work import Work

STAGE = "bom"


@dataclass(frozen=True)
class Exact:
    """What was read exactly, or in `reason` why not."""

    files: list[Made]
    analysis: Analysis | None
    reason: Unreadable | None = None


def run(work: Work) -> None:
    if not work.asked_for(STAGE, "No bill of materials was asked for."):
        return
    work.ctx.stage(STAGE, 0.4, "Reading the product tree and the exact shape")
    try:
        found = _read_exactly(work)
        lines = _lines(work, found.analysis)
        exports = list(_exports(work, lines))
    except (Unreadable, DiskFull) as error:
        work.fail(STAGE, error)
        return
    reason = found.reason
    work.publish(
        STAGE,
        lambda model: _put(model, work.ctx.job_id, found, lines, exports),
        code=reason.code if reason else "",
        message=reason.message if reason else "",
    )


def _read_exactly(work: Work) -> Exact:
    with only_reading():
        known = made.cached(work.facts.sha256, results.EXACT_KINDS, results.exact_folder())
        db.session.rollback()
    if known:
        return Exact(known, results.analysis_in(known))
    kernel, glb = wiring.get(Kernel), work.artifact(ArtifactKind.GLB)
    missing = kernel.why_not()
    if missing is not None or glb is None:
        reason = missing or "There is no preview to number its faces by."
        return Exact([], None, Unreadable("exact_unavailable", reason))
    try:
        with exact.analyse(
            kernel, work.prepared.neutral, glb, limits=work.limits, cancelled=work.ctx.should_stop
        ) as found:
            work.ctx.log(found.log)
            analysis = found.analysis  # read before its file moves into the storage
            kept = results.keep_exact(found.analysis_path, found.shape_path, found.faces_path)
            return Exact(kept, analysis)
    except Unreadable as error:
        work.ctx.checkpoint()  # a child that was killed because of a cancel is no fault of the file
        work.ctx.log(f"{error.log}exact reading: {error.message}\n")
        return Exact([], None, error)


def _lines(work: Work, analysis: Analysis | None) -> list[BomRow]:
    with only_reading():
        meshes = preview.meshes(db.session.get_one(CadModel, work.model_id))
        db.session.rollback()
    measures, bodies = measuring.measured(work.prepared.tree, analysis, meshes)
    found = rows(work.prepared.tree, measures, bodies)
    return _in_english(work, found) if work.facts.options["translate"] else found


def _in_english(work: Work, found: list[BomRow]) -> list[BomRow]:
    def told(done: int, total: int) -> None:
        work.ctx.progress(0.6 + 0.08 * done / max(1, total), f"Translating names: {done} of {total}")

    own = wiring.get(Settings).glossary_file
    terms, complaints = glossary.load(Path(own) if own else None)
    for complaint in complaints:
        work.ctx.log(f"glossary: {complaint}\n")
    return translate(
        found,
        chat=wiring.get(Chat),
        glossary=terms,
        progress=told,
        cancelled=work.ctx.should_stop,
        problem=lambda sentence: work.ctx.log(f"translation: {sentence}\n"),
    )


def _exports(work: Work, lines: list[BomRow]) -> Iterator[Made]:
    """The bill of materials as files."""
    for name, content in (("bom.csv", export.as_csv(lines)), ("bom.xlsx", export.as_xlsx(lines))):
        path = work.folder / name
        path.write_bytes(content)
        yield made.keep(ArtifactKind.BOM, name, path, "boms")


def _put(model: CadModel, job_id: str, found: Exact, lines: list[BomRow], exports: list[Made]) -> None:
    if found.analysis is not None:
        results.publish_exact(model, job_id, found.files, found.analysis)
        model.distinct_parts, model.instances = len(found.analysis["parts"]), found.analysis["instances"]
    else:
        model.exact = False
        model.distinct_parts, model.instances = measuring.counted(preview.meshes(model))
    results.publish_bom(model, job_id, lines, exports)
