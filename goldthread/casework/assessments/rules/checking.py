"""Whether answers are such as the questionnaire asks for: told by key, for everything that is asked."""

import math
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.blank_turns import BlankTurn, blank_turns, keys_inside
from goldthread.casework.assessments.rules.conditions import amount_of
from goldthread.casework.assessments.rules.fhirpath.compare import order_of
from goldthread.casework.assessments.rules.fhirpath.moments import clock_of, day_of, moment_of
from goldthread.casework.assessments.rules.fhirpath.operators import truth
from goldthread.casework.assessments.rules.logic import Context, Working
from goldthread.casework.assessments.rules.model import Constraint, Item, ItemType, Questionnaire
from goldthread.casework.assessments.rules.patterns import Patience, PatternError
from goldthread.casework.assessments.rules.places import Answer, Place, places, same_value, value_of
from goldthread.casework.assessments.rules.problems import ExpressionError, Problem
from goldthread.casework.assessments.rules.responses import MOST_TURNS
from goldthread.casework.assessments.rules.results import answers_of_rows, tidy

LONGEST = 20_000
"""Characters of one answer in words, where the item says nothing."""


def check_answers(
    questionnaire: Questionnaire,
    answers: Mapping[str, list[Answer]],
    context: Context | None = None,
    skipped: Container[str] = (),
) -> list[Problem]:
    """Everything that keeps *answers* from being finished, by key, in the order of the questionnaire. None: they can be.

    What is switched off is not looked at, nor what stands in a turn that nobody wrote in, nor what is calculated or hidden required of
    anybody. *skipped*: the keys of what has a reason why it is not answered.
    """
    working = Working(questionnaire, answers, context or Context())
    outcome = working.outcome()
    found, patience = [], Patience()
    blank = blank_turns(questionnaire, outcome.answers, skipped)
    passed_over = keys_inside(blank, outcome.answers)
    for place in places(questionnaire, outcome.answers):
        if place.key in outcome.enabled and place.key not in passed_over:
            given = _written_in(place, outcome.answers.get(place.key, []), blank)
            wrong = _wrong(place, given, patience) or _beyond(working, place, given)
            found += [Problem(place.key, reason) for reason in wrong]
            found += [Problem(place.key, reason) for reason in _broken(working, place, place.item.constraints)]
    found += [Problem("", reason) for reason in _broken(working, None, questionnaire.constraints)]
    return found + outcome.problems


def check_answer(item: Item, answer: Answer, patience: Patience | None = None) -> str:
    """What is wrong with one answer to *item*; empty when nothing is. *patience*: what is left for patterns."""
    left = patience or Patience()
    value = value_of(answer)
    if item.options:
        return _check_option(item, value, left)
    name, reason = TYPES[item.type]()
    if name not in answer:
        return "" if item.type is ItemType.OPEN_CHOICE and "valueString" in answer else reason
    if isinstance(value, str):
        return _check_text(item, value, left) or _check_moment(item, value, reason) or _check_ends(item, value)
    return (
        _check_number(item, value, reason)
        or _check_figures(item, value, left)
        or _check_attachment(item, value)
        or _check_ends(item, value)
    )


def _written_in(place: Place, given: list[Answer], blank: list[BlankTurn]) -> list[Answer]:
    """*given* without the turns that nobody wrote in."""
    left_out = {turn.number for turn in blank if turn.key == place.key}
    return [answer for number, answer in enumerate(given) if number not in left_out]


def _wrong(place: Place, given: list[Answer], patience: Patience) -> list[str]:
    item = place.item
    if item.type is ItemType.DISPLAY:
        return []
    if len(given) > (MOST_TURNS if item.many else 1):
        return [_("too many answers")]
    found = [*_count(item, sum(item.type is ItemType.GROUP or value_of(answer) is not None for answer in given))]
    if item.type is ItemType.GROUP:
        return found
    found += [reason for answer in given if (reason := check_answer(item, answer, patience))]
    return found + _alone(item, given)


def _count(item: Item, count: int) -> list[str]:
    if item.hidden or item.calculated or (item.type is ItemType.GROUP and not item.many):
        return []
    if item.required and not count:
        return [_("Please answer this.")]
    if item.min_occurs and count and count < item.min_occurs:
        return [ngettext("At least %(n)s answer.", "At least %(n)s answers.", item.min_occurs) % {"n": item.min_occurs}]
    if item.max_occurs is not None and count > item.max_occurs:
        return [ngettext("At most %(n)s answer.", "At most %(n)s answers.", item.max_occurs) % {"n": item.max_occurs}]
    return []


