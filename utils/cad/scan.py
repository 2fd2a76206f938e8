"""Looks through a STEP file before native code does: what it says of itself, and why it may not be convertible.

Pure Python with flat memory for files of any size: it runs in the web process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from utils.cad import assembly, external, problems
from utils.cad.blocks import Block, Rest, StatementTooLong, read_blocks
from utils.cad.damage import Damage
from utils.cad.entities import parameters, parse, texts
from utils.cad.problems import StepProblem
from utils.cad.units import KEYWORDS as UNIT_KEYWORDS
from utils.cad.units import Units

__all__ = ["MAX_INSTANCES", "StepProblem", "StepScan", "scan", "sniff"]

MAX_INSTANCES = 100_000

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|/\*.*?\*/)*ISO-10303-21\s*;", re.DOTALL)
_SECTION = re.compile(rb"(?:HEADER|ANCHOR|REFERENCE|DATA|SIGNATURE)\b")
_KEYWORDS = (*assembly.KEYWORDS, *external.KEYWORDS, *UNIT_KEYWORDS)
_ANY_KEYWORD = re.compile(b"|".join(map(re.escape, _KEYWORDS)))


@dataclass
class StepScan:
    """What a STEP file says of itself, and the first problem that makes a conversion pointless."""

    schema: str | None = None
    name: str | None = None  # the file name that the exporting program wrote into it
    units: str | None = None  # of length: mm, cm, m, inch ...; "inch+mm" where parts differ
    entities: int = 0
    instances: int = 0  # occurrences in the unfolded assembly, 0 for a single part
    external_files: list[str] = field(default_factory=list)
    problem: StepProblem | None = None


def sniff(head: bytes) -> bool:
    """Whether a file that begins with ``head`` (a few hundred bytes are enough) is a STEP exchange file."""
    return _BEGIN.match(head) is not None


def scan(path: Path, *, max_instances: int = MAX_INSTANCES) -> StepScan:
    """Look through the file at ``path``; what is wrong with it stands in the result, nothing is raised for it."""
    scanner = _Scanner(max_instances)
    with path.open("rb") as file:
        try:
            for block in read_blocks(file):
                if isinstance(block, Rest):
                    scanner.end(block)
                elif not scanner.take(block):
                    break
        except StatementTooLong:
            scanner.found.problem = problems.damaged(": one of its statements has no end")
    return scanner.conclude()


class _Scanner:
    """Follows the sections of the file and hands each statement to those who want it."""

    def __init__(self, max_instances: int) -> None:
        self.found = StepScan()
        self._max_instances = max_instances
        self._section = b""  # HEADER, DATA, REFERENCE ... or nothing between them
        self._complete = False
        self._damage = Damage()
        self._assembly = assembly.Assembly()
        self._external = external.ExternalFiles()
        self._units = Units()

    def take(self, block: Block) -> bool:
        """Look at a block; False when the file needs no further reading."""
        self._damage.look(block)
        if self._section == b"DATA" and b"ENDSEC" not in block.bare:
            self._damage.check_statements(block)
            if any(keyword in block.bare for keyword in _KEYWORDS):
                for statement in block.having(_ANY_KEYWORD):
                    self._entity(statement)
        else:
            for line, statement in block.statements():
                self._statement(statement, line)
                if self._complete:
                    break
        return not (self._complete or self._damage.problem)

    def end(self, rest: Rest) -> None:
        """The file ends here, without the statement that should end it."""
        if self.found.problem or self._damage.problem:
            return
        if b"END-ISO-10303-21" in rest.bare:
            self.found.problem = problems.damaged(": a quotation mark is missing in it")
            return
        started = self._damage.entities or b"#" in rest.bare
        if self._section == b"HEADER" or started:
            self.found.problem = problems.cut_off(rest.last_line)

    def conclude(self) -> StepScan:
        found = self.found
        found.entities = self._damage.entities
        found.units = self._units.name()
        found.external_files = self._external.names()
        found.problem = found.problem or self._damage.problem or self._last_problem()
        return found

    def _last_problem(self) -> StepProblem | None:
        if not self.found.entities:
            return StepProblem("header_only", problems.HEADER_ONLY)
        try:
            self.found.instances = self._assembly.instances()
        except assembly.CyclicAssembly:
            return problems.damaged(": an assembly contains itself")
        if self.found.instances > self._max_instances:
            return problems.too_many_instances(self.found.instances, self._max_instances)
        return self._damage.missing()

    def _statement(self, statement: bytes, line: int) -> None:
        if self._section == b"DATA" and statement.startswith(b"#"):
            self._damage.check(statement, line)
            if _ANY_KEYWORD.search(statement):
                self._entity(statement)
        elif statement == b"ENDSEC":
            self._section = b""
        elif statement.startswith(b"END-ISO-10303-21"):
            self._complete = True
        elif not self._section:
            section = _SECTION.match(statement)
            self._section = section[0] if section else b""
        elif self._section == b"HEADER":
            self._header(statement)
        elif self._section == b"REFERENCE":
            self._external.add_anchor(statement)
        elif self._section == b"DATA" and statement:
            self._damage.note(statement, line)

    def _entity(self, statement: bytes) -> None:
        entity = parse(statement)
        if entity:
            self._assembly.add(entity)
            self._external.add(entity)
            self._units.add(entity)

    def _header(self, statement: bytes) -> None:
        words = parameters(statement)
        if words[:1] == [b"FILE_SCHEMA"]:
            self.found.schema = next(iter(texts(words)), None)
        elif words[:1] == [b"FILE_NAME"]:
            self.found.name = next(iter(texts(words)), None)
