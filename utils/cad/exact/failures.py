"""Why a file could not be measured, in words that a student understands."""

from __future__ import annotations

from utils.cad import problems
from utils.cad.exact.kernel import Kernel
from utils.cad.problems import Unreadable
from utils.sandbox import Limits, Outcome

_PREVIEW = "The preview is not affected."
TESSELLATED = (
    "This file holds triangles only, no exact surfaces, so nothing can be measured exactly. "
    "Export it again as AP214 or AP242 with exact geometry (B-rep). " + _PREVIEW
)
CRASHED = (
    "The CAD kernel crashed while it measured this file, most likely because a part of it is damaged. "
    f"{problems.EXPORT_AGAIN} {_PREVIEW}"
)
NOT_ANSWERED = "The CAD kernel could not measure this. Try two other faces."
SEVERAL_PLACES = (
    "One of the two parts stands in several places, so there is no one distance. Choose faces of one part."
)
CANCELLED = "Measuring was cancelled."


def explain(kernel: Kernel, outcome: Outcome, limits: Limits) -> Unreadable | None:
    """The reason for which a run of the kernel has no result, None when it has one."""
    if outcome.died_of == "error":
        missing = kernel.why_not()
        return Unreadable("exact_unavailable", missing) if missing else Unreadable("kernel_crashed", CRASHED)
    if outcome.died_of:
        return _death(outcome.died_of, limits)
    failed = outcome.result.get("failed")
    if failed == "tessellated":
        return Unreadable("tessellated", TESSELLATED)
    if failed == "not_a_number":
        return Unreadable(failed, problems.NOT_A_NUMBER)
    return Unreadable("no_shape", problems.NO_SHAPE) if failed else None


def explain_question(kernel: Kernel, outcome: Outcome, limits: Limits) -> Unreadable | None:
    """The same for a question about shapes that were read before."""
    if outcome.died_of == "error":
        missing = kernel.why_not()
        return Unreadable("exact_unavailable", missing) if missing else _unanswered()
    if outcome.died_of in ("wall", "cpu"):
        seconds = limits.wall_s if outcome.died_of == "wall" else limits.cpu_s
        return Unreadable("took_too_long", f"Measuring this took longer than {seconds:,.0f} s.")
    if outcome.died_of:
        return _unanswered()
    return _unanswered() if outcome.result.get("failed") else None


def no_face() -> Unreadable:
    return Unreadable("no_face", "This model has no such face. Reload the page and choose the faces again.")


def several_places() -> Unreadable:
    return Unreadable("several_places", SEVERAL_PLACES)


def _unanswered() -> Unreadable:
    return Unreadable("not_measured", NOT_ANSWERED)


def _death(died_of: str, limits: Limits) -> Unreadable:
    if died_of == "memory":
        return Unreadable(
            "out_of_memory",
            f"Measuring this file exactly takes more than {limits.memory_mb:,} MB of memory. "
            f"Simplify the model or export its parts one by one. {_PREVIEW}",
        )
    if died_of in ("wall", "cpu"):
        seconds = limits.wall_s if died_of == "wall" else limits.cpu_s
        return Unreadable(
            "took_too_long",
            f"Measuring this file exactly took longer than {seconds:,.0f} s. "
            f"Simplify the model or export its parts one by one. {_PREVIEW}",
        )
    if died_of == "output":
        return Unreadable(
            "output_too_large",
            f"What there is to store of this file's exact shape would be larger than {limits.output_mb:,} MB. "
            f"Export its parts one by one. {_PREVIEW}",
        )
    if died_of == "cancelled":
        return Unreadable("cancelled", CANCELLED)
    return Unreadable("kernel_crashed", CRASHED)
