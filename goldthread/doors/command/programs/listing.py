"""``goldthread programs list``: the templates that come with Goldthread."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import OutputWrapper

from goldthread.foundation.programs.shipped import shipped

HELP = "list the templates that come with Goldthread, with the keys of their requirements"


def add_arguments(_parser: ArgumentParser) -> None:
    """It takes none."""


def run(_options: dict[str, Any], out: OutputWrapper) -> int:
    """Write a line for each template. Returns the exit code."""
    for key, template in shipped().items():
        requirements = " ".join(one.key for one in template.requirements)
        out.write(f"{key}\t{template.title}\t{requirements}")
    return 0
