"""The form of an invented client, and the scenario file that says the same."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.casework.tasks.rules.scenario_events import YEARS
from goldthread.doors.web.settings.forms import day
from goldthread.foundation.agency.models import Agency, ClosedDay
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.titles import KINDS, MODES, PLACES

ROWS, MOST_ROWS = 4, 24
NOT_TRIED = (
    EventKind.ENROLLED,
    EventKind.REFERRED,
    EventKind.ACUITY,
    EventKind.INTERVAL,
    EventKind.EXCEPTION,
    EventKind.PAUSED,
    EventKind.RESUMED,
)
"""They need more than a day and a place: the file has them."""
TRIED = "attempted"
"""Instead of a kind: a contact in which nobody was reached."""
PARTS = {"day": _("Day"), "kind": _("What happened"), "mode": _("How"), "place": _("Where"), "minutes": _("Minutes")}


class TryForm(forms.Form):
    """An invented client: under which rules, some days, and what happened on others."""

    program = forms.ChoiceField(label=_("Rules of"))
    enrolled = day(_("Enrolled on"))
    on = day(_("How do things stand on"))
    referred = day(_("Referred on"), required=False)
    born = day(_("Born on"), required=False)

    def __init__(self, *args: Any, programs: list[Any], rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, max(1, min(rows, MOST_ROWS)) + 1)
        offered: Any = self.fields["program"]
        offered.choices = programs
        kinds: list[tuple[str, Any]] = [(str(kind), title) for kind, title in KINDS.items() if kind not in NOT_TRIED]
        kinds.insert(1 + [kind for kind, _title in kinds].index("contact"), (TRIED, gettext("Tried, not reached")))
        for number in self.numbers:
            names = {
                key: gettext("%(what)s, event %(n)d") % {"what": title, "n": number} for key, title in PARTS.items()
            }
            self.fields[f"day{number}"] = day(names["day"], required=False)
            self.fields[f"kind{number}"] = _choice(names["kind"], kinds)
            self.fields[f"mode{number}"] = _choice(names["mode"], list(MODES.items()))
            self.fields[f"place{number}"] = _choice(names["place"], list(PLACES.items()))
            self.fields[f"minutes{number}"] = forms.IntegerField(
                label=names["minutes"], required=False, min_value=0, max_value=1440
            )

    def clean(self) -> dict[str, Any]:
        """Days of a calendar in which rules are tried; a row has its day and what happened, or neither."""
        said: dict[str, Any] = super().clean() or {}
        for name, value in list(said.items()):
            if hasattr(value, "year") and value.year not in YEARS:
                self.add_error(name, _("Choose a year from 1900 to 2200."))
        for number in self.numbers:
            if bool(said.get(f"day{number}")) != bool(said.get(f"kind{number}")):
                self.add_error(f"day{number}", _("An event needs its day and what happened."))
        return said

    @property
    def rows(self) -> list[list[tuple[Any, Any]]]:
        """The fields of each event, each with its short name."""
        return [[(PARTS[key], self[f"{key}{number}"]) for key in PARTS] for number in self.numbers]

    def scenario(self) -> str:
        """What was entered, as a scenario file with the agency's own calendar: the command line answers the same."""
        said = self.cleaned_data
        lines = [f"program: {said['program']}", f"enrolled: {said['enrolled']}"]
        lines += [f"referred: {said['referred']}"] if said["referred"] else []
        lines += [f"birth_date: {said['born']}"] if said["born"] else []
        lines += _calendar(said["enrolled"], said["on"])
        events = [self._event(number) for number in self.numbers if said[f"day{number}"]]
        return "\n".join([*lines, *(["events:", *events] if events else []), f"ask: [{said['on']}]", ""])

    def _event(self, number: int) -> str:
        said = {name: self.cleaned_data[f"{name}{number}"] for name in PARTS}
        tried = said["kind"] == TRIED
        parts = [f"on: {said['day']}", f"kind: {EventKind.CONTACT if tried else said['kind']}"]
        parts += [f"{name}: {said[name]}" for name in ("mode", "place", "minutes") if said[name]]
        parts += ["attempted: true"] if tried else []
        return f"  - {{{', '.join(parts)}}}"


def _calendar(first: date, last: date) -> Iterable[str]:
    """The agency's zone, public holidays and own closed days."""
    agency = Agency.objects.first()
    if agency is None:
        return
    yield f"time_zone: {agency.time_zone}"
    if agency.holiday_country:
        yield f"country: {agency.holiday_country}"
    if agency.holiday_region:
        yield f"region: {agency.holiday_region}"
    closed = ClosedDay.objects.filter(open=False, day__range=(first, last.replace(year=last.year + 1, day=1)))
    if days := [str(one) for one in closed.order_by("day").values_list("day", flat=True)]:
        yield f"holidays: [{', '.join(days)}]"


def _choice(label: str, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])
