"""The one error of the set-up: a sentence for the person at the terminal."""

from __future__ import annotations


class SetupFailure(Exception):
    """The set-up cannot go on; the text is one clear sentence that says what to do."""
