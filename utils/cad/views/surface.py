"""The direction of a surface where it is seen, smooth over the triangles that stand for a curved face."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from utils.cad.views.camera import Projection, Reals
from utils.cad.views.scene import Floats, Scene


def normals_at(
    scene: Scene, projection: Projection, triangles: npt.NDArray[np.integer], x: Reals, y: Reals
) -> Floats:
    """Normals of length 1 (right, up, towards the eye), (N, 3), of ``triangles`` (N,) at places in the picture.

    A surface that is seen from behind is turned towards the eye.
    """
    corners = scene.triangles[triangles]
    a, b, c = (projection.points[corners[:, corner], :2] for corner in range(3))
    b, c, p = b - a, c - a, np.stack([x, y], axis=1) - a
    area = b[:, 0] * c[:, 1] - c[:, 0] * b[:, 1]
    safe = np.where(np.abs(area) > 1e-9, area, np.inf)
    # outside of its triangle, where a rim runs, a corner's own normal is as far as it goes
    second = np.clip((p[:, 0] * c[:, 1] - c[:, 0] * p[:, 1]) / safe, 0, 1)[:, None]
    third = np.clip((b[:, 0] * p[:, 1] - p[:, 0] * b[:, 1]) / safe, 0, 1)[:, None]
    first = np.maximum(1 - second - third, 0)
    normals = scene.normals
    mixed = first * normals[corners[:, 0]] + second * normals[corners[:, 1]] + third * normals[corners[:, 2]]
    turned = mixed @ projection.turn.T
    turned /= np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    # y runs down in the picture: what winds clockwise there faces the eye
    turned[area > 0] *= -1
    # a smooth normal may point a little away at an outline
    turned[:, 2] = np.maximum(turned[:, 2], 0)
    return turned.astype(np.float32)
