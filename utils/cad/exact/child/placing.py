"""The box that holds all placed instances of an assembly, turned ones too, and their centre; only inside a child."""

from __future__ import annotations

import time
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib
from OCP.gp import gp_Trsf
from OCP.TopLoc import TopLoc_Location

from utils.cad.analysis import Box, Part, Point
from utils.cad.exact.child.document import Document

_EXACT_S = 10.0  # after that, the box of an instance's turned box has to do

Values = npt.NDArray[np.float64]


def whole_box(document: Document, boxes: list[Box]) -> Box:
    """``boxes`` are those of the parts in their own axes. Only instances that could stick out are looked at exactly."""
    corners = [np.array(list(product(*zip(box["low"], box["high"], strict=True)))) for box in boxes]
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    turned: list[tuple[int, Values, Values, Values, Values]] = []
    for part, where in document.placed:
        matrix, move = _matrix(where.Transformation())
        placed = corners[part] @ matrix.T + move
        # turned by right angles, a box stays the smallest one
        if np.all((np.abs(matrix) < 1e-9) | (np.abs(np.abs(matrix) - 1) < 1e-9)):
            low, high = np.minimum(low, placed.min(axis=0)), np.maximum(high, placed.max(axis=0))
        else:
            turned.append((part, matrix, move, placed.min(axis=0), placed.max(axis=0)))
    exact: dict[tuple[int, bytes], tuple[Values, Values]] = {}
    ends = time.monotonic() + _EXACT_S
    # the farthest first: then most of the others lie within
    middle = np.mean([[lowest, highest] for *_, lowest, highest in turned], axis=(0, 1)) if turned else 0.0
    turned.sort(key=lambda one: -float(np.abs(np.array(one[3:]) - middle).max()))
    for part, matrix, move, lowest, highest in turned:
        if np.all(lowest >= low) and np.all(highest <= high):
            continue
        key = (part, np.round(matrix, 9).tobytes())
        if key not in exact and time.monotonic() < ends:
            exact[key] = _turned_box(document.parts[part].shape, matrix)
        if key in exact:
            lowest, highest = exact[key][0] + move, exact[key][1] + move
        low, high = np.minimum(low, lowest), np.maximum(high, highest)
    return {"low": [float(x) + 0.0 for x in low], "high": [float(x) + 0.0 for x in high]}


def whole_centre(document: Document, parts: list[Part]) -> Point:
    """The centre of mass of all instances, of one density. Every part has a volume."""
    weights, centres = [], []
    for number, where in document.placed:
        matrix, move = _matrix(where.Transformation())
        weights.append(parts[number]["volume_mm3"] or 0.0)
        centres.append(matrix @ np.array(parts[number]["centre"] or (0.0, 0.0, 0.0)) + move)
    return [float(x) + 0.0 for x in np.average(centres, axis=0, weights=weights)]


def _turned_box(shape: Any, matrix: Values) -> tuple[Values, Values]:
    turn = gp_Trsf()
    turn.SetValues(*(float(x) for row in matrix for x in (*row, 0.0)))
    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape.Moved(TopLoc_Location(turn)), box, False, False)
    low, high = box.CornerMin(), box.CornerMax()
    return np.array([low.X(), low.Y(), low.Z()]), np.array([high.X(), high.Y(), high.Z()])


def _matrix(transformation: gp_Trsf) -> tuple[Values, Values]:
    rows = [[transformation.Value(row, column) for column in range(1, 5)] for row in range(1, 4)]
    values = np.array(rows)
    return values[:, :3], values[:, 3]
