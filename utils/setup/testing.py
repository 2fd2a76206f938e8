"""`run.py test`: every test there is, on a machine that has nothing but Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import checks, chromium, environment, node, page, progress
from .places import FRONTEND, PYTHON, ROOT

_BROWSER_TESTS = ROOT / "tests" / "browser"


def run(arguments: Sequence[str]) -> int:
    """Set up what tests need, run the page's tests, then pytest with `arguments`; 0 when all passed.

    Naming files or folders runs only those: the page's tests are then left out, and the browser too
    unless its tests are among them.
    """
    chosen = named_paths(arguments)
    browser = wants_browser(chosen)
    steps = [environment.packages_step(dev=True), *page.steps(for_tests=not chosen)]
    if browser:
        steps.append(progress.Step("Browser", chromium.find() is None, chromium.install))
    checks.can_set_up(steps)
    progress.run(steps)
    page_code = 0 if chosen else _vitest()
    pytest_code = _pytest(arguments, browser)
    if page_code:
        print("\nThe page's own tests failed; their report stands above pytest's.", file=sys.stderr)
    return pytest_code or page_code


def named_paths(arguments: Sequence[str]) -> list[Path]:
    """The files and folders among pytest's arguments (`tests/unit`, `tests/unit/test_x.py::test_y`)."""
    paths = [Path(word.split("::")[0]) for word in arguments if not word.startswith("-")]
    return [path.resolve() for path in paths if path.exists()]


def wants_browser(paths: Sequence[Path]) -> bool:
    """Whether a run of these paths (of everything, when there are none) comes by the browser's tests."""
    return not paths or any(
        path.is_relative_to(_BROWSER_TESTS) or _BROWSER_TESTS.is_relative_to(path) for path in paths
    )


def _vitest() -> int:
    found = node.find()
    print("\nThe page's tests (vitest)", flush=True)
    return subprocess.run([*found.npm, "test"], cwd=FRONTEND, env=found.env()).returncode


def _pytest(arguments: Sequence[str], browser: bool) -> int:
    env = environment.child_env()
    if browser:
        env["KERFLINE_CHROMIUM"] = str(chromium.find())
        env.update(chromium.playwright_env())
    print("\nThe server's tests and the whole workflow in a browser (pytest)" if browser else "", flush=True)
    return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=_where(arguments), env=env).returncode


def _where(arguments: Sequence[str]) -> Path:
    """Relative paths in the arguments are the caller's; without any, everything is."""
    return Path.cwd() if named_paths(arguments) else ROOT
