"""The templates that come with Goldthread: YAML files in ``shipped/``, each named after its key."""

from functools import cache
from pathlib import Path

from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.template import Template

FOLDER = Path(__file__).resolve().parent / "shipped"


@cache
def shipped() -> dict[str, Template]:
    """Every shipped template by its key. Read once; a test checks each of them."""
    files = sorted(FOLDER.glob("*.yaml"))
    return {path.stem: read_template(path.read_text("utf-8"), path.name) for path in files}
