"""The first stage: the 3D preview, or the reason why there is none."""

from __future__ import annotations

from dataclasses import asdict

from config import Settings
from models import db
from models.base import only_reading
from utils import wiring
from utils.cad import step_converter
from utils.cad.problems import Unreadable
from utils.jobs import JobFailed
from utils.revisions import preview
from utils.revisions.preview import Preview
from utils.sandbox import Limits, Sandbox
from utils.tasks.step.work import Work


def run(work: Work) -> None:
    """Make the model ready. Raises JobFailed with what is wrong with the file."""
    if work.facts.ready and not work.wanted("convert"):
        return
    with only_reading():
        known = preview.cached_preview(work.facts.sha256)
        db.session.rollback()
    if known is not None:
        work.ctx.log("These bytes were converted before.\n")
    found = known or _convert(work)
    work.ctx.checkpoint()
    preview.publish(work.model_id, work.ctx.job_id, found)
    work.ctx.commit()


def _convert(work: Work) -> Preview:
    work.ctx.stage("convert", 0.05, "Making the 3D preview")
    settings = wiring.get(Settings)
    limits = Limits(settings.convert_memory_mb, settings.convert_cpu_s, settings.convert_timeout_s)
    try:
        with step_converter.convert(
            wiring.get(Sandbox), work.prepared, limits=limits, cancelled=work.ctx.should_stop
        ) as made:
            work.ctx.log(made.log)
            files = preview.keep(made.glb_path, made.gz_path, [asdict(mesh) for mesh in made.meshes_found])
            return Preview(files, made.bbox_mm, made.units, made.schema)
    except Unreadable as error:
        work.ctx.log(error.log)
        work.ctx.checkpoint()  # a child that was killed because of a cancel is no unreadable file
        raise JobFailed(error.code, error.message) from error
