"""What a page that saves as it is answered is told."""

from typing import Any

from goldthread.casework.assessments.actions.answering import Saved
from goldthread.casework.assessments.changes import Said, key_is_of
from goldthread.casework.assessments.rules.answers import places, to_form, value_of
from goldthread.casework.assessments.rules.checking import warnings_of
from goldthread.casework.assessments.rules.definition import Item, ItemType
from goldthread.doors.web.assessments.desk import Desk, pointed_out
from goldthread.doors.web.assessments.rows import OWN, Paper, in_words, moment, sections
from goldthread.doors.web.assessments.typed import is_typed
from goldthread.doors.web.assessments.words import said


def answer_of(desk: Desk, saved: Saved) -> dict[str, Any]:
    """What stands after a save: the number of the save, what is asked now, what is worked out, what others answered since."""
    row, worked = desk.row, desk.worked()
    asked = list(places(desk.questionnaire, worked.answers))
    writer = desk.request.POST.get("writer", "")
    theirs = [key for key, mark in row.touched.items() if mark["n"] > desk.seen and mark.get("w") != writer]
    paper = Paper(desk.questionnaire, worked.answers, worked.enabled, desk.language, skipped=row.skipped)
    shown = sections(paper)
    return {
        "saves": row.saves,
        "off": [place.key for place in asked if place.key not in worked.enabled and not place.item.hidden],
        "fixed": {
            place.key: said(place.item, worked.answers.get(place.key, []), desk.language)
            for place in asked
            if place.item.type.is_question and not is_typed(place.item) and place.item.type is not ItemType.ATTACHMENT
        },
        "parts": [[part.id, part.answered, part.asked, part.off] for part in shown],
        "theirs": _theirs(desk, theirs),
        "clashes": [_clash(desk, one.key, one.mine, one.theirs, str(one.by or "")) for one in saved.clashes],
        "alarms": saved.alarms,
        "warned": pointed_out(shown, warnings_of(desk.questionnaire, row.answers, desk.context)),
        "again": any(_is_turns(desk, key) for key in theirs)
        or any(clash.moved for clash in saved.clashes)
        or any(_asks_on(desk, key) for key, mark in row.touched.items() if mark["n"] == row.saves),
    }


def _theirs(desk: Desk, keys: list[str]) -> dict[str, Any]:
    found = {}
    for key in keys:
        item = key_is_of(desk.questionnaire, key)
        if item is not None and is_typed(item):
            found[key] = fields_of(item, key, Said(desk.row.answers.get(key, []), desk.row.skipped.get(key, "")))
    return found


def _clash(desk: Desk, key: str, mine: Said, theirs: Said, by: str) -> dict[str, Any]:
    item = key_is_of(desk.questionnaire, key)
    if item is None:
        return {}
    who = desk.names().get(by, "")
    return {
        "key": key,
        "mine": in_words(item, mine, desk.language),
        "theirs": in_words(item, theirs, desk.language),
        "who": who,
        "fields": fields_of(item, key, theirs),
    }


def _is_turns(desk: Desk, key: str) -> bool:
    item = key_is_of(desk.questionnaire, key)
    return item is not None and (item.many or item.type is ItemType.ATTACHMENT) and not item.options


def _asks_on(desk: Desk, key: str) -> bool:
    """Whether each answer to it is asked about: with its answers the page gets, and loses, questions."""
    item = key_is_of(desk.questionnaire, key)
    return item is not None and item.type.is_question and item.many and bool(item.items)


def fields_of(item: Item, key: str, what: Said) -> dict[str, list[str]]:
    """The values of the form's fields that say *what*."""
    tokens = to_form(item, what.answers)
    fields: dict[str, list[str]] = {f"a:{key}": tokens, f"s:{key}": [what.skipped] if what.skipped else []}
    if item.type is ItemType.OPEN_CHOICE:
        known = {option.token for option in item.options}
        own = [token for token in tokens if token not in known]
        fields[f"a:{key}"] = [token for token in tokens if token in known] + ([OWN] if own and not item.many else [])
        fields[f"o:{key}"] = own
    elif item.type is ItemType.REFERENCE and not item.options:
        references = [value_of(answer) for answer in what.answers]
        fields[f"a:{key}"] = [str(one.get("reference", "")).rpartition("/")[2] for one in references]
    elif item.type in (ItemType.DATE_TIME, ItemType.TIME):
        pairs = [moment(item, token) for token in tokens]
        fields[f"a:{key}"], fields[f"t:{key}"] = [day for day, _time in pairs], [time for _day, time in pairs]
    elif item.type is ItemType.QUANTITY and what.answers:
        quantity = value_of(what.answers[0])
        fields[f"u:{key}"] = [str(quantity.get("code", ""))] if isinstance(quantity, dict) else []
    return fields
