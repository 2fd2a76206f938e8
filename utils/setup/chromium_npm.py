"""A Chromium out of an npm package, for x86-64 Linux without root: with libraries and a software GPU."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from . import commands, node
from .failure import SetupFailure
from .places import cache

_VERSION = "153.0.0"
_PACKAGE = f"@sparticuz/chromium@{_VERSION}"
_SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"

# Node knows Brotli, Python's standard library does not.
_UNPACK = """
const { createReadStream, createWriteStream } = require('node:fs');
const { pipeline } = require('node:stream/promises');
const { createBrotliDecompress } = require('node:zlib');
const [from, to] = process.argv.slice(1);
pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
"""

_START = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def program() -> Path:
    """Where the program stands once it is installed."""
    return cache() / f"chromium-{_VERSION}" / "start"


def fits() -> bool:
    """Whether the package has a build for this machine."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "AMD64")


def install() -> None:
    """Fetch the package from the registry that npm is set to, and unpack it: 70 MB, 220 MB on disk."""
    target = program().parent
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        work = Path(name)
        _unpack(_fetch(work), work / "ready")
        shutil.rmtree(target, ignore_errors=True)
        (work / "ready").rename(target)


def _fetch(work: Path) -> Path:
    """The package's own files, unpacked; raises SetupFailure when they are not the known ones."""
    found = node.find()
    command = [*found.npm, "pack", _PACKAGE, "--silent", "--pack-destination", str(work)]
    commands.run(command, "not to be had", cwd=work, env=found.env(), timeout_s=900)
    package = next(work.glob("*.tgz"))
    if hashlib.sha256(package.read_bytes()).hexdigest() != _SHA256:
        raise SetupFailure("the package is not the one that was tried out")
    _untar(package, work)
    return work / "package" / "bin"


def _unpack(packed: Path, ready: Path) -> None:
    ready.mkdir()
    found = node.find()
    for name in ("chromium", "al2023.tar", "swiftshader.tar", "fonts.tar"):
        command: list[str | Path] = [found.program, "-e", _UNPACK, packed / f"{name}.br", ready / name]
        commands.run(command, "could not be unpacked", env=found.env(), timeout_s=300)
        if name.endswith(".tar"):
            _untar(ready / name, ready)
            (ready / name).unlink()
    (ready / "fonts.conf").write_text(_FONTS, encoding="utf-8")
    (ready / "start").write_text(_START, encoding="utf-8")
    for runnable in ("chromium", "start"):
        (ready / runnable).chmod(0o755)


def _untar(archive: Path, into: Path) -> None:
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(into, filter="data")
        else:  # Pythons before 3.11.4; the archive's SHA-256 is known
            opened.extractall(into)
