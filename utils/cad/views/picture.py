"""One view as a picture: surfaces, lines and what shines through, put together from a finer grid of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from utils.cad.views import shading
from utils.cad.views.camera import Projection, project
from utils.cad.views.depth import NOTHING, DepthBuffer, Flags, Planes
from utils.cad.views.edges import line_cells, thicken
from utils.cad.views.occlusion import occlusion
from utils.cad.views.scene import Floats, Ints, Scene
from utils.cad.views.surface import normals_at

CELLS = 3  # along each side of a pixel
MARGIN = 22  # pixels
_CORNER_SHADE = 0.55
_FAR_SHADE = 0.12  # how much lightness goes over a depth as large as the picture
_LEAST_OPAQUE, _MOST_OPAQUE = 0.30, 0.62  # of what can be seen through
_BACK_LINES = 0.35  # how strong lines on the far side of something clear are


@dataclass
class Layer:
    """Part of a view, as far as it is not hidden. Colours are OKLab."""

    colour: Floats  # (n, n, 3)
    cover: Floats  # (n, n), from 0 to 1: how much of a pixel its surface covers, less where it can be seen through
    outline: Flags  # (n * CELLS, n * CELLS)
    crease: Flags
    strength: float  # of the lines


@dataclass
class View:
    """The layers of one view from back to front, and how many different faces are seen in it."""

    layers: list[Layer]
    faces: int

    def picture(self, every: int, outline: int, crease: int) -> Floats:
        """Red, green, blue and opacity, each from 0 to 1, (n / every, n / every, 4).

        ``outline`` and ``crease`` say by how many cells lines are widened on each side.
        """
        total: Floats | None = None
        for layer in self.layers:
            above = _drawn(layer, every, outline, crease)
            total = above if total is None else above + total * (1 - above[..., 3:])
        assert total is not None
        total[..., :3] /= np.maximum(total[..., 3:], 1e-6)
        return np.clip(total, 0, 1)


def look(scene: Scene, name: str, size: int) -> View:
    """The view ``name`` of ``scene``, ``size`` pixels on each side."""
    projection = project(scene.vertices, name, size * CELLS, MARGIN * CELLS)
    buffer = DepthBuffer(scene, projection, size * CELLS)
    colours = shading.lifted(scene.palette)
    clear = scene.clear
    away = projection.faces_away(scene.triangles) if clear.any() else clear
    layers = []
    faces = 0
    for chosen, strength in ((~clear, 1.0), (clear & away, _BACK_LINES), (clear & ~away, 1.0)):
        if chosen.any():
            seen = buffer.add(chosen)
            layers.append(_layer(scene, projection, buffer.planes, seen, colours, strength))
            faces += len(np.unique(scene.faces[seen[seen >= 0]]))
    return View(layers, faces)


def _layer(
    scene: Scene, projection: Projection, planes: Planes, seen: Ints, colours: Floats, strength: float
) -> Layer:
    outline, crease = line_cells(scene, projection, planes, seen)
    pixels = len(seen) // CELLS
    middle = seen[CELLS // 2 :: CELLS, CELLS // 2 :: CELLS]
    row, column = _samples(scene, seen)
    triangles = seen[row, column]
    pixel = (row // CELLS) * pixels + column // CELLS
    x, y = column + 0.5, row + 0.5
    normals = normals_at(scene, projection, triangles, x, y)
    lab = shading.shaded(colours[scene.colours[triangles]], shading.light(normals))
    opaque = np.clip(scene.palette[scene.colours[triangles], 3], _LEAST_OPAQUE, _MOST_OPAQUE)
    opaque = np.where(scene.clear[triangles], opaque, 1)

    count = np.bincount(pixel, minlength=pixels * pixels)
    total = [np.bincount(pixel, lab[:, part], minlength=pixels * pixels) for part in range(3)]
    mean = (np.stack(total, axis=1) / np.maximum(count, 1)[:, None]).reshape(pixels, pixels, 3)
    solid = np.bincount(pixel, opaque, minlength=pixels * pixels) / np.maximum(count, 1)
    covered = _reduced(seen != NOTHING, CELLS)

    at_middle = (row % CELLS == CELLS // 2) & (column % CELLS == CELLS // 2)
    facing = np.zeros((pixels * pixels, 3), np.float32)
    facing[pixel[at_middle]] = normals[at_middle]
    depth = np.zeros(pixels * pixels, np.float32)
    depth[pixel[at_middle]] = planes.depth(triangles[at_middle], x[at_middle], y[at_middle]) / CELLS
    shadow = occlusion(depth.reshape(pixels, pixels), facing.reshape(pixels, pixels, 3), middle != NOTHING)
    mean[..., 0] *= 1 - _CORNER_SHADE * shadow
    if _is_along_axes(projection):
        # what lies deeper is a little darker: here faces of different depths would look the same
        far = (depth - planes.low.min() / CELLS) / pixels
        mean[..., 0] *= 1 - _FAR_SHADE * np.clip(far.reshape(pixels, pixels), 0, 1)
    filled = _spread(mean, count.reshape(pixels, pixels) > 0)
    cover = covered * solid.reshape(pixels, pixels)
    return Layer(filled.astype(np.float32), cover.astype(np.float32), outline, crease, strength)


def _is_along_axes(projection: Projection) -> bool:
    return bool(np.abs(projection.turn).max(axis=1).min() > 0.99)


def _samples(scene: Scene, seen: Ints) -> tuple[Ints, Ints]:
    """Rows and columns of the cells that are shaded: the middle of a pixel that shows one face, else all of them."""
    face = np.where(seen != NOTHING, scene.faces[seen], NOTHING)
    cells = [face[y::CELLS, x::CELLS] for y in range(CELLS) for x in range(CELLS)]
    mixed = np.minimum.reduce(cells) != np.maximum.reduce(cells)
    wanted = np.repeat(np.repeat(mixed, CELLS, axis=0), CELLS, axis=1)
    wanted[CELLS // 2 :: CELLS, CELLS // 2 :: CELLS] = True
    row, column = np.nonzero(wanted & (seen != NOTHING))
    return row.astype(np.int32), column.astype(np.int32)


def _spread(colour: Floats, known: Flags) -> Floats:
    """Colours for the pixels around the part too, from their neighbours: lines reach a little beyond it."""
    for _ in range(2):
        sums = np.pad(np.where(known[..., None], colour, 0), ((1, 1), (1, 1), (0, 0)))
        counts = np.pad(known.astype(np.float32), 1)
        size = len(known)
        near = [(slice(a, a + size), slice(b, b + size)) for a in range(3) for b in range(3)]
        total = sum(sums[place] for place in near)
        number = sum(counts[place] for place in near)
        colour = np.where(known[..., None], colour, total / np.maximum(number, 1)[..., None])
        known = number > 0
    return colour


def _drawn(layer: Layer, every: int, outline: int, crease: int) -> Floats:
    """The layer's picture with colours multiplied by opacity."""
    cover = _reduced(layer.cover, every)
    weight = np.maximum(layer.cover, 1e-4)[..., None]
    lab = _reduced(layer.colour * weight, every) / _reduced(weight, every)
    crossed = _reduced(thicken(layer.crease, crease), CELLS * every) * layer.strength
    framed = _reduced(thicken(layer.outline, outline), CELLS * every) * layer.strength
    result = np.zeros((*cover.shape, 4), np.float32)
    for amount, share in ((cover, None), (crossed, shading.LINE_INNER), (framed, shading.LINE_OUTER)):
        there = amount > 0
        part = amount[there][:, None]
        ink = shading.to_srgb(lab[there] if share is None else shading.inked(lab[there], share))
        result[there] *= 1 - part
        result[there] += np.concatenate([ink, np.ones((len(ink), 1), np.float32)], axis=1) * part
    return result


def _reduced(values: npt.NDArray[Any], every: int) -> Floats:
    """The means of blocks of ``every`` × ``every`` values."""
    total = sum(values[y::every, x::every].astype(np.float32) for y in range(every) for x in range(every))
    return np.asarray(total / np.float32(every * every), np.float32)
