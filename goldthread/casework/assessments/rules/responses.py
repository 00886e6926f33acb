"""Answers read from a FHIR QuestionnaireResponse, and written as one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.model import Item, ItemType, Json, Questionnaire
from goldthread.casework.assessments.rules.places import Answer, Answers, key_of
from goldthread.casework.assessments.rules.problems import Problem, ResponseError

MOST_TURNS = 200
"""Of one group or question: what is beyond is refused."""
OWN = ("linkId", "item", "answer")


def from_response(questionnaire: Questionnaire, response: Json) -> Answers:
    """The answers of a QuestionnaireResponse. ResponseError names what does not belong to the questionnaire."""
    reading = _Reading(questionnaire)
    reading.items(response.get("item") or [], questionnaire.items, ())
    if reading.problems:
        raise ResponseError(reading.problems)
    return reading.answers


class _Reading:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.known = questionnaire.by_link
        self.answers: dict[str, list[Answer]] = {}
        self.problems: list[Problem] = []

    def items(self, rows: Any, expected: tuple[Item, ...], turns: tuple[int, ...]) -> None:
        here = {item.link_id: item for item in expected}
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            self.problems.append(Problem("", _("has items that are no list of objects")))
            return
        for row in rows:
            item = here.get(str(row.get("linkId", "")))
            if item is None:
                self._stray(str(row.get("linkId", "")))
            elif item.type is ItemType.GROUP:
                self._group(row, item, turns)
            else:
                self._question(row, item, turns)

    def _stray(self, link_id: str) -> None:
        reason = (
            _("stands in another place than in the questionnaire")
            if link_id in self.known
            else _("is not in the questionnaire")
        )
        self.problems.append(Problem(link_id, reason))

    def _group(self, row: Json, item: Item, turns: tuple[int, ...]) -> None:
        if not item.many:
            if not row.get("item"):
                self.answers[key_of(item, turns)] = []
            self.items(row.get("item") or [], item.items, turns)
            return
        given = self.answers.setdefault(key_of(item, turns), [])
        given.append({})
        if self._few(given, item):
            self.items(row.get("item") or [], item.items, (*turns, len(given) - 1))

    def _question(self, row: Json, item: Item, turns: tuple[int, ...]) -> None:
        given = self.answers.setdefault(key_of(item, turns), [])
        answers = row.get("answer") or []
        if not isinstance(row.get("answer", []), list) or not all(isinstance(answer, Mapping) for answer in answers):
            self.problems.append(Problem(item.link_id, _("has answers that are no list of objects")))
            return
        for answer in answers:
            given.append({key: value for key, value in answer.items() if key != "item"})
            if not self._few(given, item):
                return
            inner = (*turns, len(given) - 1) if item.many else turns
            self.items(answer.get("item") or [], item.items, inner)
        if row.get("item"):
            self.items(row["item"], item.items, (*turns, 0) if item.many else turns)

    def _few(self, given: list[Answer], item: Item) -> bool:
        if len(given) > MOST_TURNS:
            self.problems.append(Problem(item.link_id, _("is given more than %(most)s times") % {"most": MOST_TURNS}))
        elif len(given) > 1 and not item.many:
            self.problems.append(Problem(item.link_id, _("is given several times but can be given once")))
        return len(given) <= (MOST_TURNS if item.many else 1)


def to_response(
    questionnaire: Questionnaire,
    answers: Mapping[str, list[Answer]],
    *,
    enabled: frozenset[str] | None = None,
    like: Json | None = None,
    texts: bool = True,
) -> dict[str, Any]:
    """The QuestionnaireResponse that says *answers*.

    *enabled*: the keys of the places that are asked (``Outcome.enabled``); what is switched off stays out. None: all.
    *like*: a response whose head (author, subject, date …), and whose texts and extensions of items, are taken over: what
    came in as a response leaves equal to it. *texts*: whether each item says the words that were asked.
    """
    head = {key: value for key, value in (like or {}).items() if key != "item"}
    if not head:
        head = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
        if questionnaire.url:
            head["questionnaire"] = f"{questionnaire.url}|{questionnaire.version}".rstrip("|")
    writing = _Writing(answers, enabled, texts and like is None)
    items = writing.items(questionnaire.items, (), (like or {}).get("item") or [])
    return {**head, "item": items} if items else head


def response_with_rows(
    questionnaire: Questionnaire,
    answers: Mapping[str, list[Answer]],
    enabled: frozenset[str] | None,
    like: Json | None = None,
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The response for expressions to look at, and its items by key; the turns of a repeating group by ``row_key``."""
    writing = _Writing(answers, enabled, False)
    items = writing.items(questionnaire.items, (), (like or {}).get("item") or [])
    head = like or {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        "questionnaire": questionnaire.url,
    }
    return {**head, "item": items}, writing.rows


