"""The documentation keeps up with what the code can say."""

import re
from pathlib import Path

from utils.auth.scopes import SCOPES_BY_ROLE
from utils.cad.scan import MAX_INSTANCES
from utils.sandbox import Limits

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def _codes_in(*folders: str) -> set[str]:
    sources = [path.read_text("utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py")]
    said = re.compile(r'(?:StepProblem|Unreadable)\(\s*"(\w+)"|failed == "(\w+)"')
    return {first or second for source in sources for first, second in said.findall(source)}


def test_every_reason_for_an_unreadable_file_is_explained():
    codes = _codes_in("utils/cad")
    assert len(codes) > 10
    explained = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "files.md").read_text("utf-8"), re.MULTILINE))
    assert codes <= explained


def test_the_limits_of_a_conversion_are_as_documented():
    text = (DOCS / "files.md").read_text("utf-8")
    limits = Limits()
    for number in (limits.memory_mb, limits.cpu_s, limits.wall_s, limits.output_mb, MAX_INSTANCES):
        assert f"| {number:,}" in text


def test_the_table_of_roles_has_every_scope_with_its_roles():
    rows = re.findall(
        r"^\| .* \| `([a-z:]+)` \|(.*)\|$", (DOCS / "workflow.md").read_text("utf-8"), re.MULTILINE
    )
    columns = ("viewer", "maker", "lead", "admin")
    assert len({scope for scope, _ in rows}) >= 5
    for scope, cells in rows:
        ticked = {role for role, cell in zip(columns, cells.split("|"), strict=True) if cell.strip()}
        assert ticked == {role for role, scopes in SCOPES_BY_ROLE.items() if scope in scopes}, scope


def test_links_between_documents_lead_somewhere():
    for document in (*DOCS.glob("*.md"), ROOT / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+\.md)", document.read_text("utf-8")):
            assert (document.parent / target).is_file(), f"{document.name}: {target}"
