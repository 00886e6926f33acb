"""Starting processes together and leaving none behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import FrameType
from typing import Any

from scripts.console import ROOT, Stop, complain

KEEPS_WHAT_IT_COMPILES = {"PYTHONDONTWRITEBYTECODE": ""}
"""Otherwise each process, of which there are dozens, compiles the product and its libraries anew, and every start takes seconds more."""
PATIENCE = 15.0
"""Seconds that a process has for finishing what it does before it is killed."""


class Stopped(BaseException):
    """Somebody asked to stop (Ctrl-C, or a signal)."""


def listen_for_signals() -> None:
    """From here on SIGINT, SIGTERM and SIGHUP raise Stopped in the main thread. Under nohup SIGHUP stays ignored."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # once is enough: the second Ctrl-C must not break off the tidying
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)


def end_with_parent() -> None:
    """In the child: should ./run itself be killed, the kernel ends the child too (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Children:
    """Processes by name, each in a session of its own so that the terminal's Ctrl-C reaches only ./run, which forwards it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**os.environ, **KEEPS_WHAT_IT_COMPILES, **environment}
        self.running: dict[str, subprocess.Popen[str]] = {}

    def start(
        self, name: str, command: list[str], *, keep_output: bool = False, into: Path | None = None
    ) -> "subprocess.Popen[str]":
        """Start *command* in the project's folder. *into*: the file for all it says, also of its errors."""
        with into.open("w") if into else nullcontext() as file:
            return self._start(name, command, stdout=subprocess.PIPE if keep_output else file, stderr=file)

    def _start(self, name: str, command: list[str], **streams: Any) -> "subprocess.Popen[str]":
        self.running[name] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            preexec_fn=end_with_parent,
            **streams,
        )
        return self.running[name]

    def run(self, name: str, command: list[str]) -> str:
        """Run *command* to its end; what it printed. Stops everything when it fails."""
        output, _ = self.start(name, command, keep_output=True).communicate()
        code = self.running.pop(name).returncode
        if code != 0:
            raise Stop(output.strip() or f"{name.capitalize()} failed (exit code {code}).")
        return output

    def someone_ended(self) -> str:
        """The name and exit code of a process that ended by itself, or nothing."""
        for name, child in self.running.items():
            if child.poll() is not None:
                return f"The {name} ended by itself (exit code {child.returncode})."
        return ""

    def stop_all(self) -> None:
        """Ask every process to end, wait, and kill what is left, with its own children."""
        for child in self.running.values():
            _signal(child, signal.SIGTERM, group=False)
        deadline = time.monotonic() + PATIENCE
        for name, child in self.running.items():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                complain(f"The {name} did not end in {PATIENCE:.0f} seconds and is killed.")
            _signal(child, signal.SIGKILL, group=True)
            child.wait()
        self.running.clear()


def _signal(child: "subprocess.Popen[str]", number: int, *, group: bool) -> None:
    try:
        if group:
            os.killpg(child.pid, number)
        else:
            child.send_signal(number)
    except ProcessLookupError:
        pass
