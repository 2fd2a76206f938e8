"""Inside a child the rest of the machine is out of reach."""

from __future__ import annotations

import socket

import pytest

from utils.sandbox import Limits, jail

BREAK_OUT = "tests.unit.sandbox.bodies:break_out"


@pytest.fixture
def attempts(sandbox, letter, tmp_path):
    secret = tmp_path / "secret.key"
    secret.write_text("s3cret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        args = {
            "secret": str(secret),
            "elsewhere": str(tmp_path / "elsewhere"),
            "port": server.getsockname()[1],
        }
        with sandbox.run(BREAK_OUT, args, inputs={"letter.txt": letter}, limits=Limits()) as outcome:
            assert outcome.ok, outcome.log
            return outcome.result


@pytest.mark.skipif(not jail.landlock_version(), reason="this kernel has no Landlock")
def test_a_child_sees_its_input_and_its_output_and_no_more(attempts):
    network = attempts.pop("reach the network")
    assert attempts == {
        "read /etc/passwd": "denied",
        "list the file system": "denied",
        "read a secret": "denied",
        "write elsewhere": "denied",
        "write over the input": "denied",
        "start a program": "denied",
        "read the input": "done",
        "write an output": "done",
    }
    if jail.landlock_version() >= 4:
        assert network == "denied"
