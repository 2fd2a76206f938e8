"""Answers a question about a model's geometry from its analysis: the file itself is never read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from utils.cad.analysis import Analysis
from utils.questions.answers.holes import holes
from utils.questions.answers.model import Answer, Draft, Measure, Model
from utils.questions.answers.pairs import angle_of, distance_of
from utils.questions.answers.spacing import spacing_of
from utils.questions.answers.surfaces import face_of, faces_of, fillets_of
from utils.questions.answers.whole import (
    area_of,
    bbox_of,
    centre_of,
    mass_of,
    parts_of,
    solids_of,
    thickness_of,
    volume_of,
)
from utils.questions.grammar import EXAMPLES
from utils.questions.interpreting import Chat, interpret
from utils.questions.parser import parse
from utils.questions.problems import Ambiguous, NotUnderstood
from utils.questions.question import Question


def help_of(model: Model, question: Question) -> Draft:
    draft = Draft(
        "Ask about volume, area, size, mass, thickness, holes, fillets, faces and parts; for example as listed."
    )
    draft.rows = [{"ask": asked, "answers": said} for asked, _, said in EXAMPLES]
    return draft


_ANSWERS: dict[str, Callable[[Model, Question], Draft]] = {
    "volume": volume_of,
    "area": area_of,
    "bbox": bbox_of,
    "mass": mass_of,
    "centre": centre_of,
    "holes": holes,
    "fillets": fillets_of,
    "thickness": thickness_of,
    "faces": faces_of,
    "face": face_of,
    "angle": angle_of,
    "spacing": spacing_of,
    "parts": parts_of,
    "solids": solids_of,
    "help": help_of,
}


def answer(
    query: str,
    analysis: Analysis,
    *,
    distance: Measure | None = None,
    chat: Chat | None = None,
    names: Mapping[int, str] | None = None,
) -> Answer:
    """The answer to `query`, in numbers and with the faces that prove it.

    `distance` measures between two faces, by their places in the analysis' lists; `names` has parts' names by their
    product's number. `chat` is asked only for what the grammar does not know, and only to say it in the grammar.
    Raises NotUnderstood, and Unanswerable for what this model or this server does not have.
    """
    question, interpreted = _understood(query, chat)
    model = Model(analysis, names or {})
    if question.subject == "distance":
        draft = distance_of(model, question, distance)
    else:
        draft = _ANSWERS[question.subject](model, question)
    return {
        "understood": question.canonical,
        "interpreted": interpreted,
        "sentence": draft.sentence[:1].upper() + draft.sentence[1:],
        "values": draft.values,
        "rows": draft.rows,
        "faces": draft.faces,
        "notes": draft.notes,
    }


def _understood(query: str, chat: Chat | None) -> tuple[Question, bool]:
    try:
        return parse(query), False
    except NotUnderstood as refusal:
        if chat is None or isinstance(refusal, Ambiguous) or not query.strip():
            raise
        try:
            return interpret(query, chat), True
        except NotUnderstood as error:
            # What the person wrote matters to them, not what a model made of it.
            raise NotUnderstood(
                f"{refusal.message} {error.message}", refusal.details["unknown"], refusal.details["can"]
            ) from error
