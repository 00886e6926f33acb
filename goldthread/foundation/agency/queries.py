"""Reading the agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.foundation.agency.holiday_names import in_words
from goldthread.foundation.agency.models import Agency, ClientWord, ClosedDay, Site, Team
from goldthread.foundation.agency.rules import WEEKEND, Calendar, public_holidays
from goldthread.foundation.lib.compiled import Compiled


@dataclass(frozen=True, slots=True)
class ClientWords:
    """The agency's word for the person served: inside a sentence, of several, and both at the start of a sentence."""

    singular: StrOrPromise
    plural: StrOrPromise
    title: StrOrPromise
    plural_title: StrOrPromise


WORDS: dict[ClientWord, ClientWords] = {
    ClientWord.CLIENT: ClientWords(_("client"), _("clients"), _("Client"), _("Clients")),
    ClientWord.PARTICIPANT: ClientWords(_("participant"), _("participants"), _("Participant"), _("Participants")),
    ClientWord.PERSON: ClientWords(_("person"), _("people"), _("Person"), _("People")),
    ClientWord.CONSUMER: ClientWords(_("consumer"), _("consumers"), _("Consumer"), _("Consumers")),
    ClientWord.PATIENT: ClientWords(_("patient"), _("patients"), _("Patient"), _("Patients")),
    ClientWord.STUDENT: ClientWords(_("student"), _("students"), _("Student"), _("Students")),
    ClientWord.RESIDENT: ClientWords(_("resident"), _("residents"), _("Resident"), _("Residents")),
}


_THE_AGENCY = Compiled(lambda: Agency.objects.order_by("pk")[:1])


LANGUAGES = {"es": "es"}
"""What the library of holidays calls the languages of our screens; it takes its own where a country has none of them."""


def the_agency() -> Agency | None:
    """The one agency; None before it is set up. One query."""
    return _THE_AGENCY.first()


def client_words(agency: Agency) -> ClientWords:
    """What *agency* calls the person served, in the reader's language. No query."""
    return WORDS[ClientWord(agency.client_word)]


def calendar_of(agency: Agency, years: Iterable[int]) -> Calendar:
    """The worked and closed days of *agency* in *years*. One query."""
    wanted = list(years)
    own = ClosedDay.objects.filter(day__year__in=wanted).values_list("day", "open")
    return Calendar(
        holidays=public_holidays(agency.holiday_country, agency.holiday_region, wanted),
        closed=frozenset(day for day, is_open in own if not is_open),
        open=frozenset(day for day, is_open in own if is_open),
    )


@dataclass(frozen=True, slots=True)
class DayLine:
    """One row of the page *Closed days*: a public holiday, or a day of the agency's own (then ``own`` is its row)."""

    day: date
    name: str
    public: bool
    works: bool
    own: ClosedDay | None


def days_of_year(agency: Agency, year: int) -> list[DayLine]:
    """The public holidays of *year* in the reader's language, and the agency's own days, by date. One query."""
    language = LANGUAGES.get(get_language() or "", "en_US")
    named = public_holidays(agency.holiday_country, agency.holiday_region, [year], language)
    public = {day: in_words(name) for day, name in named.items()}
    own = {row.day: row for row in ClosedDay.objects.filter(day__year=year)}
    lines = []
    for day in sorted({*public, *own}):
        row = own.get(day)
        name = row.name if row and row.name else public.get(day, "")
        lines.append(DayLine(day, name, day in public, bool(row and row.open), row))
    return lines


def is_closed_anyway(agency: Agency, day: date) -> bool:
    """Is *day* a weekend or a public holiday, before the agency's own word?"""
    return day.weekday() in WEEKEND or day in public_holidays(agency.holiday_country, agency.holiday_region, [day.year])


def open_sites(today: date) -> list[Site]:
    """The sites that are not closed on *today*, by name."""
    return [site for site in Site.objects.order_by("name") if site.closed_on is None or site.closed_on > today]


def open_teams(today: date) -> list[Team]:
    """The teams that are not closed on *today*, by name, with their sites."""
    teams = Team.objects.select_related("site").order_by("name")
    return [team for team in teams if team.closed_on is None or team.closed_on > today]
