"""``goldthread import contacts FILE [--map MAP.json] [--dry-run] [--json]``: all of a file, or nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import OutputWrapper

from goldthread.casework.imports.enums import What
from goldthread.doors.command.imports import bringing

HELP = (
    "bring past contacts of clients who are here; ends with 1 when a row is refused or undecided: then nothing comes in"
)


def add_arguments(parser: ArgumentParser) -> None:
    """The command line."""
    bringing.add_arguments(parser, What.CONTACTS)


def run(options: dict[str, Any], out: OutputWrapper) -> int:
    """Try or bring the file. Returns the exit code."""
    return bringing.run(options, out, What.CONTACTS)
