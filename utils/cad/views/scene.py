"""What is to be drawn: every placed mesh of a GLB, turned back to the CAD's own axes, as plain arrays.

Runs in the sandbox, as all of this package but its top module and ``camera``: the arrays may become large.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from utils.cad.glb import Glb, Matrix

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# glTF has Y up, CAD has Z up: x, y, z of the CAD are X, -Z, Y of the GLB
_TO_CAD = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], float)
_PLAIN = (0.55, 0.58, 0.62, 1.0)  # linear; what has no colour is drawn as bare metal
_TRIANGLES = 4


class NothingToDraw(ValueError):
    """There is no triangle, or all of them are one point."""


@dataclass
class Scene:
    """V vertices and T triangles in CAD axes, moved and scaled so that the longest side of the box is 1.

    ``faces`` numbers the B-rep faces from 0, each placement of a part apart; ``rims`` are the segments that bound
    them (pairs of vertices) and ``rim_owners`` the triangles that these belong to.
    """

    vertices: Floats  # (V, 3)
    normals: Floats  # (V, 3), of length 1
    triangles: Ints  # (T, 3)
    faces: Ints  # (T,)
    colours: npt.NDArray[np.uint16]  # (T,), rows of ``palette``
    palette: Floats  # (C, 4), linear red, green, blue and opacity
    rims: Ints  # (R, 2)
    rim_owners: Ints  # (R,)

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """Which triangles can be seen through, (T,)."""
        return np.asarray(self.palette[self.colours, 3] < 0.99)


@dataclass
class _Piece:
    """One primitive in its mesh's own axes; ``faces`` counts from 0 within the piece."""

    vertices: Floats
    normals: Floats
    triangles: Ints
    faces: Ints
    colour: int
    rims: Ints
    rim_owners: Ints


def load(raw: bytes) -> Scene:
    """Take the scene out of a GLB. Raises NothingToDraw and ``utils.cad.glb.NotGlb``."""
    glb = Glb.parse(raw)
    pieces = [
        [piece for primitive in mesh["primitives"] if (piece := _piece(glb, primitive))]
        for mesh in glb.document.get("meshes", [])
    ]
    placed = [(piece, _TO_CAD @ matrix[:3]) for mesh, matrix in glb.placed() for piece in pieces[mesh]]
    if not placed:
        raise NothingToDraw("no triangles")
    scene = _join(placed)
    scene.palette = np.array([*_palette(glb), _PLAIN], np.float32)
    return scene


def _palette(glb: Glb) -> Iterator[tuple[float, ...]]:
    for material in glb.document.get("materials", []):
        surface = material.get("pbrMetallicRoughness", {})
        red, green, blue, alpha = surface.get("baseColorFactor", (1, 1, 1, 1))
        yield red, green, blue, alpha if material.get("alphaMode") == "BLEND" else 1.0


def _piece(glb: Glb, primitive: dict[str, Any]) -> _Piece | None:
    if primitive.get("mode", _TRIANGLES) != _TRIANGLES or "indices" not in primitive:
        return None
    triangles = glb.array(primitive["indices"]).astype(np.int32).reshape(-1, 3)
    if not len(triangles):
        return None
    vertices = glb.array(primitive["attributes"]["POSITION"]).astype(np.float32)
    normal = primitive["attributes"].get("NORMAL")
    normals = _vertex_normals(vertices, triangles) if normal is None else glb.array(normal).astype(np.float32)
    if _winds_inwards(vertices, normals, triangles):
        triangles = triangles[:, ::-1]
    faces = face_numbers(triangles, primitive.get("extras"))
    rims, owners = _rims(triangles, faces, len(vertices))
    # without a material: the row after the last one
    colour = primitive.get("material", len(glb.document.get("materials", [])))
    return _Piece(vertices, normals, triangles, faces, colour, rims, owners)


def _winds_inwards(vertices: Floats, normals: Floats, triangles: Ints) -> bool:
    """Whether the triangles wind against the normals, as those of files without exact surfaces may."""
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    return float(np.sum(np.cross(b - a, c - a) * normals[triangles[:, 0]])) < 0


