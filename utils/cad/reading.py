"""The part of a conversion that runs inside the sandbox: the native reader, and what is put right after it.

The reader writes a GLB in metres with Z up, one mesh for each instance. What is stored has Y up, turned once at its
root, and each distinct mesh only once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from utils.cad.facenumbers import drop_doubtful_surfaces, number_faces
from utils.cad.glb import Glb, gzip_file, local_matrix
from utils.cad.product.meshes import measure_meshes
from utils.cad.product.naming import Names, name_all

INPUT_NAME = "input.step"
GLB_NAME = "model.glb"
GZIP_NAME = "model.glb.gz"

_Z_UP_TO_Y_UP = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]], float)
_MAX_TREE = 20_000


def read_step(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Convert ``in/input.step`` into ``out/model.glb`` and ``out/model.glb.gz``.

    The input is a neutral copy. ``options`` are the reader's tolerances and, as ``names``, what the tokens in it
    stand for. Returns what was found, or ``{"failed": code}``.
    """
    out = folder / "out"
    raw = out / "raw.glb"
    _run_reader(folder / "in" / INPUT_NAME, raw, options)
    if not raw.exists() or not raw.stat().st_size:
        return {"failed": "no_shape"}
    glb = Glb.parse(raw.read_bytes())
    raw.unlink()
    if glb.triangles() == 0:
        return {"failed": "no_shape"}
    bounds = glb.bounds()
    if bounds is None or not np.all(np.isfinite(bounds)):
        return {"failed": "not_a_number"}
    _share_meshes(glb.document)
    drop_doubtful_surfaces(glb)
    faces = number_faces(glb)
    _soften_materials(glb.document)
    name_all(glb, Names(options.get("names", {})))
    found = {**_describe(glb, bounds), "faces": faces, "meshes_found": measure_meshes(glb)}
    _turn_y_up(glb)
    _save(glb, out)
    return found


def _run_reader(source: Path, target: Path, options: dict[str, Any]) -> None:
    # only ever imported inside a child: it may crash, and holds the interpreter's lock while it works
    import cascadio

    # what it returns says nothing that the file it wrote, or did not write, does not say better
    cascadio.step_to_glb(
        str(source),
        str(target),
        tol_linear=options["tol_linear"],
        tol_angular=options["tol_angular"],
        tol_relative=True,
        include_brep=True,
        use_parallel=False,
    )


def _share_meshes(document: dict[str, Any]) -> None:
    """Make instances of one part use one mesh; the reader repeats its description, faces and all."""
    kept: list[dict[str, Any]] = []
    number_of: dict[str, int] = {}
    new_number = []
    for mesh in document["meshes"]:
        key = json.dumps(mesh, sort_keys=True)
        if key not in number_of:
            number_of[key] = len(kept)
            kept.append(mesh)
        new_number.append(number_of[key])
    document["meshes"] = kept
    for node in document["nodes"]:
        if "mesh" in node:
            node["mesh"] = new_number[node["mesh"]]


def _soften_materials(document: dict[str, Any]) -> None:
    """STEP knows colours, not metals: without this, glTF's default makes every colour a dark mirror."""
    for material in document.get("materials", []):
        surface = material.setdefault("pbrMetallicRoughness", {})
        surface.setdefault("metallicFactor", 0.0)
        surface.setdefault("roughnessFactor", 0.6)


def _describe(glb: Glb, bounds: tuple[Any, Any]) -> dict[str, Any]:
    meshes = glb.document["meshes"]
    low, high = bounds
    return {
        "bbox_mm": [float(length) for length in np.round((high - low) * 1000, 6)],
        "triangles": glb.triangles(),
        "meshes": len(meshes),
        "names": list(dict.fromkeys(mesh.get("name", "") for mesh in meshes)),
        "tree": _tree(glb),
    }


def _tree(glb: Glb) -> list[dict[str, Any]]:
    """The nodes, parents first: name, the parent's place in this list, the name of the part shown there, numbers."""
    nodes, meshes = glb.document["nodes"], glb.document["meshes"]
    rows: list[dict[str, Any]] = []
    waiting: list[tuple[int, int | None]] = [(root, None) for root in reversed(glb.roots())]
    while waiting and len(rows) < _MAX_TREE:
        number, parent = waiting.pop()
        node = nodes[number]
        part = meshes[node["mesh"]].get("name", "") if "mesh" in node else None
        extras = node.get("extras", {})
        numbers = {"product": extras.get("product"), "usage": extras.get("usage")}
        rows.append({"name": node.get("name", ""), "parent": parent, "part": part, **numbers})
        here = len(rows) - 1
        waiting.extend((child, here) for child in reversed(node.get("children", [])))
    return rows


def _turn_y_up(glb: Glb) -> None:
    document = glb.document
    roots = glb.roots()
    if len(roots) > 1:
        document["nodes"].append({"children": roots})
        roots = [len(document["nodes"]) - 1]
        document["scenes"][document.get("scene", 0)]["nodes"] = roots
    root = document["nodes"][roots[0]]
    turned = _Z_UP_TO_Y_UP @ local_matrix(root)
    for part in ("translation", "rotation", "scale"):
        root.pop(part, None)
    root["matrix"] = [float(number) for number in turned.T.reshape(16) + 0.0]


def _save(glb: Glb, out: Path) -> None:
    # each is written under another name first: a file that has its name is whole
    part = out / "part"
    with part.open("wb") as file:
        glb.write(file)
    part.rename(out / GLB_NAME)
    with (out / GLB_NAME).open("rb") as source, part.open("wb") as file:
        gzip_file(source, file)
    part.rename(out / GZIP_NAME)
