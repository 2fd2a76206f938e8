"""Why a STEP file cannot be shown: a stable code for programs, a sentence for the person who sent the file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StepProblem:
    """``code`` is snake_case and stays the same; ``message`` says what is wrong and what to do about it."""

    code: str
    message: str
    line: int | None = None


class Unreadable(Exception):
    """A file that gives no model, and the reason; `log` is what the reader printed before it gave up."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.log = ""


EXPORT_AGAIN = "Export it again from the CAD program."
NO_SHAPE = "This file has no solid or surface in it. Check that the export includes the bodies themselves."
HEADER_ONLY = f"This file has a header but no parts in it. {EXPORT_AGAIN}"
NOT_A_NUMBER = f"This file contains a coordinate that is not a number. {EXPORT_AGAIN}"
READER_CRASHED = (
    f"The CAD reader crashed on this file, most likely because a part of it is damaged. {EXPORT_AGAIN}"
)
CANCELLED = "The conversion was cancelled."


def cut_off(line: int) -> StepProblem:
    """The file stops in the middle, at ``line`` (counted from 1)."""
    return StepProblem("cut_off", f"The file is cut off in line {line:,}. {EXPORT_AGAIN}", line)


def damaged(what: str, line: int | None = None) -> StepProblem:
    """``what`` completes "The file is damaged"."""
    return StepProblem("damaged", f"The file is damaged{what}. {EXPORT_AGAIN}", line)


def external_files(names: list[str]) -> str:
    """Names the files that the file would pull in; at most five, however many there are."""
    listed = ", ".join(f"“{name[:80]}”" for name in names[:5])
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return (
        f"This file refers to other files: {listed}{more}. Export it as one STEP file with everything in it."
    )


def out_of_memory(megabytes: int) -> str:
    return (
        f"Converting this file takes more than {megabytes:,} MB of memory. "
        "Simplify the model or export its parts one by one."
    )


def took_too_long(seconds: float) -> str:
    return f"Took longer than {seconds:,.0f} s. Simplify the model or export its parts one by one."


def output_too_large(megabytes: int) -> str:
    return (
        f"The preview of this file would be larger than {megabytes:,} MB. "
        "Simplify the model or export its parts one by one."
    )


def too_many_instances(count: int, limit: int) -> StepProblem:
    return StepProblem(
        "too_many_instances",
        f"This assembly unfolds into {count:,} parts; at most {limit:,} can be shown. "
        "Export its sub-assemblies one by one.",
    )


def nested_too_deep(line: int) -> StepProblem:
    return StepProblem(
        "nested_too_deep",
        f"The file is damaged: parentheses are nested absurdly deep in line {line:,}. {EXPORT_AGAIN}",
        line,
    )
