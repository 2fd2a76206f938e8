"""Sees damage in a STEP file's text: numbers that are none, runaway nesting, broken statements, missing entities."""

from __future__ import annotations

import re

from utils.cad import problems
from utils.cad.blocks import Block, bare_text
from utils.cad.problems import StepProblem

DEEPEST = 64  # real files nest about six deep
_LARGEST_NUMBER = 50_000_000  # up to here one byte for each entity number; files number densely

_DEFINED = re.compile(rb"(?:^|;)\s*#(\d{1,20})\s*=\s*[A-Z(!&]")
_REFERENCE = re.compile(rb"#(\d{1,20})")
_NO_NUMBER = re.compile(rb"(?<![A-Z0-9_.])[+-]?(?:NAN|INF(?:INITY)?)(?![A-Z0-9_])|#(?:IND|QNAN|SNAN|INF)")
_LARGE_EXPONENT = re.compile(rb"(?<=[\d.])E\+?0*([1-9]\d{2,})")
_MAX_EXPONENT = 308  # of a double
_NOT_PARENTHESES = bytes(set(range(256)) - set(b"()"))

_UNSEEN, _MISSING, _PRESENT = 0, 1, 2


class Damage:
    """Looks at block after block; ``problem`` is the first thing found wrong."""

    def __init__(self) -> None:
        self.entities = 0
        self.problem: StepProblem | None = None
        self._numbers: bytearray | None = bytearray()  # what is known of each entity number

    def look(self, block: Block) -> None:
        """Check what can be seen in the text of a block at once."""
        defined = [int(number) for number in _DEFINED.findall(block.bare)]
        self.entities += len(defined)
        self._mark(defined, {int(number) for number in _REFERENCE.findall(block.bare)})
        if _nesting(block.bare) is not None:
            self._find(block)
        if self.problem is None and _has_no_number(block.bare):
            self.problem = StepProblem("not_a_number", problems.NOT_A_NUMBER)

    def check_statements(self, block: Block) -> None:
        """For a block of the data section: every statement has to define an entity."""
        if block.bare.count(b";") != len(_DEFINED.findall(block.bare)):
            self._find(block)

    def check(self, statement: bytes, line: int) -> None:
        """The same for a single statement."""
        if self.problem is None and not _DEFINED.match(statement):
            self.problem = problems.damaged(f" in line {line:,}", line)

    def note(self, statement: bytes, line: int) -> None:
        """A statement of the data section that does not even begin like an entity."""
        if self.problem is None and not statement.startswith(b"ENDSCOPE"):
            self.problem = problems.damaged(f" in line {line:,}", line)

    def missing(self) -> StepProblem | None:
        """An entity that others refer to and that is nowhere, once the whole file was seen."""
        number = self._numbers.find(_MISSING) if self._numbers else -1
        if number < 0:
            return None
        return problems.damaged(f": #{number} is missing, though other entities need it")

    def _mark(self, defined: list[int], mentioned: set[int]) -> None:
        if self._numbers is None or not mentioned:
            return
        highest = max(mentioned)
        if highest > _LARGEST_NUMBER:
            self._numbers = None  # numbered sparsely: not worth the memory
            return
        numbers = self._numbers
        numbers.extend(bytes(max(0, highest + 1 - len(numbers))))
        for number in defined:
            numbers[number] = _PRESENT
        for number in mentioned:
            if numbers[number] == _UNSEEN:
                numbers[number] = _MISSING

    def _find(self, block: Block) -> None:
        """Name the line of the first statement that is wrong in a block in which one is."""
        for line, statement in block.statements():
            wrong = _nesting(bare_text(statement))
            if wrong == "deep":
                self.problem = problems.nested_too_deep(line)
            elif wrong:
                self.problem = problems.damaged(f" in line {line:,}", line)
            elif statement.startswith(b"#"):
                self.check(statement, line)
            if self.problem:
                return


def _nesting(bare: bytes) -> str | None:
    """None for balanced parentheses, ``deep`` beyond DEEPEST, ``open`` when some have no partner."""
    left = bare.translate(None, _NOT_PARENTHESES)
    for _ in range(DEEPEST):
        if not left:
            return None
        shorter = left.replace(b"()", b"")
        if len(shorter) == len(left):
            return "deep" if b"(" * DEEPEST in left else "open"
        left = shorter
    return "deep" if left else None


def _has_no_number(bare: bytes) -> bool:
    upper = bare.upper()
    if any(sign in upper for sign in (b"NAN", b"INF", b"#IND")) and _NO_NUMBER.search(upper):
        return True
    exponents = _LARGE_EXPONENT.finditer(upper)
    return any(len(match[1]) > 3 or int(match[1]) >= _MAX_EXPONENT for match in exponents)
