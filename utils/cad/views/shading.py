"""Colours: a material's own, lifted where it is too dark to show a shape, under three lights that go with the eye.

Lightness is OKLab's (Björn Ottosson, "A perceptual color space for image processing", 2020), so that a step of light
looks equally strong on every colour.
"""

from __future__ import annotations

import numpy as np

from utils.cad.views.scene import Floats

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS, _FROM_LAB = np.linalg.inv(_TO_LMS), np.linalg.inv(_TO_LAB)

# the darkest and the lightest that a material is drawn in full light: neither a dark nor a white page swallows it
_DARKEST, _LIGHTEST = 0.47, 0.93
_AMBIENT = 0.34
# directions to the right, up and towards the eye: from above left, from the left, from the eye itself
_LIGHTS = ((-0.35, 0.85, 0.55, 0.40), (-0.85, 0.05, 0.55, 0.17), (0.0, 0.0, 1.0, 0.22))
_GLOSS = 0.07
_GLOSS_EXPONENT = 28
_SHADE = 0.42  # how much lightness a surface in no light at all loses
# lines, as a share of their surface's lightness; where a part is nothing but outline it has to show on a dark page
LINE_OUTER, LINE_INNER, LINE_SLIM = 0.30, 0.48, 0.85


def lifted(palette: Floats) -> Floats:
    """Linear red, green and blue (C, 3+) as OKLab (C, 3), dark ones lifted."""
    lab = np.cbrt(np.clip(palette[:, :3], 0, 1) @ _TO_LMS.T) @ _TO_LAB.T
    lab[:, 0] = _DARKEST + (_LIGHTEST - _DARKEST) * lab[:, 0]
    return np.asarray(lab, np.float32)


def light(normals: Floats) -> Floats:
    """How much light falls on surfaces with ``normals`` (N, 3): about 0 to 1; (N,)."""
    total = np.full(len(normals), _AMBIENT, np.float32)
    for x, y, z, strength in _LIGHTS:
        towards = np.array([x, y, z], np.float32) / np.float32(np.linalg.norm((x, y, z)))
        total += np.float32(strength) * np.maximum(normals @ towards, 0)
    halfway = np.array(_LIGHTS[0][:3]) / np.linalg.norm(_LIGHTS[0][:3]) + (0, 0, 1)
    halfway = (halfway / np.linalg.norm(halfway)).astype(np.float32)
    return total + np.float32(_GLOSS) * np.maximum(normals @ halfway, 0) ** _GLOSS_EXPONENT


def shaded(lab: Floats, lightness: Floats) -> Floats:
    """The colours ``lab`` (N, 3) under that much light (N,), as OKLab."""
    shown = lab.copy()
    shown[:, 0] *= 1 - _SHADE + _SHADE * lightness
    return shown


def inked(lab: Floats, share: float) -> Floats:
    """The colour of a line on ``lab``: the same hue, darker."""
    return np.asarray(lab * np.array([share, 0.7, 0.7]), np.float32)


def to_srgb(lab: Floats) -> Floats:
    """OKLab (N, 3) to sRGB from 0 to 1; what the screen cannot show is cut off."""
    linear = np.clip((lab @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T, 0, 1)
    curved = 1.055 * linear ** (1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, curved).astype(np.float32)
