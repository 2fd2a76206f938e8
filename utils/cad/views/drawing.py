"""The part of drawing views that runs inside the sandbox: from a GLB to eight PNG files and a thumbnail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from utils.cad.glb import NotGlb
from utils.cad.views.camera import NAMES
from utils.cad.views.encode import pixels, png, webp
from utils.cad.views.picture import View, look
from utils.cad.views.scene import NothingToDraw, load

INPUT_NAME = "model.glb"
THUMBNAIL_NAME = "thumbnail.webp"

_THUMBNAIL_OF = ("iso_right", "iso_left")  # the first one when both show as much


def draw(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Draw ``in/model.glb`` into ``out/NAME.png`` for each view and ``out/thumbnail.webp``.

    ``options`` are those of ``utils.cad.views``. Returns the view that the thumbnail shows, or ``{"failed": code}``.
    """
    try:
        scene = load((folder / "in" / INPUT_NAME).read_bytes())
    except NothingToDraw:
        return {"failed": "no_shape"}
    except NotGlb:
        return {"failed": "damaged"}
    out = folder / "out"
    best: tuple[str, View] | None = None
    for name in NAMES:
        view = look(scene, name, options["size"])
        packed = png(pixels(view.picture(1, *options["lines"])), options["small_bytes"])
        (out / f"{name}.png").write_bytes(packed)
        if name in _THUMBNAIL_OF and _shows_more(name, view, best):
            best = name, view
    assert best is not None
    small = best[1].picture(options["size"] // options["thumbnail"], *options["thumbnail_lines"])
    (out / THUMBNAIL_NAME).write_bytes(webp(pixels(small), options["webp_quality"]))
    return {"thumbnail_of": best[0]}


def _shows_more(name: str, view: View, best: tuple[str, View] | None) -> bool:
    if best is None:
        return True
    return (view.faces, name == _THUMBNAIL_OF[0]) > (best[1].faces, best[0] == _THUMBNAIL_OF[0])
