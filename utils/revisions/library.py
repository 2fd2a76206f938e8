"""Files that belong to no part yet: found, given to a part, taken out and brought back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select, update

from models import Artifact, BomRow, CadModel, Job, Part, db, utc_now
from models.actor import Actor
from models.errors import Conflict, NotFound
from utils import activity, live
from utils.revisions.history import next_number, trace

RESTORABLE = timedelta(days=30)


def find(
    *, search: str = "", status: str | None = None, part: int | None = None, library: bool = False
) -> Select[CadModel]:
    """Models that are there, in no order; `search` looks in the file's name and in its bill of materials."""
    wanted = select(CadModel).where(CadModel.deleted_at.is_(None))
    if library:
        wanted = wanted.where(CadModel.part_id.is_(None))
    if part is not None:
        wanted = wanted.where(CadModel.part_id == part)
    if status:
        wanted = wanted.where(CadModel.status == status)
    for word in search.split():
        inside = select(BomRow.model_id).where(
            BomRow.part_number.icontains(word, autoescape=True)
            | BomRow.part_description.icontains(word, autoescape=True)
        )
        wanted = wanted.where(CadModel.file_name.icontains(word, autoescape=True) | CadModel.id.in_(inside))
    return wanted


def attach(model: CadModel, part: Part, by: Actor) -> None:
    """Make a file of the library the part's next revision. Raises Conflict when it is another part's."""
    if model.part_id == part.id:
        return
    if model.part is not None:
        raise Conflict(
            f"{model.file_name} is revision {model.revision} of {model.part.label} already. "
            "Upload the file to this part instead.",
            code="model_attached",
            part=model.part_id,
        )
    model.number = next_number(part)
    model.part = part
    _carry(model, part.id)
    part.file = model.file_name
    trace("revision.attached", part, by, {"revision": model.revision, "file": model.file_name})
    _tell(model)


def detach(model: CadModel, by: Actor) -> None:
    """Give the newest revision back to the library. Raises Conflict when a newer one stands on it."""
    part = model.part
    if part is None:
        return
    if model.number != next_number(part) - 1:
        raise Conflict(
            f"Only the newest revision can be taken off; {model.revision} of {part.label} has a newer one.",
            code="not_newest",
        )
    before = {"revision": model.revision, "file": model.file_name}
    model.part, model.number = None, 1
    _carry(model, None)
    db.session.flush()
    db.session.expire(part, ["models"])
    part.file = part.models[0].file_name if part.models else None
    part.updated_at = utc_now()
    activity.record("revision.detached", part, by, before=before)
    live.announce(part, "revision.detached")
    _tell(model)


def _carry(model: CadModel, part_id: int | None) -> None:
    db.session.flush()
    for kind in (Job, Artifact):
        db.session.execute(update(kind).where(kind.model_id == model.id).values(part_id=part_id))


def remove(model: CadModel) -> None:
    """Take a file out of the library; it can be brought back for RESTORABLE. A part's revisions stay."""
    if model.part_id is not None:
        raise Conflict(
            f"{model.file_name} is revision {model.revision} of a part; its history stays whole.",
            code="model_attached",
            part=model.part_id,
        )
    model.deleted_at = utc_now()
    _tell(model)


def restore(model_id: int) -> CadModel:
    model = db.session.get(CadModel, model_id)
    if model is None or (model.deleted_at is not None and model.deleted_at < utc_now() - RESTORABLE):
        raise NotFound(f"There is no model {model_id} that could be brought back.", code="model_not_found")
    model.deleted_at = None
    _tell(model)
    return model


def _tell(model: CadModel) -> None:
    """Let open pages show or drop it: it went out of the library, or into it."""
    gone = model.deleted_at is not None
    live.publish("model.changed", {"id": model.id, "part": model.part_id, "deleted": gone})
