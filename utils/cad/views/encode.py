"""Small files from pictures: PNG with a palette that serves both themes, WebP for the thumbnail."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image

from utils.cad.views.scene import Floats

Pixels = npt.NDArray[np.uint8]

_SURFACE_COLOURS = (212, 96, 48)  # tried in turn, until the file is small
_RIM_COLOURS, _RIM_STEPS = 4, 10  # of pixels that are covered in part: 4 colours × 10 steps of opacity
_SOFT_SHARE = 0.03  # with more of them than an outline has, something can be seen through


def pixels(picture: Floats) -> Pixels:
    """Red, green, blue and opacity as bytes; what nobody sees is all alike and takes no room."""
    values = np.round(picture * 255).astype(np.uint8)
    values[values[..., 3] == 0] = 0
    return values


def png(values: Pixels, small: int) -> bytes:
    """A PNG of at most ``small`` bytes where that can be had without spoiling it."""
    opacity = values[..., 3]
    soft = np.count_nonzero((opacity > 0) & (opacity < 255)) / opacity.size
    if soft > _SOFT_SHARE:
        whole = _saved(Image.fromarray(values, "RGBA"))
        if len(whole) <= small:
            return whole
        octree = Image.fromarray(values, "RGBA").quantize(256, Image.Quantize.FASTOCTREE)
        return _saved(octree)
    for colours in _SURFACE_COLOURS:
        packed = _with_palette(values, colours)
        if len(packed) <= small:
            break
    return packed


def webp(values: Pixels, quality: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(values, "RGBA").save(file, "WEBP", quality=quality, method=6)
    return file.getvalue()


def _with_palette(values: Pixels, colours: int) -> bytes:
    opacity = values[..., 3]
    index = np.zeros(opacity.shape, np.uint8)  # 0 is the ground
    palette = [np.zeros((1, 4), np.uint8)]
    steps = np.linspace(0, 255, _RIM_STEPS + 1)
    groups = [(opacity == 255, 255, colours)]
    groups += [
        ((opacity > low) & (opacity <= min(high, 254)), round((low + high) / 2), _RIM_COLOURS)
        for low, high in pairwise(steps)
    ]
    for chosen, alpha, number in groups:
        if chosen.any():
            strip = Image.fromarray(values[chosen][None, :, :3], "RGB").quantize(
                number, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
            )
            used = np.array(strip.getpalette(), np.uint8).reshape(-1, 3)[:number]
            index[chosen] = np.asarray(strip)[0] + sum(len(part) for part in palette)
            palette.append(np.column_stack([used, np.full(len(used), alpha, np.uint8)]))
    entries = np.concatenate(palette)
    image = Image.fromarray(index, "P")
    image.putpalette(entries[:, :3].tobytes())
    return _saved(image, transparency=entries[:, 3].tobytes())


def _saved(image: Image.Image, **more: bytes) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True, **more)
    return file.getvalue()
