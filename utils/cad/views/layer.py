"""One layer of a view, pixel by pixel: the colours of its surfaces with light and shadow, and where its lines run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from utils.cad.views import shading
from utils.cad.views.camera import Projection
from utils.cad.views.depth import NOTHING, Flags, Planes
from utils.cad.views.edges import line_cells, slim
from utils.cad.views.occlusion import occlusion
from utils.cad.views.scene import Floats, Ints, Scene
from utils.cad.views.surface import normals_at

CELLS = 3  # along each side of a pixel

_MIDDLE = CELLS // 2
_CORNER_SHADE = 0.55
_FAR_SHADE = 0.12  # how much lightness goes over a depth as large as the picture
_LEAST_OPAQUE, _MOST_OPAQUE = 0.30, 0.62  # of what can be seen through


@dataclass
class Layer:
    """Part of a view, n × n pixels, as far as it is not hidden. Colours are OKLab; flags are for each cell."""

    colour: Floats  # (n, n, 3)
    cover: Floats  # (n, n), from 0 to 1: how much of a pixel its surface covers, less where it can be seen through
    outline: Flags  # (n * CELLS, n * CELLS)
    crease: Flags
    slim: Flags  # see ``edges.slim``
    strength: float  # of the lines


@dataclass
class _Samples:
    """The S cells that are shaded, and what is seen in them."""

    pixel: Ints  # (S,), row by row
    middle: Flags  # (S,), those in the middle of their pixel
    colour: Floats  # (S, 3)
    opaque: Floats  # (S,)
    normal: Floats  # (S, 3)
    depth: Floats  # (S,), in pixels


def layer(
    scene: Scene, projection: Projection, planes: Planes, seen: Ints, colours: Floats, strength: float
) -> Layer:
    """The layer that shows the triangles ``seen``, with ``colours`` for the rows of the scene's palette."""
    outline, crease = line_cells(scene, projection, planes, seen)
    size = len(seen) // CELLS
    samples = _sampled(scene, projection, planes, seen, colours)
    count = np.bincount(samples.pixel, minlength=size * size)

    def mean(values: Floats) -> Floats:
        total = np.bincount(samples.pixel, values, minlength=size * size)
        return (total / np.maximum(count, 1)).astype(np.float32).reshape(size, size)

    colour = np.stack([mean(samples.colour[:, part]) for part in range(3)], axis=2)
    colour[..., 0] *= _shade(samples, size, planes, projection)
    cover = reduced(seen != NOTHING, CELLS) * mean(samples.opaque)
    filled = _spread(colour, count.reshape(size, size) > 0)
    return Layer(filled, cover, outline, crease, slim(seen), strength)


def reduced(values: npt.NDArray[Any], every: int) -> Floats:
    """The means of blocks of ``every`` × ``every`` values."""
    total = np.zeros((), np.float32)
    for y in range(every):
        for x in range(every):
            total = total + values[y::every, x::every]
    return np.asarray(total / np.float32(every * every), np.float32)


def _sampled(scene: Scene, projection: Projection, planes: Planes, seen: Ints, colours: Floats) -> _Samples:
    row, column = _shaded_cells(scene, seen)
    triangles, x, y = seen[row, column], column + 0.5, row + 0.5
    normals = normals_at(scene, projection, triangles, x, y)
    material = scene.colours[triangles]
    opacity = np.clip(scene.palette[material, 3], _LEAST_OPAQUE, _MOST_OPAQUE)
    return _Samples(
        pixel=(row // CELLS) * (len(seen) // CELLS) + column // CELLS,
        middle=(row % CELLS == _MIDDLE) & (column % CELLS == _MIDDLE),
        colour=shading.shaded(colours[material], shading.light(normals)),
        opaque=np.where(scene.clear[triangles], opacity, 1).astype(np.float32),
        normal=normals,
        depth=(planes.depth(triangles, x, y) / CELLS).astype(np.float32),
    )


def _shaded_cells(scene: Scene, seen: Ints) -> tuple[Ints, Ints]:
    """Rows and columns: the middle of a pixel that shows one face, else all of its cells."""
    face = np.where(seen != NOTHING, scene.faces[seen], NOTHING)
    cells = [face[y::CELLS, x::CELLS] for y in range(CELLS) for x in range(CELLS)]
    mixed = np.minimum.reduce(cells) != np.maximum.reduce(cells)
    wanted = np.repeat(np.repeat(mixed, CELLS, axis=0), CELLS, axis=1)
    wanted[_MIDDLE::CELLS, _MIDDLE::CELLS] = True
    row, column = np.nonzero(wanted & (seen != NOTHING))
    return row.astype(np.int32), column.astype(np.int32)


def _shade(samples: _Samples, size: int, planes: Planes, projection: Projection) -> Floats:
    """By which share lightness is kept, (n, n): less in corners, and in views along an axis less for what lies deep."""
    at = samples.pixel[samples.middle]
    normal, depth = np.zeros((size * size, 3), np.float32), np.zeros(size * size, np.float32)
    there = np.zeros(size * size, bool)
    normal[at], depth[at], there[at] = samples.normal[samples.middle], samples.depth[samples.middle], True
    square = (size, size)
    covered = occlusion(depth.reshape(square), normal.reshape(*square, 3), there.reshape(square))
    kept = 1 - _CORNER_SHADE * covered
    if np.abs(projection.turn).max(axis=1).min() > 0.99:
        # parallel faces at different depths would look the same here
        far = (depth - planes.low.min() / CELLS) / size
        kept *= 1 - _FAR_SHADE * np.clip(far, 0, 1).reshape(square)
    return np.asarray(kept, np.float32)


def _spread(colour: Floats, known: Flags) -> Floats:
    """Colours for the pixels around the part too, from their neighbours: lines reach a little beyond it."""
    for _ in range(2):
        sums = np.pad(np.where(known[..., None], colour, 0), ((1, 1), (1, 1), (0, 0)))
        counts = np.pad(known.astype(np.float32), 1)
        size = len(known)
        near = [(slice(a, a + size), slice(b, b + size)) for a in range(3) for b in range(3)]
        total = np.add.reduce([sums[place] for place in near])
        number = np.add.reduce([counts[place] for place in near])
        colour = np.where(known[..., None], colour, total / np.maximum(number, 1)[..., None])
        known = number > 0
    return colour
