"""Turns a STEP file into a preview: ``convert`` runs the native reader in a sandbox and explains its failures."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from utils.cad import problems
from utils.cad.analysis import Box
from utils.cad.glb import glb_to_gltf
from utils.cad.problems import Unreadable
from utils.cad.product.naming import Names
from utils.cad.product.neutral import write_neutral
from utils.cad.product.tree import ProductTree
from utils.cad.reading import GLB_NAME, GZIP_NAME, INPUT_NAME
from utils.cad.scan import StepScan, scan
from utils.sandbox import Limits, MadeByRun, Outcome, Sandbox

__all__ = [
    "OPTIONS_KEY",
    "Conversion",
    "Mesh",
    "Prepared",
    "TreeNode",
    "Unreadable",
    "convert",
    "glb_to_gltf",
    "prepare",
]

NEUTRAL_NAME = "neutral.step"

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
    product: int | None = None  # the number of its PRODUCT entity
    usage: int | None = None  # the number of its NEXT_ASSEMBLY_USAGE_OCCURRENCE


@dataclass(frozen=True)
class Mesh:
    """A mesh of the preview, measured: approximate, but to be had for every file that converts."""

    product: int | None  # the number of its PRODUCT entity; a part with several bodies has several meshes
    name: str
    quantity: int  # how often it is placed
    box: Box | None  # in the part's own axes, mm
    volume_mm3: float | None  # None for a mesh that is not closed
    area_mm2: float
    colour: str | None  # #rrggbb in sRGB, of the largest area
    faces: int
    triangles: int


@dataclass(frozen=True)
class Prepared:
    """A file ready for native readers. ``neutral`` is a copy with tokens for names; it goes with its folder."""

    neutral: Path
    tree: ProductTree
    scan: StepScan


@dataclass
class Conversion(MadeByRun):
    """A finished preview; its files go with ``discard()`` or at the end of a ``with`` block."""

    bbox_mm: tuple[float, float, float]  # of the mesh, along the CAD's own X, Y and Z
    triangles: int
    faces: int  # numbered in the GLB, of distinct parts
    meshes: int  # distinct parts
    names: list[str]
    tree: list[TreeNode]
    meshes_found: list[Mesh]  # in the order of the GLB
    products: ProductTree
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


def prepare(source: Path, folder: Path, *, scanned: StepScan | None = None) -> Prepared:
    """Look through the STEP file ``source``, read its product tree, and write its neutral copy into ``folder``.

    ``scanned`` saves a second scan of the same file. Raises Unreadable with a reason.
    """
    scanned = scanned or scan(source)
    _refuse(scanned)
    neutral = folder / NEUTRAL_NAME
    return Prepared(neutral, write_neutral(source, neutral), scanned)


def convert(
    sandbox: Sandbox,
    source: Path | Prepared,
    *,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda share, stage: None,
    scanned: StepScan | None = None,
) -> Conversion:
    """Convert the STEP file ``source``, whatever its name, or one that was prepared.

    ``progress`` hears shares from 0 to 1 and a word for the stage; ``scanned`` saves a second scan of the same
    file. Raises Unreadable with a reason; then nothing is left behind.
    """
    limits = limits or Limits()
    progress(0.0, "checking")
    if isinstance(source, Prepared):
        return _read(sandbox, source, limits, cancelled, progress)
    with sandbox.folder() as folder:
        prepared = prepare(source, folder, scanned=scanned)
        return _read(sandbox, prepared, limits, cancelled, progress)


def _read(
    sandbox: Sandbox, prepared: Prepared, limits: Limits, cancelled: Callable[[], bool], progress: Progress
) -> Conversion:
    progress(0.1, "reading")
    outcome = sandbox.run(
        "utils.cad.reading:read_step",
        {**_OPTIONS, "names": _names(prepared.tree)},
        inputs={INPUT_NAME: prepared.neutral},
        limits=limits,
        cancelled=cancelled,
    )
    try:
        problem = _explain(outcome, limits)
        if problem:
            problem.log = outcome.log
            raise problem
        progress(1.0, "done")
        return _conversion(outcome, prepared)
    except BaseException:
        outcome.discard()
        raise


def _names(tree: ProductTree) -> dict[str, Any]:
    return Names.to_json(
        {number: product.name for number, product in tree.products.items()},
        {usage.number: (usage.child, usage.reference) for usage in tree.usages},
    )


def _refuse(scanned: StepScan) -> None:
    if scanned.external_files:
        raise Unreadable("external_files", problems.external_files(scanned.external_files))
    if scanned.problem:
        raise Unreadable(scanned.problem.code, scanned.problem.message)


def _conversion(outcome: Outcome, prepared: Prepared) -> Conversion:
    found: dict[str, Any] = outcome.result
    x, y, z = found["bbox_mm"]
    return Conversion(
        bbox_mm=(x, y, z),
        triangles=found["triangles"],
        faces=found["faces"],
        meshes=found["meshes"],
        names=found["names"],
        tree=[TreeNode(**row) for row in found["tree"]],
        meshes_found=[Mesh(**row) for row in found["meshes_found"]],
        products=prepared.tree,
        scan=prepared.scan,
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
