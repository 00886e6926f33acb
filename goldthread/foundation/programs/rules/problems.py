"""What is wrong with a template: file, line and words. Everything is found at once, never one mistake a try."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where something stands in a template: ``("requirements", 0, "every")``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``line`` counts from 1; 0 when the template did not come from a text."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" if place else self.what


class TemplateError(ValueError):
    """A template that cannot be used. ``problems`` has every one of its mistakes, by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
