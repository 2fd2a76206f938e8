"""Why a question got no answer: it was not understood, or the model does not hold what it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import Conflict, Invalid


class NotUnderstood(Invalid):
    """The question is outside the grammar. `details` has the `unknown` words and what one `can` ask instead."""

    def __init__(self, message: str, unknown: Sequence[str] = (), can: Sequence[str] = ()) -> None:
        super().__init__({"query": [message]}, message)
        self.code = "not_understood"
        self.details |= {"unknown": list(unknown), "can": list(can)}


class Ambiguous(NotUnderstood):
    """Every word is known, but it can be read in two ways: for the person to say, and for no language model."""


class Unanswerable(Conflict):
    """The question is understood, but this model cannot answer it: no such face, no exact reading, …"""

    code = "unanswerable"
