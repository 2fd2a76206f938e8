"""Rules of the house that the linters cannot check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400


def files(*folders: str, suffix: str = ".py") -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob(f"*{suffix}"))


def imported_from_flask(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "flask":
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "flask":
            names.add(node.attr)
    return names


@pytest.mark.parametrize("file", files("utils", "models"), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_request_is_read_by_routes_only(file: Path):
    assert not imported_from_flask(ast.parse(file.read_text(encoding="utf-8"))) & {"request", "session", "g"}


@pytest.mark.parametrize(
    "file", files("app", "routes", "utils", "models"), ids=lambda file: str(file.relative_to(ROOT))
)
def test_a_module_says_what_it_is_and_is_short_enough_to_read(file: Path):
    text = file.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "it does not open with a sentence"
    assert text.count("\n") <= LONGEST_FILE


def test_the_set_up_needs_the_standard_library_only():
    """A Python that sees no installed package can import all of it."""
    modules = [f"utils.setup.{file.stem}" for file in files("utils/setup") if file.stem != "__init__"]
    code = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-S", "-E", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_setting_is_listed_in_the_example():
    listed = set(
        re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    source = (ROOT / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r"read\.\w+\(\"([A-Z_]+)\"", source)) | {"BASE_PATH", "SECRET_KEY"}
    by_run_py = {"HOST", "PORT", "WEB_WORKERS", "WEB_THREADS"}
    assert listed == read | by_run_py


def test_every_setting_is_explained_in_the_readme():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, default in re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE):
        shown = f"`{default}`" if default else "empty"
        assert re.search(rf"^\| `{name}` \| {re.escape(shown)} \|", readme, re.MULTILINE), name
