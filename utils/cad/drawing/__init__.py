"""Dimensioned drawings of what exact reading found: ``draw`` makes SVG, PDF and DXF in a child of the kernel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from utils.cad.drawing.title import TitleBlock
from utils.cad.problems import Unreadable
from utils.sandbox import Limits, MadeByRun, Outcome, SandboxUnavailable

__all__ = ["DRAWING_KEY", "MODES", "PRELOAD", "Drawing", "TitleBlock", "draw"]

MODES = ("external", "holes", "flat", "active_area")
DRAWING_KEY = "drawing2"  # of everything that changes a drawing of the same shape, mode and title block

# for the kernel's fork server: saves each drawing the import of the writers (about half a second)
PRELOAD = ("utils.cad.drawing.child.body",)

_BODY = "utils.cad.drawing.child.body:draw"
_SHAPE, _ANALYSIS = "shape.bin", "analysis.json"  # as the body expects them
_SVG, _PDF, _DXF = "drawing.svg", "drawing.pdf", "drawing.dxf"
# exact hidden-line removal never ends on some threads; facets take a second for what is exact in a minute
_EXACT_SHARE = 0.3  # of the time limits, and at most:
_EXACT_MOST_S = 30
_NOT_AGAIN = (None, "cancelled", "error", "output")


class Runs(Protocol):
    """What runs bodies in children: ``utils.cad.exact.Kernel``, or a sandbox."""

    def run(
        self,
        body: str,
        args: Mapping[str, Any],
        *,
        inputs: Mapping[str, Path],
        limits: Limits,
        cancelled: Callable[[], bool] = ...,
    ) -> Outcome: ...


@dataclass
class Drawing(MadeByRun):
    """A finished sheet; its files go with ``discard()`` or at the end of a ``with`` block.

    ``notes`` are the sentences that stand on it or explain it: what was left out, what is approximate.
    """

    notes: list[str]
    exact: bool  # False when hidden lines were found from facets
    seconds: float
    _outcome: Outcome = field(repr=False)

    @property
    def svg(self) -> Path:
        return self._outcome.folder / _SVG

    @property
    def pdf(self) -> Path:
        return self._outcome.folder / _PDF

    @property
    def dxf(self) -> Path:
        """The sheet at paper size; in mode ``flat`` the outline alone, 1:1."""
        return self._outcome.folder / _DXF


def draw(
    kernel: Runs,
    shape: Path,
    analysis: Path,
    *,
    mode: str,
    title: TitleBlock,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Drawing:
    """Draw ``shape`` (``shape.bin``) with what ``analysis`` (``analysis.json``) says of it, in one of ``MODES``.

    The same inputs give the same bytes. Raises Unreadable with a reason (nothing is left behind then), and
    ValueError for a mode that there is not.
    """
    if mode not in MODES:
        raise ValueError(f"no such mode of drawing: {mode!r}")
    limits = limits or Limits()
    started = time.monotonic()
    args = {"mode": mode, "title": asdict(title)}
    inputs = {_SHAPE: shape, _ANALYSIS: analysis}
    try:
        first = replace(
            limits,
            cpu_s=min(_EXACT_MOST_S, max(1, round(limits.cpu_s * _EXACT_SHARE))),
            wall_s=limits.wall_s * _EXACT_SHARE,
        )
        outcome = kernel.run(
            _BODY, {**args, "method": "exact"}, inputs=inputs, limits=first, cancelled=cancelled
        )
        if outcome.died_of not in _NOT_AGAIN:
            outcome.discard()
            rest = replace(limits, wall_s=max(1.0, limits.wall_s - (time.monotonic() - started)))
            outcome = kernel.run(
                _BODY, {**args, "method": "facets"}, inputs=inputs, limits=rest, cancelled=cancelled
            )
    except SandboxUnavailable as error:
        raise Unreadable("drawing_unavailable", f"No drawing could be made: {error}.") from error
    problem = _explain(outcome, limits)
    if problem:
        problem.log = outcome.log
        outcome.discard()
        raise problem
    return Drawing(outcome.result["notes"], outcome.result["exact"], time.monotonic() - started, outcome)


def _explain(outcome: Outcome, limits: Limits) -> Unreadable | None:
    """Why there is no drawing, None when there is one."""
    if outcome.died_of is None:
        refused = outcome.result.get("refused")
        return Unreadable(*refused) if refused else None
    if outcome.died_of == "cancelled":
        return Unreadable("cancelled", "The drawing was cancelled.")
    if outcome.died_of in ("wall", "cpu"):
        return Unreadable("took_too_long", f"The drawing took longer than {limits.wall_s:,.0f} s. {_SIMPLER}")
    if outcome.died_of == "memory":
        return Unreadable("out_of_memory", f"The drawing takes more than {limits.memory_mb:,} MB. {_SIMPLER}")
    if outcome.died_of == "output":
        return Unreadable(
            "output_too_large", f"The drawing would be larger than {limits.output_mb:,} MB. {_SIMPLER}"
        )
    return Unreadable("drawing_failed", f"The CAD kernel could not draw this shape. {_SIMPLER}")


_SIMPLER = "Simplify the model or export its parts one by one."
