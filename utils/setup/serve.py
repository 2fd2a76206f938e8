"""The second half of a start, once the environment exists: database, demo parts, first key, server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence

from .environment import child_env
from .failure import SetupFailure
from .places import PYTHON, ROOT
from .progress import Step
from .settings import Settings

_GUNICORN = ("-m", "gunicorn", "-c", str(ROOT / "app" / "gunicorn_conf.py"), "app:create_app()")

# Starting the app takes longer than any of its commands, so several of them share one start.
_SEVERAL = """
import json, sys
from flask.cli import FlaskGroup
from app import create_app

app = create_app()
for words in json.loads(sys.argv[1]):
    try:
        FlaskGroup(create_app=lambda: app).main(words, prog_name="flask")
    except SystemExit as end:
        if end.code:
            raise
"""


def database_step(settings: Settings, said: list[str]) -> Step:
    """Bring the database up to date, fill a new one with demo parts, make a sign-in link, add to `said`."""
    new = not settings.database_url and not (settings.data / "kerfline.db").exists()
    seed = [["seed", "--demo"]] if settings.demo and new else []

    def work() -> None:
        first_key = ["keys", "first", "--link", "--url", settings.origin]
        said.append(_app([["db", "upgrade"], *seed, first_key]))

    return Step("Database and demo parts" if seed else "Database", True, work)


def forever(settings: Settings, welcome: str) -> int:
    """Serve until stopped. On Linux and macOS this process becomes the server and does not return."""
    banner = f"\nKerfline runs at {settings.url} (Ctrl-C stops it)\n{welcome.strip()}\n"
    if os.name == "nt":
        print(banner, flush=True)
        threads = os.environ.get("WEB_THREADS") or "64"
        listen = ("--host", settings.host, "--port", str(settings.port), "--threads", threads)
        return _become(("-m", "waitress", *listen, "--call", "app.serving:served"), child_env())
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


def _app(commands: Sequence[Sequence[str]]) -> str:
    """What several of the app's commands printed; kept out of the set-up's log, for a key may be in it."""
    program = [str(PYTHON), "-c", _SEVERAL, json.dumps(commands)]
    env = child_env(PYTHONIOENCODING="utf-8")
    done = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        said = complaint(done.stderr or done.stdout)
        refused = said.startswith("Kerfline cannot start")  # the settings' own list of what is wrong
        raise SetupFailure(said if refused else f"The database could not be made ready: {said}")
    return done.stdout


def complaint(output: str) -> str:
    """What a failed program said, of a traceback only what the error itself says."""
    if "Traceback (most recent call last)" not in output:
        return output.strip() or "it said nothing."
    *_, error = re.split(r"^[A-Za-z_][\w.]*(?:: |$)", output, flags=re.MULTILINE)
    return error.strip()
