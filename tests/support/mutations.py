"""Damages STEP files as disks, mails, editors and exporters do: entity by entity, always the same for a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ENTITY = re.compile(rb"^#(\d+)\s*=", re.MULTILINE)
_REFERENCE = re.compile(rb"#\d+")
_NUMBER = re.compile(rb"-?\d+\.\d*(?:E[-+]?\d+)?")
_KEYWORD = re.compile(rb"(?<=[=(])([A-Z][A-Z_0-9]+)(?=\()")
_STRING = re.compile(rb"'[^'\n]*'")

_NUMBERS = (
    b"0.", b"-1.", b"1.E308", b"-1.E308", b"1.E-308", b"NaN", b"1.#INF", b"1E", b"--1.", b"1.7976931348623159E+309",
    b"1e10", b"$", b"*", b".T.", b"9" * 400, b"0." + b"0" * 5000 + b"1",
)  # fmt: skip
_STRINGS = (
    b"''", b"'\\X2\\D83D\\X0\\'", b"'\\X2\\12'", b"'\\X\\'", b"'\\S\\'", b"'" + b"A" * 70_000 + b"'", b"'\xff\xfe\x00'",
    b"'\xe6\x97\xa5'", b"'\x93\xfa\x96\x7b'", b"'%s%n%n'", b"'../../etc/passwd'", b"'", b"'''", b"'\n'",
)  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


def mutate(content: bytes, seed: int) -> tuple[bytes, list[str]]:
    """One to four kinds of damage in `content`, and their names."""
    dice = random.Random(seed)
    chosen = dice.choices(list(KINDS), k=dice.choice((1, 1, 1, 2, 4)))
    for name in chosen:
        content = KINDS[name](content, dice)
    return content, chosen


def _lines(work: Callable[[list[bytes], random.Random], None]) -> Mutation:
    def on_lines(content: bytes, dice: random.Random) -> bytes:
        lines = content.splitlines(keepends=True)
        if len(lines) > 3:
            work(lines, dice)
        return b"".join(lines)

    return on_lines


def _swap(lines: list[bytes], dice: random.Random) -> None:
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _delete(lines: list[bytes], dice: random.Random) -> None:
    del lines[dice.randrange(len(lines))]


def _delete_many(lines: list[bytes], dice: random.Random) -> None:
    start = dice.randrange(len(lines))
    del lines[start : start + dice.randrange(2, 40)]


def _repeat(lines: list[bytes], dice: random.Random) -> None:
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))


def _join(lines: list[bytes], dice: random.Random) -> None:
    where = dice.randrange(len(lines))
    lines[where] = lines[where].rstrip(b"\r\n;")


def _in_place(pattern: re.Pattern[bytes], put: Callable[[bytes, random.Random, bytes], bytes]) -> Mutation:
    """Replace one match of `pattern`, or some, by what `put(match, dice, content)` says."""

    def on_match(content: bytes, dice: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        for match in sorted(
            dice.sample(found, min(len(found), dice.choice((1, 1, 3, 20)))), key=lambda m: -m.start()
        ):
            content = content[: match.start()] + put(match[0], dice, content) + content[match.end() :]
        return content

    return on_match


def _another_reference(old: bytes, dice: random.Random, content: bytes) -> bytes:
    numbers = _ENTITY.findall(content) or [b"1"]
    return b"#" + dice.choice(
        (dice.choice(numbers), b"0", b"999999999", b"18446744073709551617", old[1:] + b"0")
    )


def _own_reference(content: bytes, dice: random.Random) -> bytes:
    """An entity that refers to itself, straight or by way of another."""
    lines = content.splitlines(keepends=True)
    entities = [number for number, line in enumerate(lines) if _ENTITY.match(line) and line.count(b"#") > 1]
    if entities:
        where = dice.choice(entities)
        name = b"#" + _ENTITY.findall(lines[where])[0]
        head, _, rest = lines[where].partition(b"=")
        lines[where] = head + b"=" + _REFERENCE.sub(name, rest, count=dice.choice((0, 1)))
    return b"".join(lines)


def _another_keyword(old: bytes, dice: random.Random, content: bytes) -> bytes:
    return dice.choice((*_KEYWORD.findall(content)[:200], b"X", b"A" * 5000, b"B_SPLINE_SURFACE"))


def _same_number(content: bytes, dice: random.Random) -> bytes:
    """Two entities of one number."""
    numbers = _ENTITY.findall(content)
    if len(numbers) < 2:
        return content
    one, other = dice.sample(numbers, 2)
    return re.sub(rb"(?m)^#%s\s*=" % one, b"#%s=" % other, content, count=1)


def _nest(content: bytes, dice: random.Random) -> bytes:
    found = list(re.finditer(rb"\([^()\n]*\)", content))
    if not found:
        return content
    match, depth = dice.choice(found), dice.choice((1, 10, 1000, 50_000))
    return content[: match.start()] + b"(" * depth + match[0] + b")" * depth + content[match.end() :]


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(1, len(content) + 1)]


def _cut_out(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(1, 2000) :]


def _flip(content: bytes, dice: random.Random) -> bytes:
    bent = bytearray(content)
    for _ in range(dice.choice((1, 5, 50))):
        bent[dice.randrange(len(bent))] = dice.randrange(256)
    return bytes(bent)


def _drop_a_mark(content: bytes, dice: random.Random) -> bytes:
    mark = dice.choice((b"(", b")", b",", b";", b"'", b"=", b"#", b"*", b"$"))
    places = [place for place, byte in enumerate(content) if byte == mark[0]]
    if not places:
        return content
    where = dice.choice(places)
    return content[:where] + content[where + 1 :]


def _in_another_encoding(content: bytes, dice: random.Random) -> bytes:
    text = content.decode("latin-1")
    return dice.choice(
        (
            text.encode("utf-16"),
            text.encode("utf-16-le"),
            b"\xef\xbb\xbf" + content,
            content.replace(b"\n", b"\r\n"),
            content.replace(b"\n", b"\r"),
            content.replace(b"\n", b""),
            content.replace(b";", b";\x00"),
            content + b"\x00" * 4096,
            b" " * 70_000 + content,
        )
    )


def _without_a_section(content: bytes, dice: random.Random) -> bytes:
    word = dice.choice(
        (b"HEADER;", b"ENDSEC;", b"DATA;", b"END-ISO-10303-21;", b"ISO-10303-21;", b"FILE_SCHEMA")
    )
    return content.replace(word, dice.choice((b"", b"/*", word + word, word.lower())), 1)


def _twice(content: bytes, dice: random.Random) -> bytes:
    return content + content if dice.random() < 0.5 else content.replace(b"DATA;", b"DATA;\n" + content, 1)


KINDS: dict[str, Mutation] = {
    "swap lines": _lines(_swap),
    "delete a line": _lines(_delete),
    "delete lines": _lines(_delete_many),
    "repeat a line": _lines(_repeat),
    "join lines": _lines(_join),
    "another reference": _in_place(_REFERENCE, _another_reference),
    "a reference to itself": _own_reference,
    "another number": _in_place(
        _NUMBER, lambda old, dice, _: dice.choice((*_NUMBERS, b"-" + old, old + b"E9"))
    ),
    "another type": _in_place(_KEYWORD, _another_keyword),
    "another text": _in_place(_STRING, lambda old, dice, _: dice.choice(_STRINGS)),
    "one number twice": _same_number,
    "nested": _nest,
    "cut": _cut,
    "cut out": _cut_out,
    "flipped bytes": _flip,
    "a mark gone": _drop_a_mark,
    "another encoding": _in_another_encoding,
    "a section gone": _without_a_section,
    "twice": _twice,
}
