"""Reads and writes GLB files (binary glTF 2.0) and measures what is in them.

The container is described in the glTF 2.0 specification, "GLB File Format Specification". Lengths are in metres.
"""

from __future__ import annotations

import base64
import gzip
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

_MAGIC = 0x46546C67
_JSON_CHUNK = 0x4E4F534A
_BINARY_CHUNK = 0x004E4942
_TRIANGLES = 4
_COMPONENTS: dict[int, type[np.generic]] = {
    5126: np.float32,
    5125: np.uint32,
    5123: np.uint16,
    5121: np.uint8,
}


class NotGlb(ValueError):
    """The bytes are no whole GLB file."""


@dataclass
class Glb:
    """A GLB taken apart: its JSON document and its one binary buffer."""

    document: dict[str, Any]
    binary: memoryview | bytes

    @classmethod
    def parse(cls, raw: bytes) -> Glb:
        """Take a GLB apart. Raises NotGlb. Bytes that are no UTF-8 in its names become U+FFFD."""
        if len(raw) < 20 or struct.unpack_from("<I", raw)[0] != _MAGIC:
            raise NotGlb("no GLB header")
        length, kind = struct.unpack_from("<II", raw, 12)
        if kind != _JSON_CHUNK or 20 + length > len(raw):
            raise NotGlb("no JSON chunk")
        document = json.loads(raw[20 : 20 + length].decode("utf-8", "replace"))
        rest = 20 + length
        if len(raw) < rest + 8:
            return cls(document, b"")
        size, kind = struct.unpack_from("<II", raw, rest)
        if kind != _BINARY_CHUNK or rest + 8 + size > len(raw):
            raise NotGlb("the binary chunk is cut off")
        return cls(document, memoryview(raw)[rest + 8 : rest + 8 + size])

    def write(self, file: BinaryIO) -> None:
        """Write the GLB. Raises ValueError when a number in the document is NaN or infinite."""
        text = dump_json(self.document)
        text += b" " * (-len(text) % 4)
        padding = bytes(-len(self.binary) % 4)
        size = len(self.binary) + len(padding)
        file.write(struct.pack("<III", _MAGIC, 2, 12 + 8 + len(text) + 8 + size))
        file.write(struct.pack("<II", len(text), _JSON_CHUNK))
        file.write(text)
        file.write(struct.pack("<II", size, _BINARY_CHUNK))
        file.write(self.binary)
        file.write(padding)

    def triangles(self) -> int:
        """How many triangles the distinct meshes have."""
        accessors = self.document.get("accessors", [])
        return sum(
            accessors[primitive["indices"]]["count"] // 3
            for mesh in self.document.get("meshes", [])
            for primitive in mesh["primitives"]
            if primitive.get("mode", _TRIANGLES) == _TRIANGLES and "indices" in primitive
        )

    def array(self, accessor: int) -> npt.NDArray[Any]:
        """An accessor's values, (count, 3) for vectors and (count,) for scalars."""
        description = self.document["accessors"][accessor]
        view = self.document["bufferViews"][description["bufferView"]]
        width = 3 if description["type"] == "VEC3" else 1
        kind = _COMPONENTS[description["componentType"]]
        start = view.get("byteOffset", 0) + description.get("byteOffset", 0)
        values = np.frombuffer(self.binary, kind, description["count"] * width, start)
        return values.reshape(-1, 3) if width == 3 else values

    def placed(self) -> Iterator[tuple[int, Matrix]]:
        """Each placement of a mesh in the scene: the mesh's number and its 4 x 4 matrix, column vectors."""
        nodes = self.document.get("nodes", [])
        waiting = [(root, np.eye(4)) for root in reversed(self.roots())]
        while waiting:
            number, above = waiting.pop()
            node = nodes[number]
            matrix = above @ local_matrix(node)
            if "mesh" in node:
                yield node["mesh"], matrix
            waiting.extend((child, matrix) for child in reversed(node.get("children", [])))

    def roots(self) -> list[int]:
        """The scene's top nodes."""
        scenes = self.document.get("scenes", [])
        return list(scenes[self.document.get("scene", 0)].get("nodes", [])) if scenes else []

    def bounds(self) -> tuple[Matrix, Matrix] | None:
        """The lowest and the highest corner over all vertices, or None when there is no mesh."""
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for mesh, matrix in self.placed():
            for primitive in self.document["meshes"][mesh]["primitives"]:
                points = self.array(primitive["attributes"]["POSITION"]) @ matrix[:3, :3].T + matrix[:3, 3]
                if len(points):
                    low, high = np.minimum(low, points.min(axis=0)), np.maximum(high, points.max(axis=0))
        return (low, high) if np.all(low <= high) else None


def local_matrix(node: dict[str, Any]) -> Matrix:
    """A node's own 4 x 4 matrix, from ``matrix`` or from translation, rotation (x, y, z, w) and scale."""
    if "matrix" in node:
        return np.array(node["matrix"], float).reshape(4, 4).T
    x, y, z, w = node.get("rotation", (0, 0, 0, 1))
    turn = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    matrix = np.eye(4)
    matrix[:3, :3] = np.array(turn) * np.array(node.get("scale", (1, 1, 1)), float)
    matrix[:3, 3] = node.get("translation", (0, 0, 0))
    return matrix


def dump_json(document: Any) -> bytes:
    """Compact JSON that is valid UTF-8 whatever the strings held. Raises ValueError for NaN and infinity."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


def gzip_file(source: BinaryIO, target: BinaryIO) -> None:
    """Compress so that the same bytes always give the same bytes: no time and no name in the header."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=target, compresslevel=6, mtime=0) as packed:
        while piece := source.read(1024 * 1024):
            packed.write(piece)


def glb_to_gltf(raw: bytes) -> bytes:
    """The same model as one self-contained ``.gltf``: JSON with its buffer in a data URI. Raises NotGlb."""
    glb = Glb.parse(raw)
    document = dict(glb.document)
    if len(glb.binary):
        content = base64.b64encode(glb.binary).decode("ascii")
        uri = f"data:application/octet-stream;base64,{content}"
        document["buffers"] = [{"byteLength": len(glb.binary), "uri": uri}]
    return dump_json(document)
