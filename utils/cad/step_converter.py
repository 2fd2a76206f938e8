"""Turns a STEP file into a preview: ``convert`` runs the native reader in a sandbox and explains its failures."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from utils.cad import problems
from utils.cad.glb import glb_to_gltf
from utils.cad.problems import Unreadable
from utils.cad.reading import GLB_NAME, GZIP_NAME, INPUT_NAME
from utils.cad.scan import StepScan, scan
from utils.sandbox import Limits, Outcome, Sandbox

__all__ = ["OPTIONS_KEY", "Conversion", "TreeNode", "Unreadable", "convert", "glb_to_gltf"]

# Relative to an edge's length, so that a screw and a bridge come out equally fine. The angle (radians) keeps small
# fillets round, the length keeps large rims round: 48 segments on a flange, where the angle alone gives 26.
_OPTIONS = {"tol_linear": 0.004, "tol_angular": 0.5}
_VERSION = 2  # of everything that changes the result for the same file and options

OPTIONS_KEY = (
    f"glb{_VERSION}-" + hashlib.sha256(json.dumps(_OPTIONS, sort_keys=True).encode()).hexdigest()[:8]
)

# what the reader prints when it skips over something; for sound files it prints neither
_COMPLAINT = re.compile(r"Incorrect Syntax|Unresolved Reference|Failed to read", re.IGNORECASE)

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class TreeNode:
    """One occurrence in the product tree; ``parent`` is the index of its parent in the list."""

    name: str
    parent: int | None
    part: str | None  # the name of the part whose shape is shown here


@dataclass
class Conversion:
    """A finished preview; its files go with ``discard()`` or at the end of a ``with`` block."""

    bbox_mm: tuple[float, float, float]  # of the mesh, along the CAD's own X, Y and Z
    triangles: int
    faces: int  # numbered in the GLB, of distinct parts
    meshes: int  # distinct parts
    names: list[str]
    tree: list[TreeNode]
    scan: StepScan
    log: str
    seconds: float
    _outcome: Outcome = field(repr=False)

    @property
    def units(self) -> str | None:
        """The file's unit of length: ``mm``, ``inch``, ``m``; ``inch+mm`` where it mixes."""
        return self.scan.units

    @property
    def schema(self) -> str | None:
        return self.scan.schema

    @property
    def glb_path(self) -> Path:
        """The GLB: metres, Y up."""
        return self._outcome.folder / GLB_NAME

    @property
    def gz_path(self) -> Path:
        """The same GLB, gzip-compressed."""
        return self._outcome.folder / GZIP_NAME

    def discard(self) -> None:
        self._outcome.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


def convert(
    sandbox: Sandbox,
    source: Path,
    *,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda share, stage: None,
    scanned: StepScan | None = None,
) -> Conversion:
    """Convert the STEP file ``source``, whatever its name.

    ``progress`` hears shares from 0 to 1 and a word for the stage; ``scanned`` saves a second scan of the same
    file. Raises Unreadable with a reason; then nothing is left behind.
    """
    limits = limits or Limits()
    progress(0.0, "checking")
    scanned = scanned or scan(source)
    _refuse(scanned)
    progress(0.1, "reading")
    outcome = sandbox.run(
        "utils.cad.reading:read_step",
        _OPTIONS,
        inputs={INPUT_NAME: source},
        limits=limits,
        cancelled=cancelled,
    )
    try:
        problem = _explain(outcome, limits)
        if problem:
            raise problem
        progress(1.0, "done")
        return _conversion(outcome, scanned)
    except BaseException:
        outcome.discard()
        raise


def _refuse(scanned: StepScan) -> None:
    if scanned.external_files:
        raise Unreadable("external_files", problems.external_files(scanned.external_files))
    if scanned.problem:
        raise Unreadable(scanned.problem.code, scanned.problem.message)


def _conversion(outcome: Outcome, scanned: StepScan) -> Conversion:
    found: dict[str, Any] = outcome.result
    x, y, z = found["bbox_mm"]
    return Conversion(
        bbox_mm=(x, y, z),
        triangles=found["triangles"],
        faces=found["faces"],
        meshes=found["meshes"],
        names=found["names"],
        tree=[TreeNode(**row) for row in found["tree"]],
        scan=scanned,
        log=outcome.log,
        seconds=outcome.seconds,
        _outcome=outcome,
    )


def _explain(outcome: Outcome, limits: Limits) -> Unreadable | None:
    """The reason for which there is no preview, or None when there is one."""
    if outcome.died_of:
        return _explain_death(outcome.died_of, limits)
    if _COMPLAINT.search(outcome.log):
        # even when a model came out: it lacks what the reader could not make sense of
        problem = problems.damaged(": the CAD reader could not make sense of a part of it")
        return Unreadable(problem.code, problem.message)
    failed = outcome.result.get("failed")
    if failed == "not_a_number":
        return Unreadable(failed, problems.NOT_A_NUMBER)
    return Unreadable("no_shape", problems.NO_SHAPE) if failed else None


def _explain_death(died_of: str, limits: Limits) -> Unreadable:
    if died_of == "memory":
        return Unreadable("out_of_memory", problems.out_of_memory(limits.memory_mb))
    if died_of in ("wall", "cpu"):
        seconds = limits.wall_s if died_of == "wall" else limits.cpu_s
        return Unreadable("took_too_long", problems.took_too_long(seconds))
    if died_of == "output":
        return Unreadable("output_too_large", problems.output_too_large(limits.output_mb))
    if died_of == "cancelled":
        return Unreadable("cancelled", problems.CANCELLED)
    return Unreadable("reader_crashed", problems.READER_CRASHED)
