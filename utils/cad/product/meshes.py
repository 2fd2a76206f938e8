"""Measures the meshes of a preview: approximate figures for when exact reading is not to be had; runs in the sandbox.

All is in the part's own axes, before the preview is turned; GLB lengths are metres, results millimetres. A mesh lies
inside of round walls and outside of round holes, so its figures are off by up to a percent there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt

from utils.cad.facenumbers import Indices, triangles_of
from utils.cad.glb import Glb

Points = npt.NDArray[np.float64]

_GRID = 1 << 17  # vertices closer than this part of the mesh's size are one
_BITS = 20


def measure_meshes(glb: Glb) -> list[dict[str, Any]]:
    """The figures of each mesh of a named and numbered GLB, in its order; see ``step_converter.Mesh``."""
    placed = Counter(number for number, _ in glb.placed())
    return [
        {
            "product": mesh.get("extras", {}).get("product"),
            "name": mesh.get("name", ""),
            "quantity": placed[number],
            **_measure(glb, mesh),
        }
        for number, mesh in enumerate(glb.document["meshes"])
    ]


def _measure(glb: Glb, mesh: dict[str, Any]) -> dict[str, Any]:
    points, triangles, areas = _soup(glb, mesh)
    box = None
    if len(points):
        low, high = points.min(axis=0), points.max(axis=0)
        box = {"low": _rounded(low), "high": _rounded(high)}
        points -= (low + high) / 2
    return {
        "box": box,
        "volume_mm3": enclosed_volume(points, triangles),
        "area_mm2": float(sum(areas.values())),
        "colour": _colour(glb, areas),
        "faces": sum(len(primitive["extras"]["starts"]) for primitive in mesh["primitives"]),
        "triangles": len(triangles),
    }


def _soup(glb: Glb, mesh: dict[str, Any]) -> tuple[Points, Indices, dict[int | None, float]]:
    """All vertices (count, 3) in mm and all triangles of a mesh, and the area in mm² that each material has."""
    points, triangles = [np.zeros((0, 3))], [np.zeros((0, 3), np.int64)]
    areas: dict[int | None, float] = defaultdict(float)
    before = 0
    for primitive in mesh["primitives"]:
        corners = glb.array(primitive["attributes"]["POSITION"]).astype(float) * 1000
        here = triangles_of(glb, primitive)
        areas[primitive.get("material")] += float(np.linalg.norm(_normals(corners, here), axis=1).sum() / 2)
        points.append(corners)
        triangles.append(here + before)
        before += len(corners)
    return np.concatenate(points), np.concatenate(triangles), areas


def enclosed_volume(points: Points, triangles: Indices) -> float | None:
    """The volume inside of a closed mesh, None for an open one; each face may have vertices of its own."""
    if not len(triangles):
        return None
    # two points that should be one may fall to either side of a line of one grid, hardly to either side in both
    if not any(_is_closed(_merged(points, offset)[triangles]) for offset in (0.0, 0.5)):
        return None
    return float(abs(np.einsum("ij,ij->", points[triangles[:, 0]], _normals(points, triangles))) / 6)


def _merged(points: Points, offset: float) -> Indices:
    """The same number for all vertices in the same place."""
    low = points.min(axis=0)
    size = float((points.max(axis=0) - low).max()) or 1.0
    cells = np.floor((points - low) * (_GRID / size) + offset + 1).astype(np.int64)
    keys = (cells[:, 0] << 2 * _BITS) | (cells[:, 1] << _BITS) | cells[:, 2]
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def _is_closed(triangles: Indices) -> bool:
    """Whether every edge is passed as often in one direction as in the other."""
    edges = np.concatenate((triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]))
    edges = edges[edges[:, 0] != edges[:, 1]]
    there = np.sort((edges[:, 0] << 32) | edges[:, 1])
    back = np.sort((edges[:, 1] << 32) | edges[:, 0])
    return len(edges) > 0 and bool(np.array_equal(there, back))


def _normals(points: Points, triangles: Indices) -> Points:
    """Normals of the triangles, twice as long as these are large."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    return np.cross(b - a, c - a)


def _colour(glb: Glb, areas: dict[int | None, float]) -> str | None:
    """The colour of the largest area as ``#rrggbb`` in sRGB, None where the file gives none."""
    largest = max(areas, key=lambda material: areas[material], default=None)
    if largest is None:
        return None
    surface = glb.document["materials"][largest].get("pbrMetallicRoughness", {})
    linear = np.clip(np.array(surface.get("baseColorFactor", (1, 1, 1, 1))[:3], float), 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{channel:02x}" for channel in np.round(srgb * 255).astype(int))


def _rounded(point: npt.NDArray[np.float64]) -> list[float]:
    return [float(value) + 0.0 for value in np.round(point, 6)]
