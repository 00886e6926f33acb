"""What changed from one version to the next, as people read it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from goldthread.access.acts import Act
from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.rules.difference import Change, differences
from goldthread.casework.plans.rules.shape import KINDS
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.plans.common import url_of, version_named
from goldthread.doors.web.plans.words import value_words
from goldthread.people.persons.models import Person

WHAT: dict[str, StrOrPromise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("taken away"),
    "changed": gettext_lazy("changed"),
    "moved": gettext_lazy("in another order"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: each field with what it said and what it says."""

    what: str
    what_words: StrOrPromise
    title: StrOrPromise
    words: str
    fields: list[tuple[StrOrPromise, str, str]]


@require_GET
@client_page(Act.READ_RECORD)
def changes(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """What changed in this version against the one before it that was not given up."""
    version = version_named(request, client, row, Act.READ_RECORD)
    rows = PlanVersion.objects.filter(plan=version.plan_id, number__lt=version.number)
    before = rows.exclude(state="withdrawn").order_by("-number").first()
    found = differences(before.content, version.content) if before else []
    context = {
        "client": client,
        "version": version,
        "before": before,
        "changes": [told(one) for one in found],
        "back": url_of(client, version),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": _("what changed"),
    }
    return render(request, "plans/changes.html", context)


def told(one: Change) -> Told:
    """A change as it is read."""
    fields = {field.name: field for field in KINDS[one.kind].fields} if one.kind in KINDS else {}
    pairs = [
        (
            field.label,
            value_words(fields[field.name], field.before) if field.name in fields else str(field.before),
            value_words(fields[field.name], field.after) if field.name in fields else str(field.after),
        )
        for field in one.fields
    ]
    shown = [pair for pair in pairs if pair[1] or pair[2]]
    return Told(one.what, WHAT[one.what], one.title, one.words, shown)
