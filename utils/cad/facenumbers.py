"""Numbers the faces of a preview, once for everybody: the viewer, questions about geometry, and drawings.

Faces count from 1 through all meshes and their primitives in document order. The reader writes each B-rep face as a
contiguous run of triangles with vertices of its own, and faces one after the other, so a face begins wherever all
vertices used so far come before all that are still to come. A primitive keeps its share of the numbering as
``extras = {"firstFace": its first face's number, "starts": [the triangle that each of its faces begins with]}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from utils.cad.glb import Glb

Indices = npt.NDArray[np.int64]

_TRIANGLES = 4
_BREP_FACES = "TM_brep_faces"


def number_faces(glb: Glb) -> int:
    """Write the numbering into the primitives of a GLB; returns how many faces there are."""
    first = 1
    for primitive in _primitives(glb):
        starts = face_starts(triangles_of(glb, primitive))
        extras = primitive.setdefault("extras", {})
        extras["firstFace"], extras["starts"] = first, starts.tolist()
        first += len(starts)
    return first - 1


def triangles_of(glb: Glb, primitive: dict[str, Any]) -> Indices:
    """The vertices of each triangle, (count, 3); none for points and lines."""
    if primitive.get("mode", _TRIANGLES) != _TRIANGLES or "indices" not in primitive:
        return np.zeros((0, 3), np.int64)
    return glb.array(primitive["indices"]).astype(np.int64).reshape(-1, 3)


def face_starts(triangles: Indices) -> Indices:
    """The first triangle of each face, in order; ``triangles`` is (count, 3)."""
    if not len(triangles):
        return np.zeros(0, np.int64)
    highest_so_far = np.maximum.accumulate(triangles.max(axis=1))
    lowest_to_come = np.minimum.accumulate(triangles.min(axis=1)[::-1])[::-1]
    return np.concatenate(([0], 1 + np.flatnonzero(highest_so_far[:-1] < lowest_to_come[1:])))


def face_of_each_triangle(primitive: dict[str, Any], triangles: int) -> Indices:
    """The number of the face that each of a numbered primitive's ``triangles`` belongs to."""
    extras = primitive["extras"]
    lengths = np.diff(extras["starts"], append=triangles)
    return extras["firstFace"] + np.repeat(np.arange(len(lengths)), lengths)


def drop_doubtful_surfaces(glb: Glb) -> None:
    """Take the analytic surfaces from every primitive that may have got those of another one.

    The reader hands them out one a mesh though it collects them one a primitive, so they are off by some as soon as
    a mesh in several colours, hence with several primitives, has come by.
    """
    several = False
    for mesh in glb.document["meshes"]:
        for primitive in mesh["primitives"] if several else mesh["primitives"][1:]:
            extensions = primitive.get("extensions", {})
            extensions.pop(_BREP_FACES, None)
            if not extensions:
                primitive.pop("extensions", None)
        several = several or len(mesh["primitives"]) > 1


def _primitives(glb: Glb) -> Iterator[dict[str, Any]]:
    for mesh in glb.document.get("meshes", []):
        yield from mesh["primitives"]
