"""Writes a sheet as SVG: true size, text as text, one group a layer, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from utils.cad.drawing.sheet import (
    PENS,
    Arc,
    Circle,
    Contour,
    Dimension,
    Filled,
    Layer,
    Line,
    Polyline,
    Shape,
    Sheet,
    Text,
)

FONTS = "'Bitstream Vera Sans', 'DejaVu Sans', Verdana, Arial, sans-serif"
CAPITAL = 0.72  # of the font size


def svg_of(sheet: Sheet) -> str:
    """The whole file; a laser's layers keep their names as the groups' ids."""
    width, height = _n(sheet.width), _n(sheet.height)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" style="background:#fff">',
        f"<title>{escape(sheet.title)}</title>",
    ]
    for layer in Layer:
        shapes = sheet.on(layer)
        if shapes:
            parts.append(_group(layer, sheet.height, shapes))
    parts.append("</svg>\n")
    return "\n".join(parts)


def _group(layer: Layer, height: float, shapes: list[Shape]) -> str:
    pen = PENS[layer]
    dashes = f' stroke-dasharray="{" ".join(map(_n, pen.dashes))}"' if pen.dashes else ""
    inside = "\n".join(element for shape in shapes for element in _elements(shape, height))
    return (
        f'<g id="{layer}" fill="none" stroke="#000" stroke-width="{_n(pen.width)}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}>\n{inside}\n</g>'
    )


def _elements(shape: Shape, height: float) -> Iterator[str]:
    if isinstance(shape, Dimension):
        for piece in shape.pieces():
            yield from _elements(piece, height)
    elif isinstance(shape, Text):
        yield _text(shape, height)
    elif isinstance(shape, Circle):
        x, y = shape.centre
        yield f'<circle cx="{_n(x)}" cy="{_n(height - y)}" r="{_n(shape.radius)}"/>'
    elif isinstance(shape, Filled):
        yield f'<path d="{_run(shape.points, height)}Z" fill="#000" stroke="none"/>'
    else:
        yield f'<path d="{_path(shape, height)}"/>'


def _path(shape: Line | Arc | Polyline | Contour, height: float) -> str:
    if isinstance(shape, Line):
        return _run((shape.start, shape.end), height)
    if isinstance(shape, Polyline):
        return _run(shape.points, height) + ("Z" if shape.closed else "")
    if isinstance(shape, Arc):
        return _run((shape.point(shape.start),), height) + _arc_to(shape, shape.end, height, forward=True)
    x, y, _ = shape.corners[0]
    steps = [_run(((x, y),), height)]
    for piece, (_, _, bulge) in zip(shape.pieces(), shape.corners, strict=True):
        if isinstance(piece, Arc):
            steps.append(_arc_to(piece, piece.end if bulge > 0 else piece.start, height, forward=bulge > 0))
        else:
            steps.append(f"L{_n(piece.end[0])} {_n(height - piece.end[1])}")
    return "".join(steps) + "Z"


def _arc_to(arc: Arc, angle: float, height: float, *, forward: bool) -> str:
    x, y = arc.point(angle)
    large = int(arc.end - arc.start > 180)
    # y runs down in SVG: what is counter-clockwise on paper has sweep 0 there
    return f"A{_n(arc.radius)} {_n(arc.radius)} 0 {large} {int(not forward)} {_n(x)} {_n(height - y)}"


def _run(points: tuple[tuple[float, float], ...], height: float) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(height - y)}" for x, y in points)


def _text(text: Text, height: float) -> str:
    x, y = _n(text.at[0]), _n(height - text.at[1])
    turn = f' transform="rotate(-90 {x} {y})"' if text.angle else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{_n(text.height / CAPITAL)}" text-anchor="{text.anchor}" '
        f"font-family={quoteattr(FONTS)} "
        f'fill="#000" stroke="none"{turn}>{escape(text.text)}</text>'
    )


def _n(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".") if round(number, 4) else "0"
