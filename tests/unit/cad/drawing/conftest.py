"""Parts of known size, read exactly and drawn by real children of the kernel."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import ezdxf.recover
import pytest

from utils.cad import drawing
from utils.cad.drawing import TitleBlock
from utils.cad.exact import Kernel, analyse
from utils.cad.step_converter import convert, prepare
from utils.sandbox import Limits, Sandbox

MODELLING = "tests.unit.cad.drawing.modelling"
TITLE = TitleBlock(part_name="Test part", file_name="part.step", date="2026-01-31", part_number="T-1")


@dataclass
class Read:
    """What exact reading left of a part."""

    shape: Path
    analysis: Path
    part: dict[str, Any]


@dataclass
class Drawn:
    """A drawing's files, read."""

    svg: str
    pdf: bytes
    dxf: bytes
    notes: list[str]
    exact: bool

    @property
    def document(self) -> Any:
        """The DXF as a strict reader sees it."""
        document, auditor = ezdxf.recover.read(io.BytesIO(self.dxf))
        assert not auditor.errors and not auditor.fixes
        return document

    def entities(self, kind: str, layer: str) -> list[Any]:
        return list(self.document.modelspace().query(f'{kind}[layer=="{layer}"]'))

    def words(self) -> list[str]:
        """Every text of the SVG."""
        root = ElementTree.fromstring(self.svg)
        return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]

    def group(self, layer: str) -> Any:
        root = ElementTree.fromstring(self.svg)
        return root.find(f"{{http://www.w3.org/2000/svg}}g[@id='{layer}']")

    def printed(self) -> str:
        """The text of the PDF, as a viewer finds it."""
        if not shutil.which("pdftotext"):
            pytest.skip("needs pdftotext")
        done = subprocess.run(["pdftotext", "-", "-"], input=self.pdf, capture_output=True, check=True)
        return done.stdout.decode()


@pytest.fixture(scope="session")
def kernel(tmp_path_factory):
    """One for all tests; nothing may be left in its scratch folder."""
    scratch = tmp_path_factory.mktemp("kernel")
    with Kernel(scratch, preload=(MODELLING, *drawing.PRELOAD)) as kernel:
        missing = kernel.why_not()
        if missing:
            pytest.skip(missing)
        yield kernel
    assert [entry for entry in scratch.iterdir() if entry.is_dir()] == [], "a run left something behind"


@pytest.fixture(scope="session")
def read_file(kernel, tmp_path_factory):
    """Convert and read a STEP file exactly."""
    with Sandbox(tmp_path_factory.mktemp("converter")) as converter:

        def read(path: Path) -> Read:
            folder = tmp_path_factory.mktemp("read")
            prepared = prepare(path, folder)
            with (
                convert(converter, prepared) as made,
                analyse(kernel, prepared.neutral, made.glb_path) as found,
            ):
                shape = Path(shutil.copy(found.shape_path, folder))
                analysis = Path(shutil.copy(found.analysis_path, folder))
                return Read(shape, analysis, dict(found.analysis["parts"][0]))

        yield read


@pytest.fixture(scope="session")
def read(kernel, read_file, tmp_path_factory):
    """Model a part and read it exactly, each part once for all tests."""
    known: dict[str, Read] = {}

    def read_part(part: str) -> Read:
        if part not in known:
            body = f"{MODELLING}:write"
            with kernel.run(body, {"part": part}, inputs={}, limits=Limits()) as outcome:
                assert outcome.ok, outcome.log
                folder = tmp_path_factory.mktemp(part)
                known[part] = read_file(Path(shutil.copy(outcome.folder / "part.step", folder)))
        return known[part]

    return read_part


@pytest.fixture(scope="session")
def drawn(kernel, read):
    """Draw a part in a mode."""

    def draw(part: str, mode: str, title: TitleBlock = TITLE, **more: Any) -> Drawn:
        return draw_read(kernel, read(part), mode, title, **more)

    return draw


def draw_read(kernel: Any, found: Read, mode: str, title: TitleBlock = TITLE, **more: Any) -> Drawn:
    with drawing.draw(kernel, found.shape, found.analysis, mode=mode, title=title, **more) as made:
        return Drawn(
            made.svg.read_text(encoding="utf-8"),
            made.pdf.read_bytes(),
            made.dxf.read_bytes(),
            made.notes,
            made.exact,
        )
