"""Reading a STEP file: the preview first, so that a person sees the part."""

from __future__ import annotations

from config import Settings
from models import db
from models.base import only_reading
from utils import revisions, wiring
from utils.cad import step_converter
from utils.cad.step_converter import Unreadable
from utils.jobs import JobContext, JobFailed, body
from utils.revisions import preview
from utils.revisions.history import STEP_JOB
from utils.revisions.preview import Preview
from utils.sandbox import Limits, Sandbox
from utils.storage import Storage


@body(STEP_JOB, on_failure=revisions.mark_failed)
def read_step(ctx: JobContext) -> None:
    """loading → convert → collect; the worker ends it with `done`."""
    if ctx.model_id is None:
        raise JobFailed("no_model", "This job names no file.")
    ctx.stage("loading", 0.05, "Looking whether these bytes were read before")
    with only_reading():
        model = revisions.get(ctx.model_id)
        key, known = model.storage_key, preview.cached_preview(model.sha256)
        db.session.rollback()
    found = known or _convert(ctx, key)
    ctx.stage("collect", 0.9, "Storing the preview")
    preview.publish(ctx.model_id, ctx.job_id, found)


def _convert(ctx: JobContext, key: str) -> Preview:
    ctx.stage("convert", 0.1, "Making the 3D preview")
    settings = wiring.get(Settings)
    limits = Limits(settings.convert_memory_mb, settings.convert_cpu_s, settings.convert_timeout_s)
    try:
        with (
            wiring.get(Storage).local(key) as source,
            step_converter.convert(
                wiring.get(Sandbox), source, limits=limits, cancelled=ctx.should_stop
            ) as conversion,
        ):
            files = preview.keep(conversion.glb_path, conversion.gz_path, [])
            return Preview(files, conversion.bbox_mm, conversion.units, conversion.schema)
    except Unreadable as error:
        ctx.checkpoint()  # a child that was killed because of a cancel is no unreadable file
        raise JobFailed(error.code, error.message) from error
