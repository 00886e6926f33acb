"""The rows of an XLSForm made into the JSON of a Questionnaire, which is then read as any other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.definition import read_questionnaire
from goldthread.casework.assessments.rules.model import Questionnaire
from goldthread.casework.assessments.rules.problems import DefinitionError, Problem
from goldthread.casework.assessments.rules.xlsform.items import Form, Question, item_of, metadata_types, words_of
from goldthread.casework.assessments.rules.xlsform.sheets import Row, sheets_of

OPENS = {"begin_group": "group", "begin_repeat": "repeat"}
CLOSES = {"end_group": "group", "end_repeat": "repeat"}
DEEPEST = 20


@dataclass
class Level:
    """A group that is open while the rows are read."""

    kind: str
    question: Question | None
    items: list[Question] = field(default_factory=list)


def questionnaire_of_xlsform(content: bytes, name: str = "") -> Questionnaire:
    """The Questionnaire that the workbook says. DefinitionError names each row that is refused: ``survey 5``."""
    data, rows = json_of_xlsform(content, name)
    try:
        return read_questionnaire(data)
    except DefinitionError as error:
        raise DefinitionError(Problem(rows.get(one.item, one.item), one.reason) for one in error.problems) from error


def json_of_xlsform(content: bytes, name: str = "") -> tuple[dict[str, Any], dict[str, str]]:
    """The JSON of the Questionnaire, and the row of each linkId."""
    sheets = sheets_of(content)
    problems: list[Problem] = []
    settings = next(iter(sheets.get("settings", [])), Row("settings", {}))
    form = Form(_lists(sheets.get("choices", []), problems), settings.said("default_language"))
    top = _nested(sheets["survey"], problems)
    for question in _every(top):
        if question.name in form.questions:
            problems.append(
                Problem(question.row.place, _("another row has the same name “%(name)s”") % {"name": question.name})
            )
        form.questions[question.name] = question
    items = [item_of(question, form, problems) for question in top]
    if problems:
        raise DefinitionError(problems)
    data = {
        "resourceType": "Questionnaire",
        "status": "active",
        **_head(settings, name),
        "item": [item for item in items if item],
    }
    return data, {question.name: question.row.place for question in form.questions.values()}


def _head(settings: Row, name: str) -> dict[str, Any]:
    found = {
        "title": settings.said("form_title", "title") or name.rsplit(".", 1)[0],
        "version": settings.said("version"),
        "language": words_of(settings).language(settings.said("default_language")),
    }
    if settings.said("form_id", "id_string"):
        found["url"] = f"urn:xlsform:{settings.said('form_id', 'id_string')}"
    return {key: value for key, value in found.items() if value}


def _lists(rows: list[Row], problems: list[Problem]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if not row.said("list_name") or not row.said("name", "value"):
            problems.append(Problem(row.place, _("a choice has a list_name and a name")))
        found.setdefault(row.said("list_name"), []).append(row)
    return found


def _nested(rows: list[Row], problems: list[Problem]) -> list[Question]:
    """The questions of each level; groups are questions with others in them."""
    levels = [Level("", None)]
    for row in rows:
        kind = " ".join(row.said("type").split())
        word = kind.replace(" ", "_").lower() if kind.lower().startswith(("begin", "end")) else kind
        if word in CLOSES:
            _close(levels, CLOSES[word], row, problems)
        elif kind and not metadata_types(kind):
            question = Question(row, row.said("name"), OPENS.get(word, kind), tuple(_turns(levels)))
            if not question.name:
                problems.append(Problem(row.place, _("has no name")))
            levels[-1].items.append(question)
            if word in OPENS:
                levels.append(Level(OPENS[word], question, question.items))
        if len(levels) > DEEPEST:
            raise DefinitionError(
                [Problem(row.place, _("stands deeper than %(most)s groups in groups") % {"most": DEEPEST})]
            )
    for level in levels[1:]:
        problems.append(Problem(level.question.row.place if level.question else "", _("this group is never ended")))
    return levels[0].items


def _close(levels: list[Level], kind: str, row: Row, problems: list[Problem]) -> None:
    if levels[-1].kind != kind:
        problems.append(Problem(row.place, _("ends a %(kind)s that was not begun") % {"kind": kind}))
    else:
        levels.pop()


def _turns(levels: list[Level]) -> Iterator[str]:
    return (level.question.name for level in levels if level.kind == "repeat" and level.question)


def _every(questions: list[Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        yield from _every(question.items)
