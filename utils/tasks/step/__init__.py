"""Reading a STEP file, stage by stage: the preview first, so that a person sees the part; each result at once."""

from __future__ import annotations

from utils import revisions
from utils.jobs import JobContext, JobFailed, body
from utils.revisions.history import STEP_JOB
from utils.tasks.step import bom, convert, diagram, thumbnails
from utils.tasks.step.work import Work

__all__ = ["read_step"]


@body(STEP_JOB, on_failure=revisions.mark_failed, on_expiry=revisions.mark_expired)
def read_step(ctx: JobContext) -> None:
    """loading → convert → bom → thumbnails → diagram → collect; the worker ends it with `done`.

    A stage that is done already is passed over, so a job that was interrupted goes on where it was. Only a file
    without a preview fails its job: what else cannot be made is noted at the model, and the rest stands.
    """
    if ctx.model_id is None:
        raise JobFailed("no_model", "This job names no file.")
    ctx.stage("loading", 0.02, "Looking at the file")
    with Work.open(ctx, ctx.model_id) as work:
        convert.run(work)
        ctx.give_way()
        bom.run(work)
        thumbnails.run(work)
        diagram.run(work)
        ctx.stage("collect", 0.97, "Putting everything in its place")
