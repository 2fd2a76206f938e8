"""Writes the neutral copy of a STEP file: the same file with tokens for the names of its products and usages.

Native readers turn foreign encodings to mojibake and lose or mix up names. From ``KP<number of the PRODUCT>`` and
``KN<number of the NEXT_ASSEMBLY_USAGE_OCCURRENCE>`` the true ones are found again. All other bytes and the number of
lines stay, but for a byte order mark, which readers take for a syntax error.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from utils.cad.blocks import Block, StatementTooLong, read_blocks
from utils.cad.product.collecting import Collected
from utils.cad.product.statements import Found, product_statements
from utils.cad.product.tokens import product_token, usage_token
from utils.cad.product.tree import ProductTree, build

_BOM = b"\xef\xbb\xbf"
_USAGE = b"NEXT_ASSEMBLY_USAGE_OCCURRENCE"
_GAP = rb"(?:\s|/\*.*?\*/)*+"
_NAME = rb"('(?:[^']|'')*+'|\$)"
_NAMES = re.compile(
    rb"'(?:[^']|'')*+'|/\*.*?\*/|(?<![A-Z0-9_])(?:PRODUCT|NEXT_ASSEMBLY_USAGE_OCCURRENCE"
    rb"|PRODUCT_DEFINITION_RELATIONSHIP)" + _GAP + rb"\(" + _GAP + _NAME + _GAP + rb"," + _GAP + _NAME,
    re.DOTALL,
)


def write_neutral(source: Path, target: Path) -> ProductTree:
    """Write the neutral copy of ``source`` to ``target`` and read the tree on the way, both in flat memory."""
    collected = Collected()
    done = 0
    with source.open("rb") as file, target.open("wb") as copy:
        try:
            for block in read_blocks(file):
                if isinstance(block, Block):
                    _write_block(block, copy, collected)
                    done += len(block.raw)
        except StatementTooLong:
            pass  # the scan says so; the rest is copied as it is
        file.seek(done)
        rest = file.read(1024 * 1024)
        copy.write(rest.removeprefix(_BOM) if not done else rest)
        while rest := file.read(1024 * 1024):
            copy.write(rest)
    return build(collected)


def _write_block(block: Block, copy: BinaryIO, collected: Collected) -> None:
    raw = memoryview(block.raw)
    done = len(_BOM) if copy.tell() == 0 and block.raw.startswith(_BOM) else 0
    for found in product_statements(block):
        collected.add(found.entity)
        token = _token(found)
        if token:
            copy.write(raw[done : found.begin])
            copy.write(_with_token(block.raw[found.begin : found.end], token))
            done = found.end
    copy.write(raw[done:])


def _token(found: Found) -> bytes | None:
    if b"PRODUCT" in found.entity.parts:
        return product_token(found.entity.number).encode()
    if _USAGE in found.entity.parts:
        return usage_token(found.entity.number).encode()
    return None


def _with_token(statement: bytes, token: bytes) -> bytes:
    for match in _NAMES.finditer(statement):
        if match[1] is not None:
            pieces = [statement[: match.start(1)], _literal(token, match[1])]
            pieces += [statement[match.end(1) : match.start(2)], _literal(token, match[2])]
            return b"".join(pieces) + statement[match.end(2) :]
    return statement


def _literal(token: bytes, instead_of: bytes) -> bytes:
    # a name may run over several lines, and line numbers shall stay true
    return b"'" + token + b"'" + b"\n" * instead_of.count(b"\n")
