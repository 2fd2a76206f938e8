"""Which of option, environment and default decides, and what the reader is told about a bad one."""

from pathlib import Path

import pytest

from utils.setup import settings
from utils.setup.failure import SetupFailure
from utils.setup.places import ROOT


@pytest.fixture(autouse=True)
def no_env_file(tmp_path: Path, monkeypatch):
    """A `.env` beside run.py is its owner's business, not a test's."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)


def test_the_defaults_listen_on_this_machine_only(tmp_path: Path):
    chosen = settings.read([], {})
    assert (chosen.host, chosen.port, chosen.data, chosen.demo) == (
        "127.0.0.1",
        5000,
        tmp_path / "data",
        True,
    )
    assert chosen.url == "http://127.0.0.1:5000"


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path: Path):
    (tmp_path / ".env").write_text("PORT=1001\nHOST=127.0.0.3\nBASE_PATH=parts/\n")
    chosen = settings.read(["--port", "1003"], {"PORT": "1002"})
    assert (chosen.port, chosen.host, chosen.base_path) == (1003, "127.0.0.3", "/parts")
    assert chosen.url == "http://127.0.0.3:1003/parts"


def test_a_data_folder_on_the_command_line_is_relative_to_where_the_person_is(tmp_path: Path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert settings.read(["--data", "d"], {}).data == here / "d"
    assert settings.read([], {"KERFLINE_DATA": "d"}).data == tmp_path / "d"


def test_what_was_chosen_reaches_the_programs_that_are_started(tmp_path: Path):
    env: dict[str, str] = {}
    settings.read(["--port", "81", "--data", str(tmp_path)], env).export(env)
    assert env == {"HOST": "127.0.0.1", "PORT": "81", "KERFLINE_DATA": str(tmp_path)}


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "5000.0", ""])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(SetupFailure, match="number from 1 to 65535"):
        settings.read([f"--port={port}"], {})


def test_an_ipv6_host_stands_in_brackets_in_the_address():
    assert settings.read(["--host", "::1"], {}).url == "http://[::1]:5000"


def test_a_server_open_to_the_network_gives_an_address_that_others_can_use():
    assert "0.0.0.0" not in settings.read(["--host", "0.0.0.0"], {}).url


def test_places_are_those_of_this_checkout():
    assert (ROOT / "run.py").is_file()
