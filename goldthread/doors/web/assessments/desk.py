"""The sheet of one open assessment, as every view of it works with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.assessments.actions.safety import alarms_in
from goldthread.casework.assessments.changes import Clash, Said, acts_done
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.assessments import answers_of, assessment_of, before, names_of
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.answers import places
from goldthread.casework.assessments.rules.checking import warnings_of
from goldthread.casework.assessments.rules.definition import ItemType, Questionnaire
from goldthread.casework.assessments.rules.logic import Context, Outcome, work_out
from goldthread.casework.assessments.rules.problems import Problem
from goldthread.doors.web.assessments.controls import Controls, address_of_files
from goldthread.doors.web.assessments.filling import Under, context_of
from goldthread.doors.web.assessments.rows import Paper, Section, sections
from goldthread.doors.web.assessments.shapes import one_more
from goldthread.doors.web.assessments.typed import Reader
from goldthread.doors.web.assessments.words import said
from goldthread.doors.web.clients.around import namable, saw_around, somebody_of
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest
from goldthread.doors.web.entry import page_of as page_where
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import circle_of
from goldthread.people.persons.rules import own_name


@dataclass
class Desk:
    """An open assessment and the page on which it is answered."""

    request: StaffRequest
    client: Person
    row: Assessment

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return questionnaire_of(self.row.version)

    @cached_property
    def people(self) -> dict[str, str]:
        """Whom a reference may name: the client and those around, by id. No query where nothing refers to anybody."""
        if not any(item.type is ItemType.REFERENCE for item in self.questionnaire.by_link.values()):
            return {}
        viewer = self.request.viewer
        rows = namable(
            viewer, circle_of(self.client, gate.cleared_labels(viewer, self.client), viewer.today, phones=False)
        )
        saw_around(viewer, self.client, rows, "assessments:sheet")
        others = [person for row in rows if (person := somebody_of(row))]
        return {str(one.pk): one.display_name for one in [self.client, *others]}

    @cached_property
    def before(self) -> dict[str, str]:
        """What was answered last time, by key, in words. One query; none for a correction, which shows its own answers."""
        if self.row.replaces_id:
            return {}
        last = before(self.row, gate.content(self.request.viewer, self.client))
        if last is None:
            return {}
        asked, answers = questionnaire_of(last.version), answers_of(last)
        found = {
            place.key: said(place.item, answers.get(place.key, []), self.language) for place in places(asked, answers)
        }
        return {key: "; ".join(words) for key, words in found.items() if words}

    @property
    def zone(self) -> tzinfo:
        """The agency's."""
        return timezone.get_current_timezone()

    @property
    def language(self) -> str:
        """The language in which the questions are read: what the page was asked for, else the reader's."""
        return language_of(self.request, self.questionnaire)

    @property
    def seen(self) -> int:
        """The save up to which the page knows what stands."""
        return number_of(self.request.POST.get("seen"))

    @cached_property
    def context(self) -> Context:
        """What expressions may know besides the answers. No query where they ask for nothing."""
        return context_of(
            self.request.viewer, self.client, self.questionnaire, Under(self.row.labels, self.row.episode_id)
        )

    def worked(self) -> Outcome:
        """What follows from the answers now."""
        return work_out(self.questionnaire, self.row.answers, self.context)

    def reader(self) -> Reader:
        """Reads what the form sent."""
        return Reader(self.questionnaire, self.request.POST, self.people, self.zone)

    def names(self) -> dict[str, str]:
        """Who answered, by id as text. One query."""
        return names_of({mark.get("by", "") for mark in self.row.touched.values()} | {str(self.row.staff_id)})

    def address(self, name: str) -> str:
        """An address of this assessment."""
        return reverse(f"assessments:{name}", args=[self.client.pk, self.row.pk])

    def show(
        self,
        *,
        mine: Mapping[str, Said] | None = None,
        clashes: Iterable[Clash] = (),
        problems: Iterable[Problem] = (),
        said_above: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page. *mine*: what this reader typed and what was not kept, laid over what stands."""
        answers, skipped = dict(self.row.answers), dict(self.row.skipped)
        for key, what in (mine or {}).items():
            answers[key] = what.answers
            skipped[key] = what.skipped
        worked = work_out(self.questionnaire, answers, self.context)
        found = list(problems)
        both = {clash.key: clash for clash in clashes}
        helpers = names_of({mark.get("by", "") for mark in self.row.touched.values()} - {str(self.row.staff_id)})
        paper = Paper(
            self.questionnaire,
            worked.answers,
            worked.enabled,
            self.language,
            skipped=skipped,
            before=self.before,
            wrong=by_key(found),
            clashes=both,
            people=self.people,
            who=helpers | {str(self.row.staff_id): self.row.staff.name},
        )
        shown = sections(replace(paper, next=one_more(paper, self.context)))
        context: dict[str, Any] = page_of(
            shown, self.questionnaire, self.language, found, warnings_of(self.questionnaire, answers, self.context)
        ) | {
            "client": self.client,
            "row": self.row,
            "title": self.questionnaire.title.within(self.language) or self.row.version.instrument.title,
            "action": self.address("sheet"),
            "save_url": self.address("save"),
            "seen": self.row.saves,
            "acts": acts_done(self.row.touched),
            "helpers": [helpers[one] for one in helpers],
            "alarms": alarm_words(self.questionnaire, answers),
            "problems_title": said_above or _("Not signed yet. Every answer is kept."),
            "may_discard": self.row.staff_id == self.request.viewer.staff.pk,
        }
        make_controls(shown, address_of_files(self.client.pk, self.row.pk))
        if said_above and not context["problems"]:
            context["problems"] = [{"id": "", "words": said_above}]
        return render(self.request, "assessments/sheet.html", context, status=status)


def desk_of(request: StaffRequest, client: Person, row: UUID) -> Desk:
    """The desk of the assessment *row*, whatever its state. Http404 when the viewer may not write it."""
    return Desk(request, client, seen_or_refused(request, client, row, Act.WRITE_ASSESSMENT))


def seen_or_refused(request: StaffRequest, client: Person, row: UUID, act: Act) -> Assessment:
    """The assessment *row* of *client* when its labels are cleared for *act*; otherwise a refusal on the record, and Http404."""
    found = assessment_of(client, row, gate.content(request.viewer, client, act))
    if found is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_where(request))
        raise Http404
    return found


def make_controls(shown: Iterable[Section], files: str = "") -> None:
    """Make the HTML of every question of *shown*."""
    controls = Controls(files)
    for section in shown:
        for row in section.rows:
            if row.id and row.kind not in ("group", "display", "help"):
                row.html = controls.html(row)


def pointed_out(shown: Iterable[Section], warned: Iterable[Problem]) -> list[dict[str, str]]:
    """What rules that only warn say, each with the question it is about."""
    ids = _ids(shown)
    return [_problem(one, ids) for one in warned]


def _ids(shown: Iterable[Section]) -> dict[str, tuple[str, str]]:
    return {row.key: (row.id, row.text) for section in shown for row in section.rows if row.id}


def page_of(
    shown: list[Section],
    questionnaire: Questionnaire,
    language: str,
    problems: Iterable[Problem] = (),
    warned: Iterable[Problem] = (),
) -> dict[str, Any]:
    """What the template needs of the sheet, whether it is of a client or a preview."""
    ids = _ids(shown)
    return {
        "sections": shown,
        "asked": sum(section.asked for section in shown),
        "answered": sum(section.answered for section in shown),
        "language": language,
        "languages": languages_of(questionnaire, language),
        "problems": [_problem(one, ids) for one in problems],
        "warned": pointed_out(shown, warned),
        "has_files": any(item.type is ItemType.ATTACHMENT for item in questionnaire.by_link.values()),
    }


def by_key(problems: Iterable[Problem]) -> dict[str, list[str]]:
    """The reasons at each key."""
    found: dict[str, list[str]] = {}
    for one in problems:
        found.setdefault(one.item, []).append(one.reason)
    return found


def alarm_words(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[str]:
    """What *answers* ask for at once."""
    return [
        (item.safety.says.plain if item.safety else "") or _("An answer asks for a safety check.")
        for item in alarms_in(questionnaire, answers)
    ]


def language_of(request: StaffRequest, questionnaire: Questionnaire) -> str:
    """What the address or the form asks for, when the instrument is in it; else the reader's own language."""
    asked = request.POST.get("in") or request.GET.get("in", "")
    known = {questionnaire.language, *questionnaire.languages}
    return asked if asked in known else get_language() or settings.LANGUAGE_CODE


def languages_of(questionnaire: Questionnaire, current: str) -> list[tuple[str, str, bool]]:
    """The languages to choose from: code, name in that language, whether it is shown. Nothing where there is one."""
    own = questionnaire.language or "en"
    codes = list(dict.fromkeys([own, *questionnaire.languages]))
    if len(codes) < 2:
        return []
    shown = current if current in codes else next((c for c in codes if c[:2] == current[:2]), own)
    return [(code, own_name(code), code == shown) for code in codes]


def _problem(problem: Problem, ids: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    found = ids.get(problem.item)
    if found is None:
        return {"id": "", "words": str(problem) if problem.item else problem.reason}
    return {"id": found[0], "words": f"{found[1]}: {problem.reason}" if found[1] else problem.reason}
