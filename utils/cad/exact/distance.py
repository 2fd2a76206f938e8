"""``between``: the exact distance between two faces, from the shapes that exact reading stored."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from utils.cad.analysis import Point
from utils.cad.exact.facefile import FaceFile
from utils.cad.exact.failures import explain_question, no_face, several_places
from utils.cad.exact.kernel import Kernel
from utils.sandbox import Limits

_LIMITS = Limits(cpu_s=20, wall_s=20)


class Distance(TypedDict):
    """Lengths in mm; points in the part's own axes, in the assembly's for faces of two parts."""

    distance_mm: float  # the shortest there is between two points of the faces
    points: list[Point]  # such a pair: on the first face, on the second
    parallel: bool  # two planes, two axes, or an axis and a plane
    angle_deg: float | None  # between the planes or axes, 0 to 90; None where a face has neither
    spacing_mm: float | None  # between the planes of two parallel flat faces, however far apart the faces are


def between(
    kernel: Kernel,
    faces: Path,
    part_a: int,
    face_a: int,
    part_b: int,
    face_b: int,
    *,
    limits: Limits = _LIMITS,
) -> Distance:
    """Measure between two faces of ``faces``, a ``faces.bin``; parts and faces are places in the analysis, from 0.

    Two faces of one part are measured in its own axes, those of two parts where the assembly places them. Raises
    Unreadable with a reason, also when one of two parts stands in several places.
    """
    places: list[list[float] | None] = [None, None]
    with kernel.folder() as folder, faces.open("rb") as file:
        kept = FaceFile(file)
        inputs = {}
        for name, part, face in (("a.bin", part_a, face_a), ("b.bin", part_b, face_b)):
            content = kept.face(part, face)
            if content is None:
                raise no_face()
            inputs[name] = folder / name
            inputs[name].write_bytes(content)
        if part_a != part_b:
            places = [kept.place(part_a), kept.place(part_b)]
            if None in places:
                raise several_places()
        with kernel.run(
            "utils.cad.exact.child.closest:between", {"places": places}, inputs=inputs, limits=limits
        ) as outcome:
            problem = explain_question(kernel, outcome, limits)
            if problem:
                raise problem
            found: Distance = outcome.result
            return found