def row_key(key: str, number: int) -> str:
    """The key of one turn of a repeating group."""
    return f"{key}#{number}"


class _Writing:
    def __init__(self, answers: Mapping[str, list[Answer]], enabled: frozenset[str] | None, texts: bool) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        """The rows written, by key; the turns of a repeating group by key and number."""
        self.answers = answers
        self.enabled = enabled
        self.texts = texts

    def items(self, items: tuple[Item, ...], turns: tuple[int, ...], like: list[Any]) -> list[dict[str, Any]]:
        found = []
        for item in items:
            key = key_of(item, turns)
            if item.type is ItemType.DISPLAY and key not in self.answers:
                continue
            if self.enabled is not None and key not in self.enabled:
                continue
            shells = [row for row in like if row.get("linkId") == item.link_id]
            found += (
                self._group(item, key, turns, shells)
                if item.type is ItemType.GROUP
                else self._question(item, key, turns, shells)
            )
        places = {str(row.get("linkId")): place for place, row in reversed(list(enumerate(like)))}
        if all(row["linkId"] in places for row in found):
            found.sort(key=lambda row: places[row["linkId"]])
        return found

    def _group(self, item: Item, key: str, turns: tuple[int, ...], shells: list[Json]) -> list[dict[str, Any]]:
        if not item.many:
            shell = shells[0] if shells else {}
            inner = self.items(item.items, turns, shell.get("item") or [])
            return [self._row(item, key, shell, inner)] if inner or key in self.answers else []
        rows = []
        for number in range(len(self.answers.get(key, []))):
            shell = shells[number] if number < len(shells) else {}
            inner = self.items(item.items, (*turns, number), shell.get("item") or [])
            rows.append(self._row(item, row_key(key, number), shell, inner))
        return rows

    def _question(self, item: Item, key: str, turns: tuple[int, ...], shells: list[Json]) -> list[dict[str, Any]]:
        shell = shells[0] if shells else {}
        old = shell.get("answer") or []
        rows = []
        for number, answer in enumerate(self.answers.get(key, [])):
            before = old[number].get("item") or [] if number < len(old) else []
            inner = self.items(item.items, (*turns, number) if item.many else turns, before)
            rows.append({**answer, "item": inner} if inner else dict(answer))
        if rows:
            return [self._row(item, key, shell, [], rows)]
        inner = [] if item.many else self.items(item.items, turns, shell.get("item") or [])
        return [self._row(item, key, shell, inner)] if inner or key in self.answers else []

    def _row(
        self,
        item: Item,
        key: str,
        shell: Json,
        inner: list[dict[str, Any]],
        answers: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        row: dict[str, Any] = {"linkId": item.link_id, **{key: value for key, value in shell.items() if key not in OWN}}
        if self.texts and item.text:
            row["text"] = item.text.plain
        if answers:
            row["answer"] = answers
        if inner:
            row["item"] = inner
        self.rows[key] = row
        return row
