"""YAML read into plain values, with the line of each, within limits.

Only what a template needs: mappings, lists, text, whole numbers, true and false. ``yes``, ``no`` and ``on`` are words (in YAML 1.1
they would be true and false), dates stay text, anchors and aliases are refused (a few lines of them can stand for gigabytes).
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from goldthread.foundation.programs.rules.problems import Path, Problem, TemplateError

MOST_CHARACTERS = 200_000
DEEPEST = 12
MOST_NODES = 20_000
Loader = type[yaml.BaseLoader] | type[yaml.CBaseLoader]
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,8})")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Yaml:
    """What a YAML text says: its values, the line of each by its path, and names that stand in it twice."""

    value: Any
    lines: dict[Path, int]
    problems: list[Problem]


def read_yaml(text: str, file: str = "") -> Yaml:
    """The values of *text* with their lines. TemplateError when it is not readable, or too large."""
    _measure(text, file)
    try:
        node = _composed(text, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(file, mark.line + 1 if mark else 0, _unreadable(error)) from error
    except yaml.YAMLError as error:
        raise _error(file, 0, _("This has characters that no YAML file may have.")) from error
    if node is None:
        raise _error(file, 1, _("The file is empty."))
    reading = _Reading(file)
    return Yaml(reading.value(node, ()), reading.lines, reading.problems)


def _composed(text: str, file: str) -> yaml.Node | None:
    """By libyaml, eight times as quick. What it refuses is read in Python: that says what is wrong, and where, in the same words everywhere."""
    if yaml.__with_libyaml__:
        with suppress(yaml.YAMLError):
            return _composed_by(yaml.CBaseLoader, text, file)
    return _composed_by(yaml.BaseLoader, text, file)


def _composed_by(loader: Loader, text: str, file: str) -> yaml.Node | None:
    _walk_events(text, file, loader)
    return yaml.compose(text, Loader=loader)


def _error(file: str, line: int, what: str) -> TemplateError:
    return TemplateError([Problem(file, line, what)])


def _unreadable(error: yaml.MarkedYAMLError) -> str:
    detail = (error.problem or error.context or "").strip()
    return _("This line, or the one before it, is not YAML: %(detail)s.") % {"detail": detail}


def _measure(text: str, file: str) -> None:
    if len(text) > MOST_CHARACTERS:
        what = _("The file is too long: %(many)s characters, at most %(most)s.")
        raise _error(file, 0, what % {"many": len(text), "most": MOST_CHARACTERS})


def _walk_events(text: str, file: str, loader: Loader) -> None:
    """Refuse what is too deep, too much or refers elsewhere, before anything is built."""
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _error(file, line, _("Write it out: anchors (&) and aliases (*) are not read."))
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > DEEPEST or nodes > MOST_NODES:
            raise _error(file, line, _("The file is nested too deeply, or has too many parts."))
        if documents > 1:
            raise _error(file, line, _("One file holds one template: take out the second “---”."))


class _Reading:
    """Turns nodes into values and remembers lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
        return scalar(node.value, plain=not getattr(node, "style", None))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                self.problems.append(Problem(self.file, line, _("A name must be a word, not a list.")))
            elif key in found:
                what = _("“%(key)s” stands here twice; the first is in line %(line)s.")
                values = {"key": key, "line": self.lines[(*path, key)]}
                self.problems.append(Problem(self.file, line, what % values))
            else:
                self.lines[(*path, key)] = line
                found[key] = self.value(value_node, (*path, key))
        return found


def scalar(text: str, *, plain: bool) -> str | int | bool | None:
    """What one word of YAML means. Quoted words (*plain* is false) are always text."""
    if plain and text in _WORDS:
        return _WORDS[text]
    return int(text) if plain and _NUMBER.fullmatch(text) else text
