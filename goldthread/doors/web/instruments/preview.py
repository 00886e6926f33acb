"""An instrument answered without a client: as the worker will see it, with what it comes to. Nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.actions.writing import unwritable
from goldthread.casework.assessments.changes import Sheet, Writer, add_turn, key_is_of, remove_turn
from goldthread.casework.assessments.enums import VersionState
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of, version
from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.building.usable import usable_part
from goldthread.casework.assessments.rules.checking import warnings_of
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.logic import Context, begin, begin_turn
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.casework.assessments.rules.scoring import Score
from goldthread.casework.assessments.working import Finished, finish
from goldthread.casework.needs.rules import suggestions
from goldthread.doors.web.assessments.charts import plain
from goldthread.doors.web.assessments.desk import alarm_words, by_key, language_of, make_controls, page_of
from goldthread.doors.web.assessments.outcome import NOTHING, TONES, Line
from goldthread.doors.web.assessments.rows import Paper, sections
from goldthread.doors.web.assessments.typed import Reader
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.instruments.building.bench import page_of_item
from goldthread.doors.web.instruments.written import would_write
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS

MOST_ROUNDS = 6
"""How often the form is read again for the turns that it says there are."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried out: of a draft with mistakes what is left without them, and what those are."""

    version: InstrumentVersion
    questionnaire: Questionnaire
    left_out: list[Problem]


@dataclass(slots=True)
class Scored:
    """A score as needs read it."""

    name: str
    title: str
    value: Decimal | None


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
def preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The sheet of a version; sent, it comes back with what the answers come to."""
    found = version(pk)
    if found is None:
        raise Http404
    if found.state == VersionState.DRAFT:
        questionnaire, left_out = usable_part(found.content)
    else:
        questionnaire, left_out = questionnaire_of(found), []
    if questionnaire is None:
        return redirect("instruments:check", pk=found.pk)
    tried = Tried(found, questionnaire, left_out)
    context = Context(at=request.viewer.at.astimezone(timezone.get_current_timezone()))
    if request.method == "GET":
        return _page(request, tried, dict(begin(questionnaire, context)), {}, context, sent=False)
    answers, skipped = _typed(request, questionnaire)
    return _page(request, tried, answers, skipped, context, sent=request.POST.get("do", "try") == "try")


def _page(
    request: StaffRequest,
    tried: "Tried",
    answers: dict[str, list[Answer]],
    skipped: dict[str, str],
    context: Context,
    *,
    sent: bool,
) -> HttpResponse:
    questionnaire, found = tried.questionnaire, tried.version
    language = language_of(request, questionnaire)
    finished = finish(questionnaire, answers, context, skipped)
    found_wrong = (finished.problems or unwritable(questionnaire, finished)) if sent else []
    problems = [one for one in found_wrong if not (one.item in skipped and not answers.get(one.item))]
    paper = Paper(questionnaire, finished.answers, finished.enabled, language, skipped=skipped, wrong=by_key(problems))
    shown = sections(paper)
    make_controls(shown)
    said = page_of(shown, questionnaire, language, problems, warnings_of(questionnaire, answers, context)) | {
        "title": questionnaire.title.within(language) or found.instrument.title,
        "version": found,
        "action": reverse("instruments:preview", args=[found.pk]),
        "turns": _turns(finished, questionnaire),
        "alarms": alarm_words(questionnaire, answers),
        "preview": True,
        "problems_title": _("It could not be signed like this."),
        "outcome": [_line(one, language) for one in finished.scores] if sent else None,
        "needs": _needs(questionnaire, finished.scores, language) if sent else [],
        "written": would_write(questionnaire, finished) if sent else None,
        "left_out": [_left_out(found.pk, one) for one in tried.left_out],
        "building": found.state == VersionState.DRAFT,
        "seen": 0,
    }
    return render(request, "instruments/preview.html", said)


def _typed(request: StaffRequest, questionnaire: Questionnaire) -> tuple[dict[str, list[Answer]], dict[str, str]]:
    """The answers that the form says. ``turn`` fields say how many turns each repeating group had on the page."""
    reader = Reader(questionnaire, request.POST, {}, timezone.get_current_timezone())
    answers: dict[str, list[Answer]] = {}
    for said in request.POST.getlist("turn")[:2_000]:
        number, _colon, key = said.partition(":")
        item = key_is_of(questionnaire, key)
        if item is not None and item.many:
            answers[key] = [{} for _turn in range(min(number_of(number), 200))]
    skipped: dict[str, str] = {}
    for _round in range(MOST_ROUNDS):
        before = len(answers)
        for key, what in reader.whole(answers).items():
            answers[key] = what.answers
            skipped[key] = what.skipped
        if len(answers) == before:
            break
    sheet = Sheet({key: given for key, given in answers.items() if given}, skipped, {}, 0)
    _change(request, questionnaire, sheet)
    return sheet.answers, {key: why for key, why in sheet.skipped.items() if why}


def _change(request: StaffRequest, questionnaire: Questionnaire, sheet: Sheet) -> None:
    do, _colon, what = request.POST.get("do", "").partition(":")
    writer = Writer(None, request.viewer.at)
    if do == "add":
        item = key_is_of(questionnaire, what)
        if item is not None and item.many and not item.type.is_question:
            context = Context(at=request.viewer.at.astimezone(timezone.get_current_timezone()))
            add_turn(sheet, what, writer, begin_turn(questionnaire, sheet.answers, what, context))
    elif do == "remove":
        number, _colon, key = what.partition(":")
        item = key_is_of(questionnaire, key)
        if item is not None:
            remove_turn(sheet, item, key, number_of(number), writer)


def _turns(finished: Finished, questionnaire: Questionnaire) -> list[str]:
    """How many turns each repeating group has, as hidden fields say it."""
    found = []
    for key, given in finished.answers.items():
        item = key_is_of(questionnaire, key)
        if item is not None and item.many and not item.type.is_question:
            found.append(f"{len(given)}:{key}")
    return found


def _line(score: Score, language: str) -> Line:
    return Line(
        title=score.title.within(language),
        value=NOTHING if score.value is None else plain(float(score.value)),
        highest="" if score.highest is None else plain(float(score.highest)),
        band=score.band.label.within(language) if score.band else "",
        tone=TONES.get(score.severity or 0, "") if score.band else "",
        why=score.why,
        before="",
        before_on=None,
        change="",
        better=None,
        chart=None,
        table=[],
    )


def _needs(questionnaire: Questionnaire, scores: Iterable[Score], language: str) -> list[dict[str, Any]]:
    """The needs that would be suggested, with the score that says so."""
    rows = [
        Scored(one.name, one.title.within(language), None if one.value is None else Decimal(str(one.value)))
        for one in scores
    ]
    return [
        {
            "words": one.words,
            "domain": DOMAINS.get(Domain(one.domain), one.domain),
            "strength": one.strength,
            "because": one.because,
        }
        for one in suggestions(questionnaire, rows, language)
    ]


def _left_out(pk: UUID, problem: Problem) -> dict[str, str]:
    return {
        "url": page_of_item(pk, problem.item) if problem.item else "",
        "item": problem.item,
        "reason": problem.reason,
    }
