"""The catalogues of translations, kept up to date without gettext's own tools.

Messages are read out of Python files and templates; a catalogue keeps what was translated and learns what is new.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from goldthread.foundation.lib.spoken import PROGRAM

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "_lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
QUOTED = r"""[uU]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{QUOTED}(?:\s*,\s*(?:{QUOTED}|\w+))*\s*\)")
LEFT_OUT = {"migrations", "gallery", "__pycache__"}
"""Folders without words for people who use Goldthread (the gallery is for those who build it)."""


TABLES = {"policy.csv": "why"}
"""Tables that are shown on screen, with the column that holds their sentences."""
TEMPLATES = ("programs", "shipped")
"""Where the templates of programs lie."""
SPOKEN = ("title", "client_word", "plan_word")
"""What of them is read on screen (``foundation.lib.spoken``)."""


def messages(root: Path) -> Catalog:
    """Every message that stands in the Python files, templates and tables below *root*, with the files it stands in."""
    found = Catalog(fuzzy=False)
    for file in _files(root):
        for text, context in _messages_of(file):
            found.add(text, locations=[(file.relative_to(root.parent).as_posix(), 0)], context=context)
    return found


def _files(root: Path) -> Iterator[Path]:
    for file in sorted(root.rglob("*")):
        wanted = file.suffix in (".py", ".html", ".txt") or file.name in TABLES or _is_template(file)
        if wanted and not LEFT_OUT & set(file.relative_to(root).parts):
            yield file


def _is_template(file: Path) -> bool:
    return file.suffix == ".yaml" and file.parent.parts[-2:] == TEMPLATES


def _messages_of(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = file.read_text("utf-8")
    if file.name in TABLES:
        yield from ((row[TABLES[file.name]], None) for row in csv.DictReader(text.splitlines()))
        return
    if _is_template(file):
        yield from ((words, PROGRAM) for words in _spoken(yaml.safe_load(text)))
        return
    if file.suffix == ".py":
        yield from _extracted(text)
        return
    # Django turns the tags of a template into Python calls, and all the rest into noise that is not Python
    for call in CALL.finditer(templatize(text, origin=str(file))):
        yield from _extracted(call.group(0))


def _spoken(template: Any) -> Iterator[str]:
    """The words of a *template*, or part of one. What brings its own Spanish along needs none here."""
    if isinstance(template, list):
        for part in template:
            yield from _spoken(part)
    if not isinstance(template, dict):
        return
    if "title_es" not in template:
        yield from (template[name] for name in SPOKEN if isinstance(template.get(name), str))
    for part in template.values():
        yield from _spoken(part)


def _extracted(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    lines = io.BytesIO(source.encode())
    for _line, text, _comments, context in extract("python", lines, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        if text:
            yield text, context


def read(path: Path) -> Catalog:
    """The catalogue kept in *path*; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale=path.parts[-3], fuzzy=False)
    with path.open("rb") as file:
        return read_po(file)


def update(path: Path, found: Catalog) -> Catalog:
    """Bring the catalogue in *path* up to date: new messages without translation, messages no longer used dropped.

    One that is said of one and of many since, or no longer, is new.
    """
    known = read(path)
    fresh = Catalog(
        locale=path.parts[-3], project="Goldthread", version="1", copyright_holder="", fuzzy=False, header_comment=""
    )
    for message in found:
        if not message.id:
            continue
        old = known.get(_key(message), message.context)
        kept = old.string if old and isinstance(old.id, str) == isinstance(message.id, str) else None
        fresh.add(message.id, string=kept, locations=message.locations, context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=0, sort_output=True, include_lineno=False, omit_header=False)
    _steady(path)
    return fresh


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def _steady(path: Path) -> None:
    """Take out the dates of the header: a catalogue changes only when its words do."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
    path.write_text("".join(line for line in lines if not line.startswith(dated)), "utf-8")


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that have no translation, or not one for each number."""
    return [_key(message) for message in catalogue if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(strings) and all(strings)


def broken(catalogue: Catalog) -> list[str]:
    """The messages whose translation names other placeholders than the message itself."""
    return [_key(message) for message in catalogue if message.id and _complete(message) and not _fits(message)]


def _fits(message: Message) -> bool:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    allowed = set().union(*(placeholders(text) for text in ids))
    needed = set.intersection(*(placeholders(text) for text in ids))
    return all(needed <= placeholders(text or "") <= allowed for text in strings)


def placeholders(text: str) -> set[str]:
    """The placeholders of a message: ``%(name)s``, ``%s``, ``{name}``."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}
