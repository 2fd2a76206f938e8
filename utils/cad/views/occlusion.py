"""Soft shadow in corners and holes: how much of the sky above each pixel its surroundings cover.

Looks along eight directions in the depth picture for the highest horizon, after Bavoil, Sainz and Dimitrov,
"Image-space horizon-based ambient occlusion" (SIGGRAPH 2008 talks).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from utils.cad.views.scene import Floats

_DIRECTIONS = ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))
_DISTANCES = (2, 5, 10, 18)  # pixels
_REACH = 26.0  # pixels; what stands farther away casts less than half the shadow
_BIAS = 0.12  # sine of the angle above the surface from which something counts: curved faces do not shade themselves


def occlusion(depth: Floats, normals: Floats, there: npt.NDArray[np.bool_]) -> Floats:
    """The share of covered sky, (n, n), from depth in pixels (n, n) and normals (n, n, 3), where ``there``."""
    covered = np.zeros_like(depth)
    depth = np.where(there, depth, np.float32(1e9))
    for right, down in _DIRECTIONS:
        horizon = np.zeros_like(depth)
        for distance in _DISTANCES:
            x, y = round(right * distance), round(down * distance)
            here, other = _shifted(x, y)
            towards_eye = depth[here] - depth[other]
            length = np.sqrt(x * x + y * y + towards_eye * towards_eye)
            normal = normals[here]
            rise = normal[..., 0] * x - normal[..., 1] * y + normal[..., 2] * towards_eye
            found = np.maximum(rise / length - _BIAS, 0) / (1 + (length / _REACH) ** 2)
            horizon[here] = np.maximum(horizon[here], found)
        covered += horizon
    return np.where(there, covered / len(_DIRECTIONS), 0).astype(np.float32)


def _shifted(x: int, y: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where in a picture there is a neighbour ``x`` to the right and ``y`` down, and where those neighbours are."""

    def pair(step: int) -> tuple[slice, slice]:
        return (
            (slice(None, -step or None), slice(step, None))
            if step >= 0
            else (slice(-step, None), slice(None, step))
        )

    (here_x, other_x), (here_y, other_y) = pair(x), pair(y)
    return (here_y, here_x), (other_y, other_x)
