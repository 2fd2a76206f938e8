"""Moves and scales curves from a view's own plane to their place on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from utils.cad.drawing.sheet import Arc, Box, Circle, Contour, Curve, Line, Point, Polyline


@dataclass(frozen=True)
class Place:
    """Where the view's origin lands on paper, and how many paper millimetres a millimetre takes."""

    x: float
    y: float
    scale: float

    def point(self, point: Point) -> Point:
        return (self.x + point[0] * self.scale, self.y + point[1] * self.scale)

    def box(self, box: Box) -> Box:
        left, bottom = self.point((box.left, box.bottom))
        right, top = self.point((box.right, box.top))
        return Box(left, bottom, right, top)

    def curve(self, curve: Curve) -> Curve:
        if isinstance(curve, Line):
            return Line(self.point(curve.start), self.point(curve.end))
        if isinstance(curve, Circle):
            return Circle(self.point(curve.centre), curve.radius * self.scale)
        if isinstance(curve, Arc):
            return Arc(self.point(curve.centre), curve.radius * self.scale, curve.start, curve.end)
        return Polyline(tuple(map(self.point, curve.points)), curve.closed)

    def contour(self, contour: Contour) -> Contour:
        return Contour(tuple((*self.point((x, y)), bulge) for x, y, bulge in contour.corners))

    def moved(self, right: float, up: float) -> Place:
        return Place(self.x + right, self.y + up, self.scale)

    @classmethod
    def of(cls, box: Box, left: float, bottom: float, scale: float) -> Place:
        """The place that puts the lower left corner of a view's ``box`` at ``left``, ``bottom``."""
        return cls(left - box.left * scale, bottom - box.bottom * scale, scale)
