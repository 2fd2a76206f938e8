"""The project's own Python environment: `.venv`, with what requirements.txt asks for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import commands, pip_wheel, stamps
from .failure import SetupFailure
from .places import PYTHON, ROOT, VENV
from .progress import Step


def packages_step(dev: bool = False) -> Step:
    """The step that makes the environment and installs the requirements (the tests' too, with `dev`)."""
    names = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    files = [ROOT / name for name in names]
    stamp = VENV / f"kerfline-{Path(names[-1]).stem}.sha256"
    wanted = stamps.fingerprint(files, ROOT, salt=_version())

    def work() -> None:
        if not _version():
            _make()
        _install(files[-1])
        stamps.leave(stamp, stamps.fingerprint(files, ROOT, salt=_version()))

    return Step("Python packages", not (_version() and stamps.matches(stamp, wanted)), work)


def child_env(**more: str) -> dict[str, str]:
    """The environment for programs in `.venv`: as if it were activated."""
    env = {**os.environ, **more, "VIRTUAL_ENV": str(VENV)}
    env["PATH"] = os.pathsep.join([str(PYTHON.parent), env.get("PATH", os.defpath)])
    env.pop("PYTHONHOME", None)
    return env


def _version() -> str:
    """The version of the environment's Python; an empty text when there is no working environment."""
    command = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _make() -> None:
    """Make `.venv` without pip: Debian keeps the part that would bring it in a package of its own."""
    try:
        import venv
    except ImportError:
        raise SetupFailure(
            "This Python lacks its venv module; install it first "
            "(on Debian and Ubuntu: apt install python3-venv)."
        ) from None
    try:
        venv.EnvBuilder(clear=VENV.exists(), symlinks=os.name != "nt", with_pip=False).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupFailure(f"The environment {VENV} could not be made: {error}.") from None


def _install(requirements: Path) -> None:
    env = child_env(
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_ROOT_USER_ACTION="ignore",
        PIP_RETRIES=os.environ.get("PIP_RETRIES", "2"),
        PIP_REQUIRE_VIRTUALENV="0",
    )
    pip, more = _pip()
    # Not compiled ahead: Python compiles what is really imported, which is a small part.
    command = [*pip, "install", "--quiet", "--no-input", "--no-compile", "--progress-bar", "off"]
    commands.run([*command, *more, "-r", requirements], "The Python packages could not be installed", env=env)


def _pip() -> tuple[list[str | Path], list[str]]:
    """How to run pip for the environment, and what to install besides, so that it has one of its own."""
    if any(VENV.glob("[Ll]ib/**/site-packages/pip/__main__.py")):
        return [PYTHON, "-m", "pip"], []
    wheel = pip_wheel.bundled() or pip_wheel.fetch(VENV)
    return [PYTHON, wheel / "pip"], ["pip"]
