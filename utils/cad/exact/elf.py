"""Reads what a shared library wants from others, and writes tiny libraries that hold nothing but names (ELF64).

Structures and numbers follow the System V ABI's chapters "Object Files" and "Program Loading and Dynamic Linking".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x7fELF\x02\x01"  # 64 bits, little-endian
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_ENTRY = struct.Struct("<qQ")

_SHARED_OBJECT = 3
_LOAD, _DYNAMIC, _GNU_STACK = 1, 2, 0x6474E551
_EXECUTE, _WRITE, _READ = 1, 2, 4
_SECTION_DYNAMIC, _SECTION_SYMBOLS = 6, 11
_DT_NEEDED, _DT_HASH, _DT_STRTAB, _DT_SYMTAB, _DT_STRSZ, _DT_SYMENT, _DT_SONAME = 1, 4, 5, 6, 10, 11, 14
_GLOBAL_FUNCTION = 0x12
_PAGE = 0x10000  # the largest that any of these machines uses

# what a processor stops at when it is told to run it
_TRAPS = {62: b"\x0f\x0b", 183: b"\x00\x00\x20\xd4"}  # x86-64: ud2; AArch64: brk #0
MACHINES = {"x86_64": 62, "aarch64": 183}


@dataclass(frozen=True)
class Wants:
    """``needed`` are the names of libraries, ``undefined`` the symbols to be found in them."""

    needed: frozenset[str]
    undefined: frozenset[str]


def wants(library: Path) -> Wants:
    """What ``library`` needs from others. Raises ValueError for a file that is no 64-bit little-endian ELF."""
    raw = library.read_bytes()
    if len(raw) < _HEADER.size or not raw.startswith(_MAGIC):
        raise ValueError(f"{library.name} is no ELF file")
    header = _HEADER.unpack_from(raw)
    first, size, count = header[6], header[11], header[12]
    sections = [_SECTION.unpack_from(raw, first + number * size) for number in range(count)]
    needed: set[str] = set()
    undefined: set[str] = set()
    for section in sections:
        kind, offset, length, linked = section[1], section[4], section[5], section[6]
        if kind not in (_SECTION_DYNAMIC, _SECTION_SYMBOLS):
            continue
        names, piece = sections[linked][4], raw[offset : offset + length]
        if kind == _SECTION_DYNAMIC:
            needed |= {_text(raw, names + at) for tag, at in _ENTRY.iter_unpack(piece) if tag == _DT_NEEDED}
        else:
            symbols = _SYMBOL.iter_unpack(piece)
            undefined |= {_text(raw, names + at) for at, _, _, place, _, _ in symbols if at and not place}
    return Wants(frozenset(needed), frozenset(undefined))


def stub(soname: str, names: list[str], machine: int) -> bytes:
    """A shared library called ``soname`` in which each of ``names`` is a function that stops the process.

    ``machine`` is the ELF number of a processor out of ``MACHINES``.
    """
    strings = b"\0" + b"".join(name.encode() + b"\0" for name in [soname, *names])
    position = 2 + len(soname)  # of the first symbol's name
    trap = _TRAPS[machine]
    count = len(names) + 1
    code_at = _HEADER.size + 4 * _SEGMENT.size
    hash_at = code_at + 16
    symbols_at = _aligned(hash_at + 4 * (2 + 1 + count))
    strings_at = symbols_at + count * _SYMBOL.size
    dynamic_at = _aligned(strings_at + len(strings))
    symbols = [bytes(_SYMBOL.size)]
    for name in names:
        symbols.append(_SYMBOL.pack(position, _GLOBAL_FUNCTION, 0, 1, code_at, len(trap)))
        position += len(name) + 1
    # one bucket that chains through all symbols: they are looked up once and few
    table = struct.pack(f"<{3 + count}I", 1, count, 1 % count, 0, *[*range(2, count), 0][: count - 1])
    dynamic = b"".join(
        _ENTRY.pack(tag, value)
        for tag, value in (
            (_DT_SONAME, 1),
            (_DT_HASH, hash_at),
            (_DT_STRTAB, strings_at),
            (_DT_SYMTAB, symbols_at),
            (_DT_STRSZ, len(strings)),
            (_DT_SYMENT, _SYMBOL.size),
            (0, 0),
        )
    )
    # the loader writes into the dynamic section, so that gets a page of its own
    moved = dynamic_at + _PAGE
    size = len(dynamic)
    file = b"".join(
        (
            _HEADER.pack(
                _MAGIC + b"\x01", _SHARED_OBJECT, machine, 1, 0, _HEADER.size, 0, 0, _HEADER.size,
                _SEGMENT.size, 4, _SECTION.size, 0, 0,
            ),
            _SEGMENT.pack(_LOAD, _READ | _EXECUTE, 0, 0, 0, dynamic_at, dynamic_at, _PAGE),
            _SEGMENT.pack(_LOAD, _READ | _WRITE, dynamic_at, moved, moved, size, size, _PAGE),
            _SEGMENT.pack(_DYNAMIC, _READ | _WRITE, dynamic_at, moved, moved, size, size, 8),
            # without this one the stack would have to be executable
            _SEGMENT.pack(_GNU_STACK, _READ | _WRITE, 0, 0, 0, 0, 0, 16),
            trap.ljust(16, b"\0"),
            table,
        )
    )  # fmt: skip
    file = file.ljust(symbols_at, b"\0") + b"".join(symbols) + strings
    return file.ljust(dynamic_at, b"\0") + dynamic


def _text(raw: bytes, start: int) -> str:
    return raw[start : raw.index(b"\0", start)].decode("ascii", "replace")


def _aligned(offset: int) -> int:
    return offset + -offset % 8
