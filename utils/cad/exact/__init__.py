"""Exact reading of STEP files: ``analyse`` has the CAD kernel measure a file in a child process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from utils.cad.analysis import Analysis
from utils.cad.exact.failures import explain
from utils.cad.exact.kernel import Kernel
from utils.cad.problems import Unreadable
from utils.sandbox import Limits, MadeByRun, Outcome, SandboxUnavailable

__all__ = ["Analysed", "Kernel", "analyse"]

_INPUT, _GLB = "input.step", "model.glb"  # as the body expects them
_ANALYSIS, _SHAPE, _FACES = "analysis.json", "shape.bin", "faces.bin"


@dataclass
class Analysed(MadeByRun):
    """What exact reading found; its files go with ``discard()`` or at the end of a ``with`` block."""

    parts: int
    faces: int
    unnumbered: int  # faces that the preview does not show
    log: str
    seconds: float
    _outcome: Outcome = field(repr=False)

    @cached_property
    def analysis(self) -> Analysis:
        found: Analysis = json.loads(self.analysis_path.read_text(encoding="utf-8"))
        return found

    @property
    def analysis_path(self) -> Path:
        """The analysis as JSON, see ``utils.cad.analysis``."""
        return self._outcome.folder / _ANALYSIS

    @property
    def shape_path(self) -> Path:
        """The exact shapes in the kernel's own format, for drawings later on."""
        return self._outcome.folder / _SHAPE

    @property
    def faces_path(self) -> Path:
        """Each exact face by itself, for distances."""
        return self._outcome.folder / _FACES


def analyse(
    kernel: Kernel,
    step: Path,
    glb: Path,
    *,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Analysed:
    """Measure ``step``, a neutral copy, and number its faces as its preview ``glb`` does.

    Raises Unreadable with a reason; then nothing is left behind.
    """
    limits = limits or Limits()
    try:
        outcome = kernel.run(
            "utils.cad.exact.child.reading:read",
            {},
            inputs={_INPUT: step, _GLB: glb},
            limits=limits,
            cancelled=cancelled,
        )
    except SandboxUnavailable as error:
        raise Unreadable(
            "exact_unavailable", kernel.why_not() or f"Exact reading failed: {error}."
        ) from error
    problem = explain(kernel, outcome, limits)
    if problem:
        problem.log = outcome.log
        outcome.discard()
        raise problem
    found = outcome.result
    return Analysed(
        found["parts"], found["faces"], found["unnumbered"], outcome.log, outcome.seconds, outcome
    )