def _vertex_normals(vertices: Floats, triangles: Ints) -> Floats:
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], across)
    return normals


def face_numbers(triangles: Ints, extras: Any) -> Ints:
    """The face of each triangle, from 0: as ``extras["starts"]`` says, else by the vertices.

    Each face is a run of triangles with vertices of its own, so a new one begins where all three are new.
    """
    starts = (extras or {}).get("starts")
    begins = np.zeros(len(triangles), np.int32)
    if starts is not None:
        begins[[start for start in starts if 0 < start < len(triangles)]] = 1
    else:
        seen = np.maximum.accumulate(triangles.max(axis=1))
        begins[1:] = triangles.min(axis=1)[1:] > seen[:-1]
    return np.cumsum(begins, dtype=np.int32)


def _rims(triangles: Ints, faces: Ints, vertices: int) -> tuple[Ints, Ints]:
    """The sides that one triangle of a face has alone, and that triangle."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    owners = np.repeat(np.arange(len(triangles), dtype=np.int32), 3)
    keys = (faces[owners].astype(np.int64) * vertices + sides[:, 0]) * vertices + sides[:, 1]
    _, first, count = np.unique(keys, return_index=True, return_counts=True)
    alone = np.sort(first[count == 1])
    return sides[alone], owners[alone]


def _join(placed: list[tuple[_Piece, Matrix]]) -> Scene:
    """Place the pieces, centre them and scale them to 1. Raises NothingToDraw when they are one point."""
    points = [piece.vertices @ matrix[:, :3].T + matrix[:, 3] for piece, matrix in placed]
    low = np.min([cloud.min(axis=0) for cloud in points], axis=0)
    high = np.max([cloud.max(axis=0) for cloud in points], axis=0)
    length = float((high - low).max())
    if not np.isfinite(length) or length <= 0:
        raise NothingToDraw("no extent")
    middle = (low + high) / 2
    first_vertex = _offsets(len(piece.vertices) for piece, _ in placed)
    first_triangle = _offsets(len(piece.triangles) for piece, _ in placed)
    first_face = _offsets(int(piece.faces[-1]) + 1 for piece, _ in placed)
    pieces = [piece for piece, _ in placed]
    return Scene(
        vertices=np.concatenate([((cloud - middle) / length).astype(np.float32) for cloud in points]),
        normals=np.concatenate([_turned(piece.normals, matrix[:, :3]) for piece, matrix in placed]),
        triangles=np.concatenate(
            [
                _wound(piece.triangles, matrix) + n
                for (piece, matrix), n in zip(placed, first_vertex, strict=True)
            ]
        ),
        faces=np.concatenate([p.faces + n for p, n in zip(pieces, first_face, strict=True)]),
        colours=np.concatenate([np.full(len(p.triangles), p.colour, np.uint16) for p in pieces]),
        palette=np.empty((0, 4), np.float32),
        rims=np.concatenate([p.rims + n for p, n in zip(pieces, first_vertex, strict=True)]),
        rim_owners=np.concatenate([p.rim_owners + n for p, n in zip(pieces, first_triangle, strict=True)]),
    )


def _offsets(counts: Iterator[int]) -> list[np.int32]:
    return [np.int32(n) for n in np.cumsum([0, *counts])[:-1]]


def _wound(triangles: Ints, matrix: Matrix) -> Ints:
    """A placement that mirrors turns its triangles inside out; this turns them back."""
    return triangles[:, ::-1] if np.linalg.det(matrix[:, :3]) < 0 else triangles


def _turned(normals: Floats, matrix: Matrix) -> Floats:
    # the inverse transposed keeps normals at right angles to a surface that is scaled unevenly
    turned = normals @ np.linalg.pinv(matrix).astype(np.float32)
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    upright = np.array([0, 0, 1], np.float32)
    return np.where(lengths > 0, turned / np.where(lengths > 0, lengths, 1), upright).astype(np.float32)
