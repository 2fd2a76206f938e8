"""The eight views and the small picture for cards, rendered from the preview."""

from __future__ import annotations

from models import ArtifactKind, db
from models.base import only_reading
from models.errors import DiskFull
from utils import wiring
from utils.cad import views
from utils.cad.problems import Unreadable
from utils.revisions import made
from utils.revisions.made import Made
from utils.sandbox import Sandbox
from utils.tasks.step.work import Work

_KINDS = (ArtifactKind.VIEW, ArtifactKind.THUMBNAIL)
STAGE = "thumbnails"


def run(work: Work) -> None:
    if not work.asked_for(STAGE, "No views were asked for."):
        return
    work.ctx.stage(STAGE, 0.7, "Rendering eight views")
    folder = f"views/{views.VIEWS_KEY}"
    with only_reading():
        files = made.cached(work.facts.sha256, _KINDS, folder)
        db.session.rollback()
    try:
        files = files or _render(work, folder)
    except (Unreadable, DiskFull) as error:
        work.fail(STAGE, error)
        return
    work.publish(STAGE, lambda model: made.publish(model, work.ctx.job_id, files))


def _render(work: Work, folder: str) -> list[Made]:
    glb = work.artifact(ArtifactKind.GLB)
    if glb is None:
        raise Unreadable("no_preview", "There is no preview to make pictures of.")
    with views.render(
        wiring.get(Sandbox), glb, limits=work.limits, cancelled=work.ctx.should_stop
    ) as rendered:
        files = [
            made.keep(ArtifactKind.VIEW, f"{name}.png", rendered.paths[name], folder) for name in views.NAMES
        ]
        return [*files, made.keep(ArtifactKind.THUMBNAIL, "thumbnail.webp", rendered.thumbnail, folder)]
