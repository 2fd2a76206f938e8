"""What `run.py` itself needs to know; options win over the environment, the environment over `.env`."""

from __future__ import annotations

import argparse
import socket
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import envfile
from .failure import SetupFailure
from .places import ROOT

_ANY = {"0.0.0.0", "::", ""}


@dataclass(frozen=True)
class Settings:
    """How to serve. `base_path` is empty or starts with a slash."""

    host: str
    port: int
    data: Path
    demo: bool
    base_path: str
    database_url: str

    @property
    def origin(self) -> str:
        """The address to give to a person: this machine's in its network when others may come, else local."""
        host = _own_address() if self.host in _ANY else self.host
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self.port}"

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.origin + self.base_path

    def export(self, env: MutableMapping[str, str]) -> None:
        """Hand the choices to the programs that are started next."""
        env.update(HOST=self.host, PORT=str(self.port), KERFLINE_DATA=str(self.data))


def read(arguments: Sequence[str], env: MutableMapping[str, str]) -> Settings:
    """Settings from the command line, the environment and `.env` (which is loaded into `env`)."""
    options = _parser().parse_args(arguments)
    envfile.load(ROOT / ".env", env)
    host = options.host if options.host is not None else env.get("HOST", "").strip() or "127.0.0.1"
    named = env.get("KERFLINE_DATA", "").strip() or "data"
    base_path = env.get("BASE_PATH", "").strip().strip("/")
    return Settings(
        host=host,
        port=_port(options.port if options.port is not None else env.get("PORT", "").strip() or "5000"),
        data=Path(options.data).absolute() if options.data else ROOT / Path(named).expanduser(),
        demo=not options.no_demo,
        base_path=f"/{base_path}" if base_path else "",
        database_url=env.get("DATABASE_URL", "").strip(),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        allow_abbrev=False,
        description="Set Kerfline up, as far as it is not, and serve it.",
        epilog="`run.py test [pytest's arguments]` runs every test; `run.py flask …` runs the app's own "
        "commands (`run.py flask keys --help`). Every setting is a variable of the environment or a line "
        "in .env; .env.example lists them.",
    )
    parser.add_argument("--host", help="address to listen on; 0.0.0.0 lets your network in (127.0.0.1)")
    parser.add_argument("--port", help="port to listen on (5000)")
    parser.add_argument("--data", metavar="DIR", help="folder for the database and the files (data)")
    parser.add_argument("--no-demo", action="store_true", help="start a new database without the demo parts")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SetupFailure(f"The port must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _own_address() -> str:
    """This machine's address in its network; asking which way a packet would leave sends none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
