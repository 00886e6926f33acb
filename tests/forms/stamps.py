"""Every form and every named button of the templates, by where it stands: the page tells which one was pressed.

In the browser tests the product's templates are stamped as they are read: ``<form data-form="plans/pad.html 1">``. So what was
pressed is known exactly, and what there is to press is what stands in the templates, whether or not any test opens its page.
"""

import re
from pathlib import Path
from typing import Any

from django_cotton.cotton_loader import Loader

from tests.architecture.tree import ROOT

LOADER = "tests.forms.stamps.StampingLoader"
FORM = re.compile(r"<(?:c-)?form(?=[\s>])")
BUTTON = re.compile(r"<(?:c-)?button(?=\s[^>]*\b(?:name|formaction)=)")
"""It says more than its form does: which of several things is to be done."""
ELSEWHERE = re.compile(r"<form\b([^>]*)>")
CLASS = re.compile(r'class="([^"]*)"')
BASE = "components/form.html"
"""The form that every <c-form> becomes: it carries the stamp of whoever uses it."""


def stamped(text: str, name: str) -> str:
    """The template *name* that says *text*, with each of its forms and named buttons told apart."""
    if name == BASE:
        return text
    for found, mark in ((FORM, "data-form"), (BUTTON, "data-button")):
        numbers = iter(range(1, 1000))
        text = found.sub(lambda one, mark=mark, numbers=numbers: f'{one[0]} {mark}="{name} {next(numbers)}"', text)  # type: ignore[misc]
    return text


def all_there_is() -> set[str]:
    """Every form and named button of the product: of its templates, and the few that are written in Python for speed."""
    found = set()
    for path in (ROOT / "goldthread").rglob("templates/**/*.html"):
        name = name_of(path)
        if name != BASE:
            text = path.read_text("utf-8")
            found |= {f"{name} {number}" for number, _one in enumerate(FORM.findall(text), 1)}
            found |= {f"{name} button {number}" for number, _one in enumerate(BUTTON.findall(text), 1)}
    return found | set(written_in_python().values())


def written_in_python() -> dict[str, str]:
    """Forms without a template, by their class: no two have the same."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "goldthread").rglob("*.py")):
        for attributes in ELSEWHERE.findall(path.read_text("utf-8")):
            named = CLASS.search(attributes)
            words = named[1] if named else ""
            assert words not in found, f"{path}: another form without a template has the class {words!r}"
            found[words] = f"{path.parent.name}/{path.name} 1"
    return found


def name_of(path: Path) -> str:
    """As templates are named: ``plans/pad.html``."""
    return path.as_posix().rpartition("/templates/")[2]


class StampingLoader(Loader):  # type: ignore[misc]  # cotton has no types
    """The product's own loader, which stamps what it reads."""

    def _get_template_string(self, template_name: str) -> str:
        text: str = super()._get_template_string(template_name)
        return stamped(text, name_of(Path(template_name))) if template_name.startswith(str(ROOT)) else text


def stamp(templates: list[dict[str, Any]]) -> None:
    """Let the settings *templates* read by the stamping loader."""
    ((_cached, loaders),) = templates[0]["OPTIONS"]["loaders"]
    loaders[0] = LOADER
