"""Takes rights away from the current process for good: files, network, outliving its parent.

Landlock is called through ``syscall`` because neither Python nor glibc wraps it; numbers and structures
follow the kernel's ``include/uapi/linux/landlock.h``. Whatever the system does not offer is skipped quietly:
the limits of time and memory still hold.
"""

from __future__ import annotations

import ctypes
import os
import signal
import site
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

_SYS_LANDLOCK_CREATE_RULESET = 444
_SYS_LANDLOCK_ADD_RULE = 445
_SYS_LANDLOCK_RESTRICT_SELF = 446
_LANDLOCK_CREATE_RULESET_VERSION = 1
_LANDLOCK_RULE_PATH_BENEATH = 1

_FS_WRITE_FILE = 1 << 1
_FS_READ_FILE = 1 << 2
_FS_READ_DIR = 1 << 3
_FS_TRUNCATE = 1 << 14
_FS_ALL_OF_VERSION_1 = (1 << 13) - 1
_FS_RIGHTS_OF_A_FILE = _FS_WRITE_FILE | _FS_READ_FILE | _FS_TRUNCATE
_FS_READ = _FS_READ_FILE | _FS_READ_DIR
_NET_BIND_AND_CONNECT_TCP = 0b11
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
_HARMLESS_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")


def die_with_parent(parent: int) -> None:
    """Be killed when the process ``parent``, which forked this one, dies."""
    if not sys.platform.startswith("linux"):
        return
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the request reached the kernel
        os.kill(os.getpid(), signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent dies, so that none can slip away."""
    if sys.platform.startswith("linux"):
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def leave_network() -> None:
    """Move to a network namespace of its own, with not even a loopback, where the system allows it."""
    if not sys.platform.startswith("linux"):
        return
    libc = _libc()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWNET)


def landlock_version() -> int:
    """The kernel's Landlock ABI, 0 when there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    version = _libc().syscall(
        _SYS_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_CREATE_RULESET_VERSION
    )
    return max(0, int(version))


def confine_files(read: Iterable[Path], write: Path) -> bool:
    """Allow reading ``read`` and the interpreter's libraries, reading and writing below ``write``, no more.

    Starting programs, connecting by TCP and signalling outsiders are denied too, as far as the kernel's
    Landlock knows them. Returns whether there is a Landlock at all.
    """
    version = landlock_version()
    if not version:
        return False
    everything = _all_file_rights(version)
    ruleset = _create_ruleset(version, everything)
    if ruleset < 0:
        return False
    try:
        for path in [
            *interpreter_paths(),
            *map(Path, _SYSTEM_LIBRARIES),
            *map(Path, _HARMLESS_DEVICES),
            *read,
        ]:
            _allow(ruleset, path, _FS_READ)
        _allow(ruleset, Path("/dev/null"), _FS_READ | _FS_WRITE_FILE)
        _allow(ruleset, write, everything)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        return int(_libc().syscall(_SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def interpreter_paths() -> list[Path]:
    """Folders from which this interpreter may still import something, and our own packages."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths.update(site.getsitepackages())
    library = sysconfig.get_config_var("LIBDIR")
    if library:
        paths.add(library)
    paths.add(str(Path(__file__).resolve().parents[1]))
    return sorted(Path(path) for path in paths if path)


def _all_file_rights(version: int) -> int:
    rights = _FS_ALL_OF_VERSION_1
    for since, bit in ((2, 13), (3, 14), (5, 15)):  # linking across folders, truncating, device ioctl
        if version >= since:
            rights |= 1 << bit
    return rights


def _create_ruleset(version: int, file_rights: int) -> int:
    fields = [file_rights]
    if version >= 4:
        fields.append(_NET_BIND_AND_CONNECT_TCP)
    if version >= 6:
        fields.append(_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return int(_libc().syscall(_SYS_LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        if not path.is_dir():
            rights &= _FS_RIGHTS_OF_A_FILE
        rule = struct.pack("=Qi", rights, folder)
        _libc().syscall(_SYS_LANDLOCK_ADD_RULE, ruleset, _LANDLOCK_RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(folder)


def _prctl(option: int, value: int) -> None:
    _libc().prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