def _alone(item: Item, given: list[Answer]) -> list[str]:
    """An exclusive option stands alone; none is chosen twice."""
    values = [value_of(answer) for answer in given]
    for option in item.options:
        own = value_of(option.answer)
        times = sum(same_value(own, value) for value in values)
        if option.exclusive and times and len(values) > 1:
            return [_("“%(option)s” cannot be chosen together with others.") % {"option": option.text}]
        if times > 1:
            return [_("“%(option)s” is chosen twice.") % {"option": option.text}]
    return []


def _check_option(item: Item, value: Any, patience: Patience) -> str:
    if any(same_value(value_of(option.answer), value) for option in item.options):
        return ""
    if item.type is ItemType.OPEN_CHOICE and isinstance(value, str):
        return _check_text(item, value, patience)
    return _("Choose one of the answers offered.")


def _check_text(item: Item, value: str, patience: Patience) -> str:
    if item.max_length is not None and len(value) > item.max_length:
        return _("At most %(n)s characters.") % {"n": item.max_length}
    if len(value) > LONGEST:
        return _("At most %(n)s characters.") % {"n": LONGEST}
    if item.min_length is not None and len(value) < item.min_length:
        return _("At least %(n)s characters.") % {"n": item.min_length}
    if item.type is ItemType.URL and not _is_address(value):
        return _("Write an address of the web, such as https://example.org.")
    return _check_pattern(item, value, patience)


def _check_pattern(item: Item, value: str, patience: Patience) -> str:
    if not item.regex:
        return ""
    try:
        fits = patience.matches(item.regex, value)
    except PatternError:
        return _("It could not be checked in time. Write less.")
    return "" if fits else _write_like(item)


def _write_like(item: Item) -> str:
    return (
        _("Write it like this: %(format)s") % {"format": item.entry_format}
        if item.entry_format
        else _("It is not written as asked.")
    )


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https", "urn", "mailto", "tel", "ftp") and (parts.netloc or parts.path))


def _check_moment(item: Item, value: str, reason: str) -> str:
    reader = MOMENTS.get(item.type)
    return reason if reader and reader(value) is None else ""


def _check_number(item: Item, value: Any, reason: str) -> str:
    number = value.get("value") if item.type is ItemType.QUANTITY and isinstance(value, Mapping) else value
    if item.type not in (ItemType.INTEGER, ItemType.DECIMAL, ItemType.QUANTITY):
        return ""
    whole = item.type is ItemType.INTEGER
    if isinstance(number, bool) or not isinstance(number, int if whole else int | float) or not math.isfinite(number):
        return reason
    decimals = len(f"{number!r}".partition(".")[2]) if number != int(number) else 0
    if item.max_decimals is not None and decimals > item.max_decimals:
        return ngettext("At most %(n)s decimal place.", "At most %(n)s decimal places.", item.max_decimals) % {
            "n": item.max_decimals
        }
    return _check_unit(item, value)


def _check_figures(item: Item, value: Any, patience: Patience) -> str:
    """A number as it is written: its length, and the pattern it has to follow."""
    if item.type not in (ItemType.INTEGER, ItemType.DECIMAL):
        return ""
    figures = str(tidy(value))
    if item.max_length is not None and len(figures) > item.max_length:
        return _("At most %(n)s characters.") % {"n": item.max_length}
    return _check_pattern(item, figures, patience)


def _check_unit(item: Item, value: Any) -> str:
    if item.type is not ItemType.QUANTITY or not item.units:
        return ""
    return "" if value.get("code") in {unit.code for unit in item.units} else _("Choose one of the units offered.")


def _check_attachment(item: Item, value: Any) -> str:
    if item.type is not ItemType.ATTACHMENT:
        return ""
    if item.mime_types and not any(_takes(kind, str(value.get("contentType") or "")) for kind in item.mime_types):
        return _("A file of this kind is not taken: %(kinds)s.") % {"kinds": ", ".join(item.mime_types)}
    if item.max_bytes is not None and (value.get("size") or 0) > item.max_bytes:
        return _("The file is larger than %(n)s MB.") % {"n": f"{item.max_bytes / 1_000_000:g}"}
    return ""


def _takes(kind: str, given: str) -> bool:
    """Is a file that is *given* of that *kind*? A picture is drawn anew as JPEG, so a picture of any kind is one of every other."""
    if kind.startswith("image/"):
        return given.startswith("image/")
    return given.partition(";")[0] == kind or (kind.endswith("/*") and given.startswith(kind[:-1]))


def _check_ends(item: Item, value: Any) -> str:
    """Below the least, or above the most."""
    try:
        if item.min_value is not None and _order(item, value, item.min_value) == -1:
            return _("Not less than %(least)s.") % {"least": _shown(item.min_value)}
        if item.max_value is not None and _order(item, value, item.max_value) == 1:
            return _("Not more than %(most)s.") % {"most": _shown(item.max_value)}
    except ExpressionError:
        return _("It cannot be compared with what is allowed.")
    return ""


