"""Finding pip, Node.js and Chromium, and telling which tests need which."""

import stat
from pathlib import Path

import pytest

from utils.setup import chromium, chromium_npm, node, pip_wheel, testing
from utils.setup.failure import SetupFailure
from utils.setup.places import ROOT


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v22.21.1", "v24.0.0", "v26.1.0\n"])
def test_a_node_that_vite_runs_on_is_taken(version):
    assert node.new_enough(version)


@pytest.mark.parametrize("version", ["v18.20.8", "v20.18.3", "v21.7.3", "v22.11.0", "", "nonsense"])
def test_any_other_node_is_passed_over(version):
    assert not node.new_enough(version)


def test_the_newest_pip_of_a_package_index_is_chosen():
    page = """<a href="../p/pip-9.0.1-py3-none-any.whl#sha256=a">9</a>
    <a href="https://files.example/pip-25.1-py3-none-any.whl#sha256=b">25.1</a>
    <a href="pip-26.0-py3-none-any.whl" data-yanked="broken">26.0</a>
    <a href="pip-25.2b1-py3-none-any.whl">beta</a> <a href="pip-25.1.tar.gz">source</a>"""
    links = pip_wheel._links(page)
    assert set(links) == {"pip-9.0.1-py3-none-any.whl", "pip-25.1-py3-none-any.whl"}
    assert max(links, key=pip_wheel._version) == "pip-25.1-py3-none-any.whl"


def test_pip_is_fetched_from_where_pip_itself_would(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_CONFIG_FILE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    configured = tmp_path / "pip.conf"
    configured.write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(configured))
    assert pip_wheel.index_url() == "https://mirror.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")
    assert pip_wheel.index_url() == "https://other.example/simple"


def test_without_pip_and_index_the_set_up_says_what_to_install(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_CONFIG_FILE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(pip_wheel, "SYSTEM_CONFIG", tmp_path / "none.conf")
    with pytest.raises(SetupFailure, match=r"no pip to begin with.*apt install python3-venv"):
        pip_wheel.fetch(tmp_path)


def test_a_fetched_pip_must_have_the_sum_that_the_index_names(tmp_path: Path, monkeypatch):
    index = tmp_path / "simple" / "pip"
    index.mkdir(parents=True)
    (index / "pip-1.0-py3-none-any.whl").write_bytes(b"something else")
    (index / "index.html").write_text(f'<a href="pip-1.0-py3-none-any.whl#sha256={"0" * 64}">1.0</a>')
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setattr(pip_wheel, "_read", _read_from(index))
    with pytest.raises(SetupFailure, match="is not the one that the package index names"):
        pip_wheel.fetch(tmp_path)


def test_without_network_fetching_pip_says_what_to_do(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    with pytest.raises(SetupFailure, match=r"the internet could not be reached.*apt install python3-venv"):
        pip_wheel.fetch(tmp_path)


def _read_from(folder: Path):
    def read(address: str) -> bytes:
        name = address.split("#")[0].rstrip("/").rsplit("/", 1)[-1]
        return (folder / ("index.html" if name == "pip" else name)).read_bytes()

    return read


def _program(file: Path, code: int) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\nexit {code}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.fixture
def empty_machine(tmp_path: Path, monkeypatch) -> Path:
    """A machine on which no browser is found."""
    for name in ("KERFLINE_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(chromium, "_APPLICATIONS", ())
    return tmp_path


def test_no_browser_is_found_where_there_is_none(empty_machine: Path):
    assert chromium.find() is None


def test_an_installed_browser_is_found_and_a_broken_one_passed_over(empty_machine: Path):
    _program(empty_machine / "bin" / "chromium", 127)
    assert chromium.find() is None
    chrome = _program(empty_machine / "bin" / "google-chrome", 0)
    assert chromium.find() == chrome


def test_a_browser_that_playwright_installed_is_found(empty_machine: Path, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(empty_machine / "pw"))
    shell = "chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell"
    expected = _program(empty_machine / "pw" / shell, 0)
    assert chromium.find() == expected


def test_a_browser_that_was_fetched_before_is_found(empty_machine: Path):
    expected = _program(chromium_npm.program(), 0)
    assert chromium.find() == expected


def test_a_named_browser_that_does_not_start_is_an_error_and_not_replaced(empty_machine: Path, monkeypatch):
    _program(empty_machine / "bin" / "chromium", 0)
    monkeypatch.setenv("KERFLINE_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SetupFailure, match="KERFLINE_CHROMIUM names /nowhere/chromium, which does not start"):
        chromium.find()


def test_when_no_way_brings_a_browser_each_says_why(empty_machine: Path, monkeypatch):
    def fail() -> None:
        raise SetupFailure("no network")

    monkeypatch.setattr(chromium, "_ways", lambda: iter([("one way", fail), ("another", lambda: None)]))
    with pytest.raises(SetupFailure, match=r"one way: no network \| another: what it brought does not start"):
        chromium.install()


def test_a_whole_run_wants_the_browser_and_a_run_of_unit_tests_does_not():
    assert testing.wants_browser(testing.named_paths([]))
    assert testing.wants_browser(testing.named_paths(["-q", "-x"]))
    assert testing.wants_browser(testing.named_paths([str(ROOT / "tests")]))
    assert testing.wants_browser(testing.named_paths([f"{ROOT}/tests/browser/conftest.py::test_x"]))
    assert not testing.wants_browser(testing.named_paths([f"{ROOT}/tests/unit", "-q"]))
