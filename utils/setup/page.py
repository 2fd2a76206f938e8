"""Builds the page: npm's packages when their lock file changed, the bundle when a source changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from . import commands, node, stamps
from .places import FRONTEND
from .progress import Step

_MADE = {"node_modules", "dist", "coverage", ".vite"}
_PACKAGES_STAMP = FRONTEND / "node_modules" / ".kerfline.sha256"
_BUILT_STAMP = FRONTEND / "dist" / ".source.sha256"


def steps(for_tests: bool = False) -> list[Step]:
    """What is needed for a current `frontend/dist`, and for running the page's own tests with `for_tests`."""
    source = stamps.fingerprint(_sources(), FRONTEND)
    packages = stamps.fingerprint([FRONTEND / "package.json", FRONTEND / "package-lock.json"], FRONTEND)
    build = not stamps.matches(_BUILT_STAMP, source)
    install = (build or for_tests) and not stamps.matches(_PACKAGES_STAMP, packages)

    def install_packages() -> None:
        npm("The page's packages could not be installed", "ci", "--include=dev", "--loglevel=error")
        stamps.leave(_PACKAGES_STAMP, packages)

    def build_page() -> None:
        npm("The page could not be built", "run", "build")
        stamps.leave(_BUILT_STAMP, source)

    return [Step("Page packages", install, install_packages), Step("Page", build, build_page)]


def npm(failing: str, *words: str) -> str:
    """Run npm in the page's folder; raises CommandFailed, whose sentence starts with `failing`."""
    found = node.find()
    return commands.run([*found.npm, *words], failing, cwd=FRONTEND, env=found.env())


def _sources() -> Iterator[Path]:
    for folder, below, files in os.walk(FRONTEND):
        below[:] = [name for name in below if name not in _MADE]
        yield from (Path(folder) / name for name in files)
