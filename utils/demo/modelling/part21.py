"""Rewrites a STEP file so that it is small, the same on every run, and says nothing about the machine.

The kernel writes one entity for every use of a point or direction, wraps lines, and stamps the header with
the time. Here equal points, directions and vectors are shared, numbers lose their rounding noise, entities
are numbered anew and the header is written by us. Pure text work: no CAD kernel is needed.
"""

import re

_RECORD = re.compile(r"#(\d+)\s*=\s*(.*)", re.DOTALL)
_REFERENCE = re.compile(r"#(\d+)")
_TEXT = re.compile(r"('(?:[^']|'')*')")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_REAL = re.compile(r"-?\d+\.\d*(?:E[+-]?\d+)?")

# Pure values, safe to share. Placements stay apart: assembly transforms refer to them by identity.
_SHARED = ("CARTESIAN_POINT(", "DIRECTION(", "VECTOR(")
_COLOURS = "MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION("
_DECIMALS = 9  # millimetres or inches: far below any tolerance, far above the noise


def tidy(text: str, *, file_name: str, description: str, written_at: str) -> str:
    """Answer the same STEP content, compact, with a header of our own; `written_at` is ISO 8601."""
    header, _, rest = text.partition("DATA;")
    body, _, _ = rest.rpartition("ENDSEC;")
    schema = re.search(r"FILE_SCHEMA\s*\(.*?\)\s*\)\s*;", header, re.DOTALL)
    if schema is None:
        raise ValueError("the STEP file names no schema")
    records = _number_anew(_in_order(_share_values(_records(body))))
    return "\n".join(
        [
            "ISO-10303-21;",
            "HEADER;",
            _ascii(f"FILE_DESCRIPTION(('{description}'),'2;1');"),
            f"FILE_NAME('{file_name}','{written_at}',(''),(''),'Open CASCADE Technology','build123d','');",
            " ".join(schema.group(0).split()),
            "ENDSEC;",
            "DATA;",
            *(f"#{number}={value};" for number, value in records.items()),
            "ENDSEC;",
            "END-ISO-10303-21;",
            "",
        ]
    )


def _records(body: str) -> dict[int, str]:
    """Split the data section at the semicolons that stand outside texts."""
    records: dict[int, str] = {}
    current: list[str] = []
    for piece in _TEXT.split(body):
        if piece.startswith("'"):
            current.append(_ascii(piece))
            continue
        head, *tails = _plain(piece).split(";")
        current.append(head)
        for tail in tails:
            if match := _RECORD.fullmatch("".join(current).strip()):
                records[int(match.group(1))] = match.group(2)
            current = [tail]
    return records


def _plain(piece: str) -> str:
    """Drop white space and shorten numbers; never called on texts."""
    return _REAL.sub(_shorter, re.sub(r"\s+", "", piece))


def _ascii(piece: str) -> str:
    """Write what ASCII has not as ISO 10303-21 wants it: UTF-16 in hexadecimal between \\X2\\ and \\X0\\."""
    return _BEYOND_ASCII.sub(lambda m: f"\\X2\\{m.group(0).encode('utf-16-be').hex().upper()}\\X0\\", piece)


def _shorter(match: re.Match[str]) -> str:
    value = float(match.group(0))
    if value and abs(value) < 10**-_DECIMALS * 1e3:  # tolerances such as 1.E-07 keep their exponent
        return match.group(0) if abs(value) >= 10**-_DECIMALS else "0."
    digits = f"{value:.{_DECIMALS}f}".rstrip("0")
    return "0." if digits == "-0." else digits


def _share_values(records: dict[int, str]) -> dict[int, str]:
    """Let equal points, directions and vectors be one; a vector can be equal only once its direction is."""
    while True:
        first: dict[str, int] = {}
        keeper = {
            number: first.setdefault(value, number) if value.startswith(_SHARED) else number
            for number, value in records.items()
        }
        if len(set(keeper.values())) == len(records):
            return records
        records = {
            number: _refer(value, keeper) for number, value in records.items() if keeper[number] == number
        }


def _in_order(records: dict[int, str]) -> dict[int, str]:
    """Put each entity behind the first that refers to it.

    The kernel writes the colours in the order of memory addresses, another one on every run, so they are
    sorted by the context of the shape that they belong to.
    """
    references = {number: _references(value) for number, value in records.items()}
    referred = {number for numbers in references.values() for number in numbers}

    def rank(number: int) -> tuple[bool, int]:
        is_colour = records[number].startswith(_COLOURS)
        return is_colour, references[number][-1] if is_colour else number

    ordered: dict[int, str] = {}
    stack = sorted(records.keys() - referred, key=rank, reverse=True)
    while stack:
        number = stack.pop()
        if number not in ordered:
            ordered[number] = records[number]
            stack.extend(reversed(references[number]))
    return ordered


def _number_anew(records: dict[int, str]) -> dict[int, str]:
    numbers = {old: new for new, old in enumerate(records, start=1)}
    return {numbers[old]: _refer(value, numbers) for old, value in records.items()}


def _references(value: str) -> list[int]:
    return [int(number) for piece in _TEXT.split(value)[::2] for number in _REFERENCE.findall(piece)]


def _refer(value: str, numbers: dict[int, int]) -> str:
    """Replace every reference in a record, leaving a `#5` inside a text alone."""
    pieces = _TEXT.split(value)
    pieces[::2] = [_REFERENCE.sub(lambda m: f"#{numbers[int(m.group(1))]}", piece) for piece in pieces[::2]]
    return "".join(pieces)
