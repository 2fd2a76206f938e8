"""Writes a sheet as DXF R2010 in millimetres, dimensions as dimensions. Imported in the child only."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ezdxf import units
from ezdxf._options import options
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new

from utils.cad.drawing.sheet import (
    ARROW,
    PENS,
    TEXT,
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

_STYLE = "KERFLINE"
_COLOURS = {Layer.HIDDEN: 8, Layer.CENTRE: 1, Layer.DIMENSION: 3, Layer.MARK: 5, Layer.HOLES: 1}
_LINETYPES = {Layer.HIDDEN: "KERF_HIDDEN", Layer.CENTRE: "KERF_CENTRE", Layer.MARK: "KERF_HIDDEN"}
_ANCHORS = {
    "start": TextEntityAlignment.LEFT,
    "middle": TextEntityAlignment.CENTER,
    "end": TextEntityAlignment.RIGHT,
}

# otherwise each file carries the time and an id of its own
options.write_fixed_meta_data_for_testing = True


def dxf_of(sheet: Sheet) -> str:
    """The whole sheet at paper size, its dimensions measuring true lengths; of one with a profile only that."""
    items = sheet.items if sheet.profile is None else sheet.profile
    document = _document([item.layer for item in items])
    pen = _Pen(document)
    for item in items:
        pen.draw(item.shape, item.layer)
    stream = StringIO()
    document.write(stream)
    return stream.getvalue()


def _document(layers: list[Layer]) -> Any:
    document = new("R2010")
    document.units = units.MM
    document.header["$MEASUREMENT"] = 1
    document.header["$LWDISPLAY"] = 1
    document.styles.add(_STYLE, font="arial.ttf")
    for layer, name in _LINETYPES.items():
        if name not in document.linetypes:
            dashes = [number * (-1 if place % 2 else 1) for place, number in enumerate(PENS[layer].dashes)]
            document.linetypes.add(name, [sum(PENS[layer].dashes), *dashes])
    for layer in Layer:
        if layer in layers:
            document.layers.add(
                layer.value,
                color=_COLOURS.get(layer, 7),
                linetype=_LINETYPES.get(layer, "Continuous"),
                lineweight=round(PENS[layer].width * 100),
            )
    return document


class _Pen:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._space = document.modelspace()

    def draw(self, shape: Shape, layer: Layer) -> None:
        if isinstance(shape, Dimension):
            self._dimension(shape, layer)
        else:
            _draw(self._space, shape, {"layer": layer.value})

    def _dimension(self, dimension: Dimension, layer: Layer) -> None:
        # its look is drawn here, so that it stands exactly as in the other files
        block = self._document.blocks.new_anonymous_block(type_char="D")
        for piece in dimension.pieces():
            _draw(block, piece, {"layer": layer.value})
        words = dimension.words().box()
        vertical = dimension.vertical
        second = dimension.second
        self._space.new_entity(
            "DIMENSION",
            {
                "layer": layer.value,
                "dimstyle": self._style(dimension.scale),
                "dimtype": 32 | 128,  # linear, a block of its own, text placed by hand
                "geometry": block.name,
                "defpoint": (dimension.line, second[1]) if vertical else (second[0], dimension.line),
                "defpoint2": dimension.first,
                "defpoint3": dimension.second,
                "angle": 90 if vertical else 0,
                "text_midpoint": ((words.left + words.right) / 2, (words.bottom + words.top) / 2),
                "text": _changed(dimension),
            },
        )

    def _style(self, scale: float) -> str:
        name = f"KERF_{scale:g}".replace(".", "_")
        if name not in self._document.dimstyles:
            style = self._document.dimstyles.add(name)
            style.dxf.dimlfac = 1 / scale
            style.dxf.dimtxt = TEXT
            style.dxf.dimasz = ARROW
            style.dxf.dimdec = 2
            style.dxf.dimtxsty = _STYLE
        return name


def _measured(dimension: Dimension) -> float:
    axis = 1 if dimension.vertical else 0
    return abs(dimension.first[axis] - dimension.second[axis]) / dimension.scale


def _changed(dimension: Dimension) -> str:
    """The text that stands instead of the measured one; ``<>`` is where that one stays."""
    return dimension.text.replace(f"{_measured(dimension):.2f}", "<>")


def _draw(
    space: Any, shape: Line | Circle | Arc | Polyline | Contour | Filled | Text, look: dict[str, str]
) -> None:
    if isinstance(shape, Line):
        space.add_line(shape.start, shape.end, dxfattribs=look)
    elif isinstance(shape, Circle):
        space.add_circle(shape.centre, shape.radius, dxfattribs=look)
    elif isinstance(shape, Arc):
        space.add_arc(shape.centre, shape.radius, shape.start % 360, shape.end % 360, dxfattribs=look)
    elif isinstance(shape, Polyline):
        space.add_lwpolyline(shape.points, close=shape.closed, dxfattribs=look)
    elif isinstance(shape, Contour):
        space.add_lwpolyline(shape.corners, format="xyb", close=True, dxfattribs=look)
    elif isinstance(shape, Filled):
        space.add_solid(shape.points, dxfattribs=look)
    else:
        words = space.add_text(
            shape.text.replace("%%", "% %").replace("^", "^ "),
            height=shape.height,
            rotation=shape.angle,
            dxfattribs={**look, "style": _STYLE},
        )
        words.set_placement(shape.at, align=_ANCHORS[shape.anchor])
