"""Questions with their answers, as they are read and printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from goldthread.casework.assessments.rules.answers import Answer, key_of
from goldthread.casework.assessments.rules.definition import Item, ItemType, Questionnaire
from goldthread.doors.web.assessments.files import file_of
from goldthread.doors.web.assessments.words import said


@dataclass(slots=True)
class Told:
    """A heading, or a question with what was answered."""

    kind: str
    text: str
    prefix: str = ""
    depth: int = 0
    words: list[str] = field(default_factory=list)
    skipped: str = ""
    files: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0


def told(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], skipped: Mapping[str, str], language: str
) -> list[Told]:
    """Everything that was answered or skipped with a reason, in the order of the questions, with the headings above it."""
    rows = [row for item in questionnaire.items for row in _item(item, (), 0, answers, skipped, language)]
    return list(_without_empty(rows))


def _item(
    item: Item,
    turns: tuple[int, ...],
    depth: int,
    answers: Mapping[str, list[Answer]],
    skipped: Mapping[str, str],
    language: str,
) -> Iterator[Told]:
    if item.type is ItemType.DISPLAY or item.hidden:
        return
    key = key_of(item, turns)
    given = answers.get(key, [])
    inner = [(*turns, n) for n in range(len(given))] if item.many else [turns]
    text = item.words(language)
    if item.type is not ItemType.GROUP:
        yield _question(item, key, text, depth, given, skipped, language)
        depth -= 1
    for number, below in enumerate(inner):
        if item.type is ItemType.GROUP:
            yield Told("group", text, item.prefix, depth, number=number + 1 if item.many else 0)
        for child in item.items:
            yield from _item(child, below, depth + 1, answers, skipped, language)


def _question(
    item: Item,
    key: str,
    text: str,
    depth: int,
    given: list[Answer],
    skipped: Mapping[str, str],
    language: str,
) -> Told:
    row = Told("question", text, item.prefix, depth)
    if item.type is ItemType.ATTACHMENT:
        row.files = [(words, file_of(answer)) for answer in given for words in said(item, [answer], language)]
    else:
        row.words = said(item, given, language)
        unit = item.unit.text if item.unit and item.type is not ItemType.QUANTITY else ""
        row.words = [f"{words} {unit}".strip() for words in row.words]
    if not given:
        row.skipped = skipped.get(item.link_id, "")
    return row


def _without_empty(rows: list[Told]) -> Iterator[Told]:
    """Without questions that were not answered, and without headings below which nothing is left."""
    kept: list[Told] = []
    for row in reversed(rows):
        if row.kind == "question":
            if row.words or row.files or row.skipped:
                kept.append(row)
        elif kept and kept[-1].depth > row.depth:
            kept.append(row)
    return reversed(kept)
