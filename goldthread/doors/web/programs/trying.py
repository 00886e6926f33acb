"""Trying the rules of a program on an invented client. Nothing is kept: what was asked stands in the address."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from goldthread.access.acts import Act
from goldthread.casework.tasks.queries.trying import try_rules
from goldthread.casework.tasks.rules.engine import Standing
from goldthread.casework.tasks.rules.history import Event
from goldthread.casework.tasks.rules.scenario_events import YEARS
from goldthread.casework.tasks.rules.words import explain
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings.forms import day
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.enums import EventKind, Mode, Seen, State
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.titles import KINDS, MODES, PLACES

ROWS = 8
NOT_TRIED = (
    EventKind.ENROLLED,
    EventKind.REFERRED,
    EventKind.ACUITY,
    EventKind.INTERVAL,
    EventKind.EXCEPTION,
    EventKind.PAUSED,
    EventKind.RESUMED,
)
"""They need more than a day and a place: a scenario file for ``goldthread programs try`` has them."""
SHOWN: dict[State, tuple[str, Any]] = {
    State.NOT_YET: ("", _("not yet")),
    State.DUE_SOON: ("blue", _("due soon")),
    State.DUE: ("amber", _("due")),
    State.OVERDUE: ("red", _("overdue")),
    State.MET: ("pine", _("met")),
    State.EXCEPTED: ("", _("excused")),
    State.MISSED: ("red", _("missed")),
    State.PAUSED: ("", _("paused")),
}


class TryForm(forms.Form):
    """An invented client: some days, and what happened on others."""

    enrolled = day(_("Enrolled on"))
    on = day(_("How do things stand on"))
    referred = day(_("Referred on"), required=False)
    born = day(_("Born on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(kind), title) for kind, title in KINDS.items() if kind not in NOT_TRIED]
        for number in range(1, ROWS + 1):
            values = {"number": number}
            self.fields[f"day{number}"] = day(_now("Day of event %(number)d") % values, required=False)
            self.fields[f"kind{number}"] = _choice(_now("What happened, event %(number)d") % values, kinds)
            self.fields[f"mode{number}"] = _choice(_now("How, event %(number)d") % values, list(MODES.items()))
            self.fields[f"place{number}"] = _choice(_now("Where, event %(number)d") % values, list(PLACES.items()))

    def clean(self) -> dict[str, Any]:
        """Days of a calendar in which rules are tried; a row has its day and what happened, or neither."""
        said: dict[str, Any] = super().clean() or {}
        for name, value in list(said.items()):
            if hasattr(value, "year") and value.year not in YEARS:
                self.add_error(name, _("Choose a year from 1900 to 2200."))
        for number in range(1, ROWS + 1):
            if bool(said.get(f"day{number}")) != bool(said.get(f"kind{number}")):
                self.add_error(f"day{number}", _("An event needs its day and what happened."))
        return said

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each event."""
        names = ("day", "kind", "mode", "place")
        return [[self[f"{name}{number}"] for name in names] for number in range(1, ROWS + 1)]

    def events(self) -> list[Event]:
        """What happened. A contact in person was with the client."""
        said = self.cleaned_data
        numbers = [number for number in range(1, ROWS + 1) if said[f"day{number}"]]
        return [
            Event(
                id=number,
                kind=EventKind(said[f"kind{number}"]),
                on=said[f"day{number}"],
                mode=said[f"mode{number}"],
                place=said[f"place{number}"],
                seen=frozenset([str(Seen.CLIENT)] if said[f"mode{number}"] == Mode.IN_PERSON else []),
            )
            for number in numbers
        ]


def _choice(label: str, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])


@require_GET
@staff_page(Act.MANAGE_PROGRAMS)
def try_rule(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How the rules of one program, as they are and will be, would treat an invented client."""
    program = get_object_or_404(Program, pk=pk)
    today = request.viewer.today
    form = TryForm(request.GET) if "enrolled" in request.GET else TryForm(initial={"enrolled": today, "on": today})
    rows: list[dict[str, Any]] = []
    asked = form.is_bound and form.is_valid()
    if asked:
        said = form.cleaned_data
        found = try_rules(
            rules=queries.rules_of([program.pk])[program.pk],
            enrolled=said["enrolled"],
            referred=said["referred"],
            birth_date=said["born"],
            events=form.events(),
            on=said["on"],
            today=today,
        )
        rows = [_shown(row) | {"why": explain(row.why, said["on"])} for row in found]
    return render(request, "programs/try.html", {"program": program, "form": form, "rows": rows, "asked": asked})


def _shown(row: Standing) -> dict[str, Any]:
    tone, word = SHOWN[row.state]
    one = row.obligation
    rate = None if one.rate is None else round(one.rate * 100)
    return {"title": row.requirement.title, "tone": tone, "state": word, "rate": rate, "period": one.period}
