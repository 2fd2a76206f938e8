"""The eight named views: from where each looks and how the part is fitted into its frame.

Axes are the CAD's own, Z up, as CAD programs name the views: ``front`` looks along +Y (the XZ plane, X to the right),
``rear`` along -Y, ``left`` along +X, ``right`` along -X, ``top`` along -Z (Y up in the picture), ``bottom`` along +Z
(Y down in the picture). The two isometric views look down from the front: ``iso_left`` from the left corner
(-1, -1, 1), ``iso_right`` from the right one (1, -1, 1). All are parallel projections: equal lengths look equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Reals = npt.NDArray[np.floating[Any]]

# the order is the views' numbers, 0 to 7: to the right and up in the picture
_AXES: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "front": ((1, 0, 0), (0, 0, 1)),
    "rear": ((-1, 0, 0), (0, 0, 1)),
    "left": ((0, -1, 0), (0, 0, 1)),
    "right": ((0, 1, 0), (0, 0, 1)),
    "top": ((1, 0, 0), (0, 1, 0)),
    "bottom": ((1, 0, 0), (0, -1, 0)),
    "iso_left": ((1, -1, 0), (1, 1, 2)),
    "iso_right": ((1, 1, 0), (-1, 1, 2)),
}
NAMES = tuple(_AXES)


@dataclass(frozen=True)
class Projection:
    """Where things stand in a picture, in cells: x to the right, y down, z away from the eye.

    ``turn`` has the rows right, up and towards the eye: it takes directions from CAD axes to those of the eye.
    """

    points: Reals  # (V, 3)
    turn: Reals  # (3, 3)

    def faces_away(self, triangles: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Which of ``triangles`` (T, 3) are seen from behind: those that wind clockwise in the picture."""
        a, b, c = (self.points[triangles[:, corner], :2] for corner in range(3))
        b, c = b - a, c - a
        return np.asarray(b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1] > 0)


def axes(name: str) -> Reals:
    """Right, up and towards the eye in the view ``name``, as rows in CAD axes."""
    right, up = (np.array(axis, float) / np.linalg.norm(axis) for axis in _AXES[name])
    return np.array([right, up, np.cross(right, up)])


def project(vertices: Floats, name: str, size: int, margin: int) -> Projection:
    """Fit ``vertices`` into a square of ``size`` cells, as large as leaves ``margin`` cells on every side."""
    turn = axes(name)
    seen = vertices.astype(np.float64) @ turn.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    extent = float((high - low)[:2].max())
    # a straight wire seen from its end is a point
    scale = (size - 2 * margin) / max(extent, 1e-9)
    points = (seen - (low + high) / 2) * (scale, -scale, -scale)
    points[:, :2] += size / 2
    return Projection(points, turn)