def _beyond(working: Working, place: Place, given: list[Answer]) -> list[str]:
    """Below the least, or above the most, where an expression works those out."""
    item = place.item
    if not item.min_expression and not item.max_expression:
        return []
    try:
        least, most = (_end(working, place, expression) for expression in (item.min_expression, item.max_expression))
    except ExpressionError:
        return [_("It cannot be compared with what is allowed.")]
    limited = replace(item, min_value=least, max_value=most)
    return [reason for answer in given if (reason := _check_ends(limited, value_of(answer)))]


def _end(working: Working, place: Place, expression: str) -> Any:
    rows = working.evaluate(place, expression)[:1] if expression else []
    return next((value_of(answer) for answer in answers_of_rows(place.item, rows)), None)


def _order(item: Item, value: Any, end: Any) -> int | None:
    reader = MOMENTS.get(item.type)
    if reader:
        return order_of(reader(value), reader(str(end)))
    if not isinstance(value, Mapping):
        return order_of(value, end)
    if not isinstance(end, Mapping):
        return order_of(value.get("value"), end)
    codes = {value.get("code"), end.get("code")}
    if len(codes) == 1 or None in codes:
        return order_of(value.get("value"), end.get("value"))
    return order_of(amount_of(value), amount_of(end))


def _shown(end: Any) -> str:
    if isinstance(end, Mapping):
        return f"{end.get('value')} {end.get('unit') or end.get('code') or ''}".strip()
    return str(end)


def _broken(working: Working, place: Place | None, rules: tuple[Constraint, ...]) -> list[str]:
    """What the constraints say that do not hold. One that only warns keeps nothing from being finished."""
    found = []
    for rule in rules:
        try:
            holds = truth(working.evaluate(place, rule.expression)) is not False
        except ExpressionError as error:
            found.append(_("a rule could not be checked: %(why)s") % {"why": error})
            continue
        if rule.hard and not holds:
            found.append(_says(rule))
    return found


def warnings_of(
    questionnaire: Questionnaire, answers: Mapping[str, list[Answer]], context: Context | None = None
) -> list[Problem]:
    """What the constraints point out that only warn, by key. It keeps nothing from being finished."""
    if not any(not rule.hard for holder in _holders(questionnaire) for rule in holder):
        return []
    working = Working(questionnaire, answers, context or Context())
    outcome = working.outcome()
    found = [
        Problem(place.key, reason)
        for place in places(questionnaire, outcome.answers)
        if place.key in outcome.enabled
        for reason in _warned(working, place, place.item.constraints)
    ]
    return found + [Problem("", reason) for reason in _warned(working, None, questionnaire.constraints)]


def _holders(questionnaire: Questionnaire) -> list[tuple[Constraint, ...]]:
    return [questionnaire.constraints, *(item.constraints for item in questionnaire.by_link.values())]


def _warned(working: Working, place: Place | None, rules: tuple[Constraint, ...]) -> list[str]:
    found = []
    for rule in rules:
        try:
            if not rule.hard and truth(working.evaluate(place, rule.expression)) is False:
                found.append(_says(rule))
        except ExpressionError:  # told by what keeps it from being signed, if it does; a hint is not worth an error
            continue
    return found


def _says(rule: Constraint) -> str:
    return rule.says.within(get_language() or "") or rule.key


MOMENTS: dict[ItemType, Any] = {ItemType.DATE: day_of, ItemType.DATE_TIME: moment_of, ItemType.TIME: clock_of}
TYPES: dict[ItemType, Any] = {
    ItemType.BOOLEAN: lambda: ("valueBoolean", _("Answer yes or no.")),
    ItemType.INTEGER: lambda: ("valueInteger", _("Write a whole number.")),
    ItemType.DECIMAL: lambda: ("valueDecimal", _("Write a number.")),
    ItemType.QUANTITY: lambda: ("valueQuantity", _("Write a number.")),
    ItemType.DATE: lambda: ("valueDate", _("Write a date.")),
    ItemType.DATE_TIME: lambda: ("valueDateTime", _("Write a date and a time.")),
    ItemType.TIME: lambda: ("valueTime", _("Write a time of day.")),
    ItemType.STRING: lambda: ("valueString", _("Write words.")),
    ItemType.TEXT: lambda: ("valueString", _("Write words.")),
    ItemType.URL: lambda: ("valueUri", _("Write an address of the web, such as https://example.org.")),
    ItemType.CHOICE: lambda: ("valueCoding", _("Choose one of the answers offered.")),
    ItemType.OPEN_CHOICE: lambda: ("valueCoding", _("Choose an answer, or write your own.")),
    ItemType.ATTACHMENT: lambda: ("valueAttachment", _("Choose a file.")),
    ItemType.REFERENCE: lambda: ("valueReference", _("Choose a person.")),
}
