"""Finds for each exact face the number that the preview knows it by; runs inside a child.

Both come from the same file by readers of the same kind, so faces mostly stand in the same order; but a part in
several colours has its faces sorted by colour, and a face that could not be meshed is missing. So nothing is believed
that area, centre and box do not confirm, and what is not in order is matched by these alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from utils.cad.facenumbers import face_of_each_triangle, triangles_of
from utils.cad.glb import Glb

Values = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

# how far a mesh with the preview's deflection may be off: a part of the face's size, of the part's, of its area
_OF_FACE = 0.06
_OF_PART = 1e-4
_OF_AREA = 0.15
_ROWS = 256  # compared with all others at a time


@dataclass
class Outlines:
    """Faces by what can be compared: ``places`` is (count, 9) for centre, low and high corner, mm; ``areas`` mm²."""

    places: Values
    areas: Values

    @property
    def sizes(self) -> Values:
        """The diagonals of the faces' boxes."""
        return np.asarray(np.linalg.norm(self.places[:, 6:] - self.places[:, 3:6], axis=1))

    def box(self) -> Values:
        """Low and high corner of all together, (6,)."""
        return np.concatenate((self.places[:, 3:6].min(axis=0), self.places[:, 6:].max(axis=0)))


@dataclass
class Mesh:
    """A mesh of the preview: the PRODUCT it shows, and its faces with their numbers."""

    product: int | None
    numbers: Numbers
    outlines: Outlines


def meshes(glb: Glb) -> list[Mesh]:
    """The meshes of a numbered preview that have faces, in its order and in the parts' own axes."""
    found = []
    for mesh in glb.document.get("meshes", []):
        pieces = [_primitive(glb, primitive) for primitive in mesh["primitives"]]
        numbers = np.concatenate([piece[0] for piece in pieces])
        if len(numbers):
            places = np.concatenate([piece[1] for piece in pieces])
            areas = np.concatenate([piece[2] for piece in pieces])
            found.append(Mesh(mesh.get("extras", {}).get("product"), numbers, Outlines(places, areas)))
    return found


def _primitive(glb: Glb, primitive: dict[str, object]) -> tuple[Numbers, Values, Values]:
    triangles = triangles_of(glb, primitive)
    if not len(triangles):
        return np.zeros(0, np.int64), np.zeros((0, 9)), np.zeros(0)
    numbers, starts = np.unique(face_of_each_triangle(primitive, len(triangles)), return_index=True)
    attributes = primitive["attributes"]
    assert isinstance(attributes, dict)
    corners = glb.array(attributes["POSITION"]).astype(float)[triangles] * 1000  # (triangles, 3 corners, 3)
    sizes = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    areas = np.add.reduceat(sizes, starts)
    moments = np.add.reduceat(corners.mean(axis=1) * sizes[:, None], starts)
    low = np.minimum.reduceat(corners.min(axis=1), starts)
    high = np.maximum.reduceat(corners.max(axis=1), starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        centres = np.where(areas[:, None] > 0, moments / areas[:, None], (low + high) / 2)
    return numbers, np.concatenate((centres, low, high), axis=1), areas


def parts_of_meshes(products: list[int | None], parts: list[Outlines], found: list[Mesh]) -> list[int | None]:
    """For each mesh the part that it shows: by product where it has one, among several by the nearest box."""
    free = set(range(len(parts)))
    chosen: list[int | None] = []
    for mesh in found:
        same = [number for number, product in enumerate(products) if product == mesh.product]
        # a body more than there are parts of its product belongs to one of these all the same
        candidates = [number for number in same if number in free] or same
        if mesh.product is None or not same:
            candidates = [number for number in sorted(free) if _like(parts[number], mesh.outlines)]
        best = min(candidates, key=lambda number: _apart(parts[number], mesh.outlines), default=None)
        chosen.append(best)
        free.discard(-1 if best is None else best)
    return chosen


def _apart(one: Outlines, other: Outlines) -> tuple[float, int]:
    size = float(np.linalg.norm(one.box()[3:] - one.box()[:3])) or 1.0
    off = float(np.abs(one.box() - other.box()).max()) / size
    # equal parts stay in their order: what a mesh's deflection explains is no difference
    return round(off, 2), abs(len(one.areas) - len(other.areas))


def _like(one: Outlines, other: Outlines) -> bool:
    return _apart(one, other)[0] <= _OF_FACE


def match(exact: Outlines, shown: Outlines) -> Numbers:
    """For each exact face its place among those shown, -1 where it is not shown."""
    found = np.full(len(exact.areas), -1)
    if len(exact.areas) == len(shown.areas) and np.all(_confirmed(exact, shown)):
        return np.arange(len(found))
    _assign(found, _candidates(exact, shown))
    # the kernel knows only a large box for a face whose outline is flawed: then centre and area have to do
    rest, unseen = np.flatnonzero(found < 0), np.setdiff1d(np.arange(len(shown.areas)), found)
    if len(rest) and len(unseen):
        left = np.full(len(rest), -1)
        _assign(left, _candidates(_centres(exact, rest), _centres(shown, unseen)))
        found[rest] = np.where(left >= 0, unseen[left], -1)
    return found


def _assign(found: Numbers, candidates: tuple[Numbers, Numbers, Values]) -> None:
    """Pair the nearest first, those as near as each other in their order."""
    rows, columns, costs = candidates
    taken: set[int] = set()
    for number in np.lexsort((columns, rows, np.round(costs, 4))):
        row, column = int(rows[number]), int(columns[number])
        if found[row] < 0 and column not in taken:
            found[row] = column
            taken.add(column)


def _centres(outlines: Outlines, faces: Numbers) -> Outlines:
    """Faces as if each were a square of its area around its centre."""
    centres, areas = outlines.places[faces, :3], outlines.areas[faces]
    half = np.sqrt(np.maximum(areas, 0.0) / 8)[:, None]
    return Outlines(np.concatenate((centres, centres - half, centres + half), axis=1), areas)


def _confirmed(exact: Outlines, shown: Outlines) -> npt.NDArray[np.bool_]:
    off = np.abs(exact.places - shown.places).max(axis=1)
    return (off <= _allowed(exact)) & (np.abs(exact.areas - shown.areas) <= _allowed_area(exact))


def _candidates(exact: Outlines, shown: Outlines) -> tuple[Numbers, Numbers, Values]:
    """All pairs that may be the same face, and how far they are apart in lengths of the face."""
    rows, columns, costs = [], [], []
    allowed, allowed_area = _allowed(exact), _allowed_area(exact)
    for start in range(0, len(exact.areas), _ROWS):
        end = start + _ROWS
        off = np.abs(exact.places[start:end, None, :] - shown.places[None, :, :]).max(axis=2)
        area_off = np.abs(exact.areas[start:end, None] - shown.areas[None, :])
        near = (off <= allowed[start:end, None]) & (area_off <= allowed_area[start:end, None])
        row, column = np.nonzero(near)
        rows.append(row + start)
        columns.append(column)
        costs.append(off[near] / allowed[start:end][row])
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(costs)


def _allowed(exact: Outlines) -> Values:
    box = exact.box()
    return _OF_FACE * exact.sizes + _OF_PART * float(np.linalg.norm(box[3:] - box[:3]))


def _allowed_area(exact: Outlines) -> Values:
    return _OF_AREA * exact.areas + (_OF_PART * exact.sizes) * exact.sizes
