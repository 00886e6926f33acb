"""The QuestionnaireResponse of an assessment."""

from typing import Any

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.instruments import OWN_ADDRESS
from goldthread.casework.assessments.rules.answers import key_of, to_response
from goldthread.casework.assessments.rules.definition import Item, Questionnaire
from goldthread.casework.assessments.working import Finished

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def response_of(row: Assessment, questionnaire: Questionnaire, finished: Finished, *, author: str) -> dict[str, Any]:
    """What *row* says as a QuestionnaireResponse, bound to the version that was asked. What was skipped says why."""
    made = to_response(questionnaire, finished.answers, enabled=finished.enabled)
    items = _with_reasons(made.get("item", []), questionnaire.items, (), dict(row.skipped), finished.enabled)
    head = {
        "resourceType": "QuestionnaireResponse",
        "id": str(row.pk),
        "questionnaire": canonical_of(row, questionnaire),
        "status": "amended" if row.replaces_id else "completed",
        "subject": {"reference": f"Patient/{row.person_id}"},
        "authored": row.signed_at.isoformat(timespec="seconds") if row.signed_at else row.assessed_on.isoformat(),
        "author": {"reference": f"Practitioner/{row.signed_by_id}", "display": author},
    }
    return {**head, "item": items} if items else head


def canonical_of(row: Assessment, questionnaire: Questionnaire) -> str:
    """``url|version`` of what was asked; an instrument without an address gets one of ours."""
    url = questionnaire.url or f"{OWN_ADDRESS}{row.version.instrument.key}"
    return f"{url}|{questionnaire.version or row.version.number}"


def _with_reasons(
    rows: list[dict[str, Any]],
    items: tuple[Item, ...],
    turns: tuple[int, ...],
    skipped: dict[str, str],
    enabled: frozenset[str],
) -> list[dict[str, Any]]:
    """*rows* with a row for each skipped item among *items*, in the order of the questionnaire, at every depth."""
    if not skipped:
        return rows
    found: list[dict[str, Any]] = []
    for item in items:
        key = key_of(item, turns)
        mine = [row for row in rows if row["linkId"] == item.link_id]
        if not mine and key in skipped and key in enabled:
            mine = [_empty(item)]
        if mine and key in skipped and not mine[0].get("answer"):
            mine[0] = {**mine[0], "extension": [{"url": ABSENT, "valueCode": skipped[key]}]}
        if mine:
            found += [_inside(row, number, item, turns, skipped, enabled) for number, row in enumerate(mine)]
        elif item.items and not item.many:
            below = _inside(_empty(item), 0, item, turns, skipped, enabled)
            found += [below] if "item" in below else []
    return found


def _empty(item: Item) -> dict[str, Any]:
    return {"linkId": item.link_id} | ({"text": item.text.plain} if item.text else {})


def _inside(
    row: dict[str, Any],
    number: int,
    item: Item,
    turns: tuple[int, ...],
    skipped: dict[str, str],
    enabled: frozenset[str],
) -> dict[str, Any]:
    """The same below one row: under its answers, or in its group."""
    if not item.items:
        return row
    if row.get("answer"):
        answers = []
        for n, answer in enumerate(row["answer"]):
            inner = (*turns, n) if item.many else turns
            below = _with_reasons(answer.get("item", []), item.items, inner, skipped, enabled)
            answers.append({**answer, "item": below} if below else answer)
        return {**row, "answer": answers}
    inner = (*turns, number) if item.many else turns
    below = _with_reasons(row.get("item", []), item.items, inner, skipped, enabled)
    return {**row, "item": below} if below else row


def skipped_of(response: dict[str, Any]) -> dict[str, str]:
    """linkId → why it has no answer, as a response says it. Of turns the last one that says so."""
    found: dict[str, str] = {}
    _read_reasons(response.get("item") or [], found)
    return found


def _read_reasons(rows: list[dict[str, Any]], found: dict[str, str]) -> None:
    for row in rows:
        for one in row.get("extension") or []:
            if one.get("url") == ABSENT and one.get("valueCode"):
                found[str(row.get("linkId", ""))] = str(one["valueCode"])
        _read_reasons(row.get("item") or [], found)
        for answer in row.get("answer") or []:
            _read_reasons(answer.get("item") or [], found)
