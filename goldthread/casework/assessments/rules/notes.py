"""The problems found while a definition is read, and values read with their type looked at."""

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import Problem


class Notes:
    """Collects what is wrong; every ``add`` names the item."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, item: str, reason: str) -> None:
        """Note one mistake, once."""
        problem = Problem(item, reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def whole(self, item: str, name: str, value: Any) -> int | None:
        """A whole number not below zero, or None and a note."""
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.add(item, _("%(name)s must be a whole number, 0 or more") % {"name": name})
        return None

    def number(self, item: str, name: str, value: Any) -> float | int | None:
        """A number, or None and a note."""
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return value
        self.add(item, _("%(name)s must be a number") % {"name": name})
        return None

    def flag(self, item: str, name: str, value: Any) -> bool:
        """True or false; absent is false."""
        if value is None or isinstance(value, bool):
            return bool(value)
        self.add(item, _("%(name)s must be true or false") % {"name": name})
        return False

    def expression(self, item: str, name: str, value: Any) -> str:
        """The text of an Expression in FHIRPath, or nothing and a note."""
        if value is None:
            return ""
        if not isinstance(value, Mapping) or not isinstance(value.get("expression"), str):
            self.add(item, _("%(name)s has no expression") % {"name": name})
            return ""
        language = str(value.get("language", ""))
        if language != "text/fhirpath":
            said = {"name": name, "language": language or "?"}
            self.add(item, _("%(name)s is written in “%(language)s”; only text/fhirpath is understood") % said)
            return ""
        return str(value["expression"])
