"""Takes the demo world out in one go: its parts, what hangs on them, and the files that nobody else needs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, delete, event, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from models import Activity, Artifact, CadModel, Claim, Comment, Event, Job, Part, Project, db
from utils import live, wiring
from utils.demo.world import PROJECT
from utils.storage import Storage


def remove() -> int:
    """Delete every demo part for good and answer how many there were.

    A part that a person made is never touched, even when it stands in the demo's project. The caller commits; files
    are deleted after that, so that a failed commit loses none.
    """
    parts = select(Part.id).where(Part.demo)
    gone = list(db.session.scalars(parts))
    if not gone:
        return 0
    models = select(CadModel.id).where(CadModel.part_id.in_(parts))
    jobs = select(Job.id).where(or_(Job.part_id.in_(parts), Job.model_id.in_(models)))
    artifacts = or_(Artifact.part_id.in_(parts), Artifact.model_id.in_(models), Artifact.job_id.in_(jobs))
    keys = _storage_keys(artifacts, parts)
    for table, rows in (
        (Artifact, artifacts),
        (Event, Event.part_id.in_(parts)),
        (Activity, Activity.part_id.in_(parts)),
        (Comment, Comment.part_id.in_(parts)),
        (Claim, Claim.part_id.in_(parts)),
        (Job, or_(Job.part_id.in_(parts), Job.model_id.in_(models))),
        (CadModel, CadModel.part_id.in_(parts)),
        (Part, Part.demo),
    ):
        db.session.execute(delete(table).where(rows).execution_options(synchronize_session=False))
    db.session.expire_all()
    _drop_empty_project()
    for part_id in gone:
        live.publish("part.deleted", {"id": part_id}, part_id=part_id)
    _delete_files_after_commit(keys - _still_used(keys))
    return len(gone)


def _storage_keys(artifacts: ColumnElement[bool], parts: Select[Any]) -> set[str]:
    of_models = select(CadModel.storage_key).where(CadModel.part_id.in_(parts))
    return {
        *db.session.scalars(select(Artifact.storage_key).where(artifacts)),
        *db.session.scalars(of_models),
    }


def _still_used(keys: set[str]) -> set[str]:
    """Those of the keys that rows outside the demo world share: equal bytes are stored once."""

    def held(column: InstrumentedAttribute[str]) -> set[str]:
        return set(db.session.scalars(select(column).where(column.in_(keys))))

    return held(Artifact.storage_key) | held(CadModel.storage_key)


def _drop_empty_project() -> None:
    project = db.session.scalar(select(Project).where(Project.name == PROJECT))
    if (
        project is not None
        and db.session.scalar(select(Part.id).where(Part.project_id == project.id)) is None
    ):
        db.session.delete(project)


def _delete_files_after_commit(keys: set[str]) -> None:
    storage, session, wanted = wiring.get(Storage), db.session(), set(keys)

    def keep_files(_session: object, _to: object = None) -> None:
        wanted.clear()

    def delete_files(_session: object) -> None:
        while wanted:
            storage.delete(wanted.pop())

    event.listen(session, "after_soft_rollback", keep_files, once=True)
    event.listen(session, "after_commit", delete_files, once=True)
