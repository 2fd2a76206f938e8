"""The generated drawing, from the exact shape: a sheet as SVG, PDF and DXF."""

from __future__ import annotations

from models import ArtifactKind, CadModel, db, utc_now
from models.base import only_reading
from models.errors import DiskFull
from utils import wiring
from utils.cad import drawing
from utils.cad.drawing import TitleBlock
from utils.cad.exact import Kernel
from utils.cad.problems import Unreadable
from utils.revisions import made
from utils.revisions.made import Made
from utils.tasks.step.work import Work

STAGE = "diagram"


def run(work: Work) -> None:
    if not work.asked_for(STAGE, "No drawing was asked for."):
        return
    shape, analysis = work.artifact(ArtifactKind.SHAPE), work.artifact(ArtifactKind.ANALYSIS)
    if shape is None or analysis is None:
        work.skip(STAGE, f"A drawing needs the exact shape. {_why_not(work)}")
        return
    work.ctx.stage(STAGE, 0.85, "Drawing the sheet")
    try:
        with drawing.draw(
            wiring.get(Kernel),
            shape,
            analysis,
            mode=work.facts.options["diagram_mode"],
            title=_title(work),
            limits=work.limits,
            cancelled=work.ctx.should_stop,
        ) as drawn:
            files, notes = _keep(drawn), list(drawn.notes)
    except (Unreadable, DiskFull) as error:
        work.fail(STAGE, error)
        return
    work.publish(STAGE, lambda model: made.publish(model, work.ctx.job_id, files), message=" ".join(notes))


def _why_not(work: Work) -> str:
    with only_reading():
        said = db.session.get_one(CadModel, work.model_id).stages.get("bom", {}).get("message")
        db.session.rollback()
    return said or "The file was not read exactly."


def _keep(drawn: drawing.Drawing) -> list[Made]:
    folder = f"drawings/{drawing.DRAWING_KEY}"
    paths = {"drawing.svg": drawn.svg, "drawing.pdf": drawn.pdf, "drawing.dxf": drawn.dxf}
    return [made.keep(ArtifactKind.DRAWING, name, path, folder) for name, path in paths.items()]


def _title(work: Work) -> TitleBlock:
    facts = work.facts
    return TitleBlock(
        part_name=facts.part_name,
        part_number=facts.part_number,
        revision=facts.revision,
        material=" ".join(filter(None, (facts.material, facts.thickness))),
        file_name=facts.file_name,
        date=utc_now().date().isoformat(),
        file_units=facts.units,
    )
