"""Geometry questions to a model: answered from what was stored, and logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models import ArtifactKind, CadModel, Job, QueryLog, db
from models.actor import Actor
from models.errors import Conflict, DomainError, Invalid, Unavailable
from models.job import OVER
from utils import wiring
from utils.cad.analysis import Analysis
from utils.cad.exact import Kernel, distance
from utils.cad.problems import Unreadable
from utils.providers.chat import Chat
from utils.questions import Measure, Unanswerable, answer
from utils.revisions import results
from utils.sandbox import SandboxUnavailable
from utils.storage import Storage

LONGEST = 500  # characters


@dataclass(frozen=True)
class _Model:
    """What an answer is made from, read before anything is measured: no transaction stays open meanwhile."""

    id: int
    analysis: Analysis
    names: dict[int, str]
    faces_key: str | None


def ask(model: CadModel, query: str, by: Actor) -> dict[str, Any]:
    """The answer to `query`, from the stored analysis. Logged, also when it was not understood.

    Raises Invalid (empty, too long), NotUnderstood, Unanswerable, and Conflict (still being read, or not exactly).
    """
    query = query.strip()
    if not query:
        raise Invalid({"query": ["Ask something, such as “holes diameter < 6 through”."]})
    if len(query) > LONGEST:
        raise Invalid({"query": [f"At most {LONGEST} characters; this has {len(query):,}."]})
    asked = _asked(model)
    db.session.rollback()
    chat = wiring.get(Chat)
    try:
        found = answer(
            query,
            asked.analysis,
            distance=_measure(asked.faces_key),
            chat=chat.complete if chat.ready else None,
            names=asked.names,
        )
    except DomainError as error:
        _log(asked.id, query, by, code=error.code, answer={"sentence": error.message})
        db.session.commit()  # the refusal that follows would take the log along
        raise
    said = {"query": query, **found}
    _log(asked.id, query, by, understood=found["understood"], answer=said)
    return said


def _log(model_id: int, query: str, by: Actor, **said: Any) -> None:
    db.session.add(QueryLog(model_id=model_id, query=query, who=by.name, key_id=by.key_id, **said))


def _asked(model: CadModel) -> _Model:
    analysis = results.analysis_of(model)
    if analysis is None:
        raise _not_exact(model)
    faces = model.artifact(ArtifactKind.FACES)
    names = {row.product: row.part_number for row in results.rows_of(model) if row.product is not None}
    return _Model(model.id, analysis, names, faces.storage_key if faces is not None else None)


def _not_exact(model: CadModel) -> Conflict:
    job = db.session.scalar(
        select(Job).where(Job.model_id == model.id, Job.status.not_in(OVER)).order_by(Job.created_at.desc())
    )
    if job is not None:
        return Conflict(
            f"{model.file_name} is still being read. Ask again when it is done.",
            code="still_reading",
            job=job.id,
        )
    said = model.stages.get("bom", {}).get("message") or model.error_message
    return Conflict(f"Questions need the exact shape. {said or 'It was not read.'}", code="not_exact")


def _measure(faces_key: str | None) -> Measure | None:
    """A callable for the distance between two faces, or None where no kernel is there to measure it."""
    kernel = wiring.get(Kernel)
    if faces_key is None:
        return None

    def measure(part_a: int, face_a: int, part_b: int, face_b: int) -> Any:
        try:
            with wiring.get(Storage).local(faces_key) as path:
                return distance.between(kernel, path, part_a, face_a, part_b, face_b)
        except Unreadable as error:
            raise Unanswerable(error.message, code=error.code) from error
        except SandboxUnavailable as error:
            raise Unavailable(f"Distances cannot be measured now: {error}.") from error

    return measure
