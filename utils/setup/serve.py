"""The second half of a start, once the environment exists: database, demo parts, first key, server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from .environment import child_env
from .failure import SetupFailure
from .places import PYTHON, ROOT
from .progress import Step
from .settings import Settings

_GUNICORN = ("-m", "gunicorn", "-c", str(ROOT / "app" / "gunicorn_conf.py"), "app:create_app()")


def steps(settings: Settings) -> list[Step]:
    """Bring the database up to date and, when it is a new one, put the demo parts in."""
    new = not settings.database_url and not (settings.data / "kerfline.db").exists()

    def upgrade() -> None:
        _flask("The database could not be brought up to date", "db", "upgrade")

    def seed() -> None:
        _flask("The demo parts could not be put in", "seed", "--demo")

    return [Step("Database", True, upgrade), Step("Demo parts", settings.demo and new, seed)]


def forever(settings: Settings) -> int:
    """Serve until stopped. On Linux and macOS this process becomes the server and does not return."""
    welcome = _flask("There is no key to sign in with", "keys", "first", "--link", "--url", settings.origin)
    banner = f"\nKerfline runs at {settings.url} (Ctrl-C stops it)\n{welcome.strip()}\n"
    if os.name == "nt":
        print(banner, flush=True)
        threads = os.environ.get("WEB_THREADS") or "64"
        listen = ("--host", settings.host, "--port", str(settings.port), "--threads", threads)
        return _become(("-m", "waitress", *listen, "--call", "app:create_app"), child_env())
    return _become(_GUNICORN, child_env(KERFLINE_BANNER=banner))


def command(words: Sequence[str]) -> int:
    """Run one of the app's own commands (`run.py flask keys list`) with this terminal."""
    return _become(("-m", "flask", "--app", "app", *words), child_env())


def _become(arguments: Sequence[str], env: dict[str, str]) -> int:
    """Turn this process into the environment's Python; Windows cannot, there it waits for a child."""
    os.chdir(ROOT)
    sys.stdout.flush()
    program = [str(PYTHON), *arguments]
    if os.name == "nt":
        return subprocess.run(program, env=env).returncode
    os.execve(program[0], program, env)


def _flask(failing: str, *words: str) -> str:
    """What one of the app's commands printed; kept out of the set-up's log, for keys may be in it."""
    program = [str(PYTHON), "-m", "flask", "--app", "app", *words]
    done = subprocess.run(
        program, cwd=ROOT, env=child_env(), capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise SetupFailure(f"{failing}: {_complaint(done.stderr or done.stdout)}")
    return done.stdout


def _complaint(output: str) -> str:
    """The end of what a failed command said: a traceback's last line, else all of it."""
    text = output.strip() or "it said nothing."
    return text.splitlines()[-1] if "Traceback (most recent call last)" in text else text
