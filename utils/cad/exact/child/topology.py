"""Tells how the faces of a part meet: which edge they share, and whether it sticks out or goes in."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Literal

from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve, BRepAdaptor_Curve2d, BRepAdaptor_Surface
from OCP.gp import gp_Pnt, gp_Vec
from OCP.TopAbs import TopAbs_Orientation, TopAbs_ShapeEnum
from OCP.TopExp import TopExp, TopExp_Explorer
from OCP.TopoDS import TopoDS

from utils.cad.exact.child import ERRORS
from utils.cad.exact.child.document import Shape, mapped
from utils.cad.exact.child.surfaces import Wall, edge_points, normal_at, outward
from utils.cad.exact.child.vectors import Vector, cross, dot, length, scale, subtract, unit

Turn = Literal[1, 0, -1]  # convex, smooth, concave

_LEVEL_MM = 1e-7
_GOLDEN = (math.sqrt(5) - 1) / 2
_SMOOTH = math.sin(math.radians(1.0))


class Topology:
    """Faces and edges of one part are known by their places, from 0."""

    def __init__(self, part: Shape, walls: list[Wall]) -> None:
        self.walls = walls
        self._edges = mapped(part.shape, TopAbs_ShapeEnum.TopAbs_EDGE)
        self._vertices = mapped(part.shape, TopAbs_ShapeEnum.TopAbs_VERTEX)
        self.faces_of: dict[int, list[int]] = defaultdict(list)  # an edge's faces
        self.edges_of: list[list[int]] = []  # a face's edges, without seams and tips
        self._backward: set[tuple[int, int]] = set()  # (edge, face): it runs against its curve there
        for number, wall in enumerate(walls):
            self._explore(number, wall.face)
        # what is remembered goes with the part
        self.turn = cache(self._turn)
        self.points = cache(self._points)

    def _explore(self, face: int, shape: Any) -> None:
        seen: dict[int, int] = defaultdict(int)
        explorer = TopExp_Explorer(shape, TopAbs_ShapeEnum.TopAbs_EDGE)
        while explorer.More():
            edge = TopoDS.Edge(explorer.Current())
            if not BRep_Tool.Degenerated_s(edge):
                number = self._edges.FindIndex(edge) - 1
                seen[number] += 1
                if edge.Orientation() == TopAbs_Orientation.TopAbs_REVERSED:
                    self._backward.add((number, face))
            explorer.Next()
        self.edges_of.append([edge for edge, times in seen.items() if times == 1])
        for edge in self.edges_of[-1]:
            self.faces_of[edge].append(face)

    def neighbours(self, face: int) -> Iterable[tuple[int, int]]:
        """Each edge of ``face`` with the face on its other side."""
        for edge in self.edges_of[face]:
            for other in self.faces_of[edge]:
                if other != face:
                    yield edge, other

    def across(self, edge: int, faces: Iterable[int]) -> list[int]:
        """The faces of ``edge`` that are not among ``faces``."""
        return [other for other in self.faces_of[edge] if other not in faces]

    def _turn(self, edge: int, face: int, other: int) -> Turn:
        """How the material turns at ``edge`` from ``face`` to ``other``, in the middle of the edge."""
        curve = BRepAdaptor_Curve(self._edge(edge))
        parameter = (curve.FirstParameter() + curve.LastParameter()) / 2
        point, tangent = gp_Pnt(), gp_Vec()
        try:
            curve.D1(parameter, point, tangent)
        except ERRORS:  # no curve to follow: nothing to be felt either
            return 0
        at = (point.X(), point.Y(), point.Z())
        along = unit((tangent.X(), tangent.Y(), tangent.Z()))
        if ((edge, face) in self._backward) != self.walls[face].inside_out:
            along = scale(along, -1)
        here, there = self._normal(edge, face, parameter, at), self._normal(edge, other, parameter, at)
        # the way into the face is on the left of its edge, looked at from outside
        rise = dot(cross(here, along), there)
        if abs(rise) < _SMOOTH:
            return 0 if dot(here, there) > 0 else 1
        return -1 if rise > 0 else 1

    def _normal(self, edge: int, face: int, parameter: float, at: Vector) -> Vector:
        wall = self.walls[face]
        known = outward(wall, at)
        if known is not None:
            return known
        with contextlib.suppress(*ERRORS):
            place = BRepAdaptor_Curve2d(self._edge(edge), wall.face).Value(parameter)
            normal = normal_at(BRepAdaptor_Surface(wall.face), place.X(), place.Y(), wall.face)[1]
            return scale(normal, -1) if wall.inside_out else normal
        return wall.normal

    def _points(self, edge: int) -> list[Vector]:
        """Points along an edge, none for one without a curve."""
        with contextlib.suppress(*ERRORS):
            return edge_points(self._edge(edge))
        return []

    def length(self, edge: int) -> float:
        points = self.points(edge)
        return sum(length(subtract(a, b)) for a, b in itertools.pairwise(points))

    def reach(self, edge: int, direction: Vector) -> tuple[float, float]:
        """How far ``edge`` goes along ``direction``, from the origin: least and most."""
        heights = [dot(point, direction) for point in self.points(edge)]
        if not heights or max(heights) - min(heights) < _LEVEL_MM:
            return min(heights, default=math.inf), max(heights, default=-math.inf)
        curve = BRepAdaptor_Curve(self._edge(edge))
        first, last = curve.FirstParameter(), curve.LastParameter()

        def height(share: float) -> float:
            point = curve.Value(first + share * (last - first))
            return dot((point.X(), point.Y(), point.Z()), direction)

        return -_highest(lambda share: -height(share), [-h for h in heights]), _highest(height, heights)

    def loops(self, edges: Iterable[int]) -> list[list[int]]:
        """``edges`` sorted into those that hang together at their ends."""
        by_end: dict[int, int] = {}  # a vertex: an edge there
        root: dict[int, int] = {}

        def top(edge: int) -> int:
            while root[edge] != edge:
                edge = root[edge]
            return edge

        for edge in edges:
            root[edge] = edge
            for end in self._ends(edge):
                root[top(edge)] = top(by_end.setdefault(end, edge))
        together: dict[int, list[int]] = defaultdict(list)
        for edge in root:
            together[top(edge)].append(edge)
        return list(together.values())

    def _ends(self, edge: int) -> set[int]:
        shape = self._edge(edge)
        ends = (TopExp.FirstVertex_s(shape), TopExp.LastVertex_s(shape))
        return {self._vertices.FindIndex(end) for end in ends if not end.IsNull()}

    def _edge(self, number: int) -> Any:
        return TopoDS.Edge(self._edges.FindKey(number + 1))


def _highest(height: Callable[[float], float], samples: list[float]) -> float:
    """The maximum of ``height`` over 0 to 1 near the highest of its evenly spaced ``samples``, by golden section."""
    number, step = samples.index(max(samples)), 1 / (len(samples) - 1)
    low, high = max(0.0, (number - 1) * step), min(1.0, (number + 1) * step)
    while high - low > 1e-6:
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if height(left) > height(right):
            high = right
        else:
            low = left
    return max(height((low + high) / 2), samples[number])
