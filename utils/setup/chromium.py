"""Finds the Chromium that the browser tests drive, or gets one: from Playwright, Debian or npm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from . import chromium_npm, commands, node
from .environment import child_env
from .failure import SetupFailure
from .places import PYTHON

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)


def find() -> Path | None:
    """A Chromium that starts: KERFLINE_CHROMIUM, an installed one, Playwright's, or the one fetched before.

    Raises SetupFailure when KERFLINE_CHROMIUM names something that does not start.
    """
    chosen = os.environ.get("KERFLINE_CHROMIUM")
    if chosen:
        if not starts(Path(chosen)):
            raise SetupFailure(f"KERFLINE_CHROMIUM names {chosen}, which does not start.")
        return Path(chosen)
    return next((program for program in _candidates() if starts(program)), None)


def install() -> None:
    """Get a Chromium by the first way that works; raises SetupFailure with what each way said."""
    said: list[str] = []
    for name, way in _ways():
        try:
            way()
        except SetupFailure as failure:
            said.append(f"{name}: {failure}")
            continue
        if find():
            return
        said.append(f"{name}: what it brought does not start")
    raise SetupFailure(
        "The browser tests need a Chromium and none could be had; install Chromium or Chrome, "
        "or set KERFLINE_CHROMIUM to its path. Tried: " + " | ".join(said)
    )


def starts(program: Path) -> bool:
    """Whether `program` tells its version, which it does not when a library is missing."""
    try:
        command = [str(program), "--version"]
        done = subprocess.run(command, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))
    yield from (Path(name) for name in _APPLICATIONS if Path(name).exists())
    yield from _playwrights_own()
    yield chromium_npm.program()


def _playwrights_own() -> Iterator[Path]:
    """Browsers that `playwright install` left in its folder, the newest first."""
    default = {
        "darwin": Path.home() / "Library/Caches",
        "win32": Path(os.environ.get("LOCALAPPDATA") or Path.home()),
    }.get(sys.platform, Path.home() / ".cache")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default / "ms-playwright")
    for pattern in (
        "chromium_headless_shell-*/*/chrome-headless-shell",
        "chromium_headless_shell-*/*/headless_shell",
        "chromium_headless_shell-*/*/*.exe",
        "chromium-*/*/chrome",
        "chromium-*/*/chrome.exe",
    ):
        yield from sorted(folder.glob(pattern), reverse=True)


def _ways() -> Iterator[tuple[str, Callable[[], object]]]:
    yield "playwright install", _playwright_install
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "apt-get install chromium", _debian_package
    if chromium_npm.fits():
        yield "the npm package @sparticuz/chromium", chromium_npm.install


def playwright_env() -> dict[str, str]:
    """Lets Playwright run on the page's Node.js: its own needs libatomic, which bare systems lack."""
    return {"PLAYWRIGHT_NODEJS_PATH": os.environ.get("PLAYWRIGHT_NODEJS_PATH") or str(node.find().program)}


def _playwright_install() -> None:
    commands.run(
        [PYTHON, "-m", "playwright", "install", "--only-shell", "chromium"],
        "not to be had",
        env=child_env(**playwright_env()),
        timeout_s=600,
    )


def _debian_package() -> None:
    env = child_env(DEBIAN_FRONTEND="noninteractive")
    commands.run(["apt-get", "update", "-qq"], "no package lists", env=env, timeout_s=300)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    commands.run(install, "not to be had", env=env, timeout_s=900)
