"""Breaks in words, and what mends each."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from goldthread.casework.thread.queries import Broken
from goldthread.casework.thread.rules import Break, BreakKind
from goldthread.foundation.lib.spoken import spoken

KIND_WORDS: dict[BreakKind, StrOrPromise] = {
    BreakKind.ASSESSMENT_OLD: gettext_lazy("Assessment too old"),
    BreakKind.NEED_WITHOUT_GOAL: gettext_lazy("No goal for this need"),
    BreakKind.PLAN_UNSIGNED: gettext_lazy("The person has not signed the plan"),
    BreakKind.GOAL_WITHOUT_NEED: gettext_lazy("No need behind this goal"),
    BreakKind.GOAL_WITHOUT_STEP: gettext_lazy("No step toward it yet"),
    BreakKind.GOAL_PAST: gettext_lazy("The goal's date has gone by"),
    BreakKind.SERVICE_UNCONFIRMED: gettext_lazy("Service never confirmed"),
    BreakKind.GOAL_SILENT: gettext_lazy("No contact toward this goal"),
    BreakKind.CONTACT_WITHOUT_GOAL: gettext_lazy("A contact that serves no goal"),
    BreakKind.OUTCOME_UNKNOWN: gettext_lazy("Did it help? Nobody knows"),
}
REPAIRS: dict[BreakKind, tuple[StrOrPromise, str]] = {
    BreakKind.ASSESSMENT_OLD: (gettext_lazy("Assess again"), "assessments:of_client"),
    BreakKind.NEED_WITHOUT_GOAL: (gettext_lazy("Write a goal"), "plans:of_client"),
    BreakKind.PLAN_UNSIGNED: (gettext_lazy("Ask again"), "plans:of_client"),
    BreakKind.GOAL_WITHOUT_NEED: (gettext_lazy("Name the need"), "plans:of_client"),
    BreakKind.GOAL_WITHOUT_STEP: (gettext_lazy("Add a step"), "plans:of_client"),
    BreakKind.GOAL_PAST: (gettext_lazy("Review the goal"), "plans:of_client"),
    BreakKind.SERVICE_UNCONFIRMED: (gettext_lazy("Confirm it"), "contacts:new"),
    BreakKind.GOAL_SILENT: (gettext_lazy("Write a note"), "contacts:new"),
    BreakKind.CONTACT_WITHOUT_GOAL: (gettext_lazy("Open the note"), "contacts:read"),
    BreakKind.OUTCOME_UNKNOWN: (gettext_lazy("Say if it helped"), "contacts:new"),
}
"""Break → what mends it, and the page on which that is done."""

OF_SERVICES = (BreakKind.SERVICE_UNCONFIRMED, BreakKind.OUTCOME_UNKNOWN)
"""Who asks after a service has had a contact: the note of it says what became known, and mends the thread as it is signed."""


OF_PROGRAMS = (BreakKind.ASSESSMENT_OLD, BreakKind.CONTACT_WITHOUT_GOAL)
"""What is broken there is called as its program calls it."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A link that leads to where the break is mended."""

    words: StrOrPromise
    url: str


def break_words(one: Break | Broken) -> str:
    """What is broken: of assessments and contacts as the program calls it, of all else as people wrote it."""
    return spoken(one.words) if one.kind in OF_PROGRAMS else one.words


def title_of(kind: BreakKind, since: date, on: date) -> str:
    """The break in a few words, with how long where that is the point."""
    days = (on - since).days
    if kind == BreakKind.GOAL_SILENT:
        return ngettext("No contact for %(n)d day", "No contact for %(n)d days", days) % {"n": days}
    return str(KIND_WORDS[kind])


def repair_of(kind: BreakKind, client: UUID, at: UUID) -> Repair:
    """Where the break at *at* is mended."""
    words, name = REPAIRS[kind]
    if name == "contacts:read":
        return Repair(words, reverse(name, args=[client, at]))
    url = reverse(name, args=[client])
    if kind == BreakKind.NEED_WITHOUT_GOAL:
        return Repair(words, f"{url}?need={at}")
    if kind == BreakKind.GOAL_SILENT:
        return Repair(words, f"{url}?goal={at}")
    if kind in OF_SERVICES:
        return Repair(words, f"{url}?service={at}")
    return Repair(words, f"{url}#line-{at}" if name == "plans:of_client" else url)


def since_words(kind: BreakKind, since: date) -> str:
    """What the day of a break means."""
    if kind == BreakKind.GOAL_PAST:
        return _("It was to be reached by")
    if kind == BreakKind.ASSESSMENT_OLD:
        return _("Due")
    if kind == BreakKind.SERVICE_UNCONFIRMED:
        return _("Agreed on")
    if kind == BreakKind.OUTCOME_UNKNOWN:
        return _("Ended on")
    if kind == BreakKind.GOAL_SILENT:
        return _("Last worked on")
    if kind == BreakKind.PLAN_UNSIGNED:
        return _("Asked on")
    if kind == BreakKind.CONTACT_WITHOUT_GOAL:
        return _("Of")
    return _("Since")
