"""Pictures of a part without a display: ``render`` draws a GLB's eight named views and a thumbnail in a sandbox.

What is seen is found by a depth buffer in NumPy. On a picture of this size it is as fast as casting rays with Embree,
needs no native library, and runs on every platform. The views' directions stand in ``utils.cad.views.camera``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from utils.cad import problems
from utils.cad.problems import Unreadable
from utils.cad.views.camera import NAMES
from utils.sandbox import Limits, MadeByRun, Outcome, Sandbox

__all__ = ["NAMES", "SIZE", "VIEWS_KEY", "Views", "render"]

SIZE = 512  # pixels on each side of a view

_OPTIONS: dict[str, Any] = {
    "size": SIZE,
    "lines": (1, 1),  # by how many cells outlines and sharp edges are widened
    "small_bytes": 40_000,
    "thumbnail": 256,  # pixels on each side
    "thumbnail_lines": (3, 2),
    "webp_quality": 82,
}
_VERSION = 2  # of everything that changes a picture for the same GLB and options
_INPUT, _THUMBNAIL = "model.glb", "thumbnail.webp"

VIEWS_KEY = (
    f"views{_VERSION}-" + hashlib.sha256(json.dumps(_OPTIONS, sort_keys=True).encode()).hexdigest()[:8]
)

Progress = Callable[[float, str], None]


@dataclass
class Views(MadeByRun):
    """The finished pictures; their files go with ``discard()`` or at the end of a ``with`` block."""

    paths: dict[str, Path]  # a PNG with a transparent ground for each of NAMES, in that order
    thumbnail: Path  # WebP, transparent too
    thumbnail_of: str  # the isometric view that it shows: the one with more faces
    seconds: float
    _outcome: Outcome = field(repr=False)


def render(
    sandbox: Sandbox,
    glb: Path,
    *,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress | None = None,
) -> Views:
    """Draw the GLB file ``glb`` (metres, Y up, as ``utils.cad.step_converter`` makes it).

    ``progress`` hears shares from 0 to 1 and a word for the stage. The same GLB gives the same bytes. Raises
    Unreadable with a reason; then nothing is left behind.
    """
    limits = limits or Limits()
    report = progress or (lambda share, stage: None)
    report(0.0, "drawing views")
    outcome = sandbox.run(
        "utils.cad.views.drawing:draw", _OPTIONS, inputs={_INPUT: glb}, limits=limits, cancelled=cancelled
    )
    try:
        problem = _explain(outcome, limits)
        if problem:
            problem.log = outcome.log
            raise problem
        report(1.0, "done")
        paths = {name: outcome.folder / f"{name}.png" for name in NAMES}
        thumbnail_of = outcome.result["thumbnail_of"]
        return Views(paths, outcome.folder / _THUMBNAIL, thumbnail_of, outcome.seconds, outcome)
    except BaseException:
        outcome.discard()
        raise


def _explain(outcome: Outcome, limits: Limits) -> Unreadable | None:
    """The reason for which there are no pictures, or None when there are some."""
    if outcome.died_of:
        return _explain_death(outcome.died_of, limits)
    failed = outcome.result.get("failed")
    if failed == "damaged":
        return Unreadable(failed, "The preview of this part is damaged. Convert the part again.")
    return Unreadable("no_shape", problems.NO_SHAPE) if failed else None


def _explain_death(died_of: str, limits: Limits) -> Unreadable:
    simpler = "Simplify the model or export its parts one by one."
    if died_of == "memory":
        return Unreadable(
            "out_of_memory",
            f"Drawing pictures of this part takes more than {limits.memory_mb:,} MB of memory. {simpler}",
        )
    if died_of in ("wall", "cpu"):
        seconds = limits.wall_s if died_of == "wall" else limits.cpu_s
        return Unreadable("took_too_long", problems.took_too_long(seconds))
    if died_of == "output":
        return Unreadable(
            "output_too_large", f"The pictures of this part would be larger than {limits.output_mb:,} MB."
        )
    if died_of == "cancelled":
        return Unreadable("cancelled", "Drawing the pictures was cancelled.")
    return Unreadable("views_crashed", "The pictures of this part could not be drawn; its model is safe.")
