"""A pip to start with: from the files of the system's Python, else from the package index that pip is told to use."""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import sysconfig
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from .failure import SetupFailure

SYSTEM_CONFIG = Path("/etc/pip.conf")
_WHEEL = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl")


def bundled() -> Path | None:
    """The newest pip wheel that the system's Python carries for ensurepip, if it does."""
    standard_library = Path(sysconfig.get_path("stdlib"))
    folders = [standard_library / "ensurepip" / "_bundled", Path("/usr/share/python-wheels")]
    extra = sysconfig.get_config_var("WHEEL_PKG_DIR")
    if extra:
        folders.append(Path(extra))
    wheels = [file for folder in folders for file in folder.glob("pip-*.whl") if _WHEEL.fullmatch(file.name)]
    return max(wheels, key=lambda file: _version(file.name), default=None)


def fetch(folder: Path) -> Path:
    """Fetch the newest pip wheel from the index that pip is configured to use; its SHA-256 is checked."""
    page = f"{index_url().rstrip('/')}/pip/"
    try:
        links = _links(_read(page).decode("utf-8", "replace"))
        if not links:
            raise SetupFailure(f"{page} lists no pip; install Debian's python3-venv, or set PIP_INDEX_URL.")
        name = max(links, key=_version)
        address = urllib.parse.urljoin(page, links[name])
        content = _read(address)
    except OSError:
        raise SetupFailure(
            "This Python has no pip, and the internet could not be reached to fetch one; it is needed "
            "for the first set-up (or, on Debian and Ubuntu: apt install python3-venv)."
        ) from None
    expected = urllib.parse.urlparse(address).fragment.removeprefix("sha256=")
    if expected and hashlib.sha256(content).hexdigest() != expected:
        raise SetupFailure("The pip that was fetched is not the one that the package index names; try again.")
    wheel = folder / name
    wheel.write_bytes(content)
    return wheel


def index_url() -> str:
    """The index that pip is told to use: by PIP_INDEX_URL, else by its configuration files.

    Raises SetupFailure when nobody named one: only a pip knows the public one's address.
    """
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"]
    home = Path.home()
    files = [home / ".config/pip/pip.conf", home / ".pip/pip.conf", SYSTEM_CONFIG]
    for file in [Path(os.environ["PIP_CONFIG_FILE"]), *files] if "PIP_CONFIG_FILE" in os.environ else files:
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue
        if parser.has_option("global", "index-url"):
            return parser.get("global", "index-url")
    raise SetupFailure(
        "This Python has no pip to begin with; install one first (on Debian and Ubuntu: apt install python3-venv), "
        "or name a package index in PIP_INDEX_URL."
    )


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href") and "data-yanked" not in attributes:
            self.found.append(attributes["href"] or "")


def _links(page: str) -> dict[str, str]:
    """Wheel name → address, for the released pips that a simple-index page lists."""
    anchors = _Anchors()
    anchors.feed(page)
    named = {urllib.parse.urlparse(link).path.rsplit("/", 1)[-1]: link for link in anchors.found}
    return {name: link for name, link in named.items() if _WHEEL.fullmatch(name)}


def _version(name: str) -> tuple[int, ...]:
    match = _WHEEL.fullmatch(name)
    return tuple(int(word) for word in match[1].split(".")) if match else ()


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        content: bytes = answer.read()
    return content
