"""One view as a picture: surfaces, lines and what shines through, put together from a finer grid of cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from utils.cad.views import shading
from utils.cad.views.camera import project
from utils.cad.views.depth import DepthBuffer
from utils.cad.views.edges import thicken
from utils.cad.views.layer import CELLS, Layer, layer, reduced
from utils.cad.views.scene import Floats, Scene

MARGIN = 22  # pixels
_BACK_LINES = 0.35  # how strong lines on the far side of something clear are


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
        for part in self.layers:
            above = _drawn(part, every, outline, crease)
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
            layers.append(layer(scene, projection, buffer.planes, seen, colours, strength))
            faces += len(np.unique(scene.faces[seen[seen >= 0]]))
    return View(layers, faces)


def _drawn(part: Layer, every: int, outline: int, crease: int) -> Floats:
    """The layer's picture with colours multiplied by opacity."""
    cover = reduced(part.cover, every)
    weight = np.maximum(part.cover, 1e-4)[..., None]
    lab = reduced(part.colour * weight, every) / reduced(weight, every)
    crossed = reduced(thicken(part.crease, crease), CELLS * every) * part.strength
    frame = thicken(part.outline, outline)
    alone = frame & thicken(part.slim, outline + 1)
    framed = reduced(frame & ~alone, CELLS * every) * part.strength
    slim_amount = reduced(alone, CELLS * every) * part.strength
    result = np.zeros((*cover.shape, 4), np.float32)
    for amount, share in (
        (cover, None),
        (crossed, shading.LINE_INNER),
        (framed, shading.LINE_OUTER),
        (slim_amount, shading.LINE_SLIM),
    ):
        there = amount > 0
        laid = amount[there][:, None]
        ink = shading.to_srgb(lab[there] if share is None else shading.inked(lab[there], share))
        result[there] *= 1 - laid
        result[there] += np.concatenate([ink, np.ones((len(ink), 1), np.float32)], axis=1) * laid
    return result
