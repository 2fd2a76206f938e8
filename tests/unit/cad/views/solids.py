"""Writes small GLB files in which every corner is known: flat faces with vertices of their own, CAD axes, mm."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from utils.cad.glb import Glb

Point = Sequence[float]

ALUMINIUM = (0.48, 0.51, 0.54, 1.0)  # linear, as glTF has it
BLACK = (0.005, 0.005, 0.005, 1.0)
_Y_UP = [0.001, 0, 0, 0, 0, 0, -0.001, 0, 0, 0.001, 0, 0, 0, 0, 0, 1]


class Model:
    """Gathers faces, one primitive for each colour; ``glb()`` gives the bytes."""

    def __init__(self, *, normals: bool = True, inside_out: bool = False) -> None:
        """``inside_out`` winds all triangles against their normals, as some files without exact surfaces do."""
        self._faces: dict[tuple[float, ...], list[Sequence[Point]]] = {}
        self._normals = normals
        self._inside_out = inside_out
        self.placements: list[list[float]] = [_Y_UP]

    def face(self, corners: Sequence[Point], colour: tuple[float, ...] = ALUMINIUM) -> None:
        """A convex flat face, its corners counter-clockwise as seen from outside."""
        self._faces.setdefault(colour, []).append(corners)

    def box(self, low: Point, high: Point, colour: tuple[float, ...] = ALUMINIUM) -> Model:
        (a, b, c), (d, e, f) = low, high
        self.face([(a, b, c), (d, b, c), (d, b, f), (a, b, f)], colour)
        self.face([(d, e, c), (a, e, c), (a, e, f), (d, e, f)], colour)
        self.face([(a, e, c), (a, b, c), (a, b, f), (a, e, f)], colour)
        self.face([(d, b, c), (d, e, c), (d, e, f), (d, b, f)], colour)
        self.face([(a, b, f), (d, b, f), (d, e, f), (a, e, f)], colour)
        self.face([(a, e, c), (d, e, c), (d, b, c), (a, b, c)], colour)
        return self

    def cylinder(self, radius: float, length: float, sides: int = 48) -> Model:
        """Lying along X from 0; every side is a face of its own with a flat normal."""
        turns = np.linspace(0, 2 * np.pi, sides + 1)
        ring = [(radius * np.cos(turn), radius * np.sin(turn)) for turn in turns]
        for (y, z), (v, w) in pairwise(ring):
            self.face([(0, y, z), (length, y, z), (length, v, w), (0, v, w)][::-1])
        self.face([(length, y, z) for y, z in ring[:-1]])
        self.face([(0, y, z) for y, z in ring[:-1]][::-1])
        return self

    def glb(self) -> bytes:
        document: dict[str, Any] = {
            "asset": {"version": "2.0"},
            "scene": 0,
            "scenes": [{"nodes": list(range(len(self.placements)))}],
            "nodes": [{"mesh": 0, "matrix": matrix} for matrix in self.placements],
            "meshes": [{"primitives": []}] if self._faces else [],
            "materials": [],
            "accessors": [],
            "bufferViews": [],
        }
        if not self._faces:
            document["nodes"] = [{}]
        binary = b""
        for colour, faces in self._faces.items():
            points, normals, triangles = _triangles(faces)
            if self._inside_out:
                triangles = np.ascontiguousarray(triangles.reshape(-1, 3)[:, ::-1])
            arrays = {"POSITION": points, **({"NORMAL": normals} if self._normals else {})}
            numbers = {}
            for name, array in {**arrays, "indices": triangles}.items():
                numbers[name] = len(document["accessors"])
                document["bufferViews"].append(
                    {"buffer": 0, "byteOffset": len(binary), "byteLength": array.nbytes}
                )
                kind, width = (5125, "SCALAR") if name == "indices" else (5126, "VEC3")
                count = array.size if name == "indices" else len(array)
                view = len(document["bufferViews"]) - 1
                document["accessors"].append(
                    {"bufferView": view, "componentType": kind, "count": count, "type": width}
                )
                binary += array.tobytes()
            material = {"pbrMetallicRoughness": {"baseColorFactor": list(colour)}}
            document["materials"].append(material | ({"alphaMode": "BLEND"} if colour[3] < 1 else {}))
            document["meshes"][0]["primitives"].append(
                {
                    "attributes": {name: numbers[name] for name in arrays},
                    "indices": numbers["indices"],
                    "material": len(document["materials"]) - 1,
                }
            )
        document["buffers"] = [{"byteLength": len(binary)}]
        file = io.BytesIO()
        Glb(document, binary).write(file)
        return file.getvalue()


def moved(x: float, y: float, z: float) -> list[float]:
    """A placement in CAD axes, mm."""
    return [*_Y_UP[:12], x / 1000, z / 1000, -y / 1000, 1]


def _triangles(faces: list[Sequence[Point]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    points: list[Point] = []
    normals: list[np.ndarray] = []
    triangles: list[int] = []
    for corners in faces:
        first = len(points)
        a, b, c = (np.array(corners[min(n, len(corners) - 1)], float) for n in range(3))
        normal = np.cross(b - a, c - b)
        points += corners
        normals += [normal / (np.linalg.norm(normal) or 1)] * len(corners)
        for n in range(1, len(corners) - 1):
            triangles += [first, first + n, first + n + 1]
    return np.array(points, np.float32), np.array(normals, np.float32), np.array(triangles, np.uint32)
