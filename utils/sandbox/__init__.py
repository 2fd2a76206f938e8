"""Runs native code that may crash, hang or eat the machine in a child process with limits of its own."""

from utils.sandbox.claims import claim, let_go
from utils.sandbox.client import Sandbox
from utils.sandbox.folder import sweep
from utils.sandbox.limits import Killed, Limits, MadeByRun, Outcome, SandboxUnavailable

__all__ = [
    "Killed",
    "Limits",
    "MadeByRun",
    "Outcome",
    "Sandbox",
    "SandboxUnavailable",
    "claim",
    "let_go",
    "sweep",
]
