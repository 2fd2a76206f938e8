"""What `.env` may hold, and that what is already set wins."""

from pathlib import Path

import pytest

from utils.setup import envfile
from utils.setup.failure import SetupFailure


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1", "1"),
        ("export A = 1", "1"),
        ("A=100 per minute", "100 per minute"),
        ("A=100 per minute  # a comment", "100 per minute"),
        ('A="100 # per minute"', "100 # per minute"),
        ("A='x y' # quoted", "x y"),
        ("A=a#b", "a#b"),
        ("A=sqlite:///x.db?mode=ro", "sqlite:///x.db?mode=ro"),
        ("A=", ""),
        ("A= # nothing", ""),
        ("\ufeffA=1", "1"),
    ],
)
def test_a_line_gives_its_value(line, value):
    assert envfile.parse(line) == {"A": value}


def test_comments_and_empty_lines_set_nothing():
    assert envfile.parse("# A=1\n\n   \nB=2\r\n") == {"B": "2"}


def test_what_is_set_in_the_environment_wins_over_the_file(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("PORT=1\nHOST=a\n")
    env = {"PORT": "2"}
    envfile.load(file, env)
    assert env == {"PORT": "2", "HOST": "a"}


def test_a_missing_file_sets_nothing(tmp_path: Path):
    env: dict[str, str] = {}
    envfile.load(tmp_path / ".env", env)
    assert env == {}


@pytest.mark.parametrize("content", [b"PORT=1\nthis is no setting\n", b"PORT=1\nNAME=\xff\n"])
def test_an_unreadable_file_is_named_in_one_sentence(tmp_path: Path, content):
    file = tmp_path / ".env"
    file.write_bytes(content)
    with pytest.raises(SetupFailure, match=r"\.env cannot be read \(.+\): each line must read NAME=value\.$"):
        envfile.load(file, {})
