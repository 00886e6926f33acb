"""The packet of a way out as HTML: for its pages, and for the worker that makes a PDF of it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from goldthread.casework.discharge.enums import Decision, ItemKind, PacketForm
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.ways import told_of
from goldthread.casework.discharge.rules.summary import sections_for
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.doors.web.plans.mailing import language_for
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Leaving
from goldthread.foundation.programs.queries import template_on


def html_of(way: WayOut, *, form: str, language: str, back: str = "") -> str:
    """The HTML of the packet, headings in *language*; with a bar of buttons where there is a way *back*."""
    with translation.override(language_for(language)):
        rules = template_on(way.episode.program, way.last_day) if way.last_day else None
        found = rules.discharge_reason(way.reason) if rules else None
        plain, told = form == PacketForm.PERSON, told_of(way)
        parts = [(one, way.sections.get(one.key, {}).get("text", "")) for one in sections_for(way.path)]
        context: dict[str, Any] = {
            "agency": the_agency(),
            "client": way.person,
            "way": way,
            "program": way.episode.program,
            "site": way.episode.program.team.site if way.episode.program.team else None,
            "reason": spoken(found.title) if found else way.reason,
            "parts": [
                (one.for_person if plain else one.title, text)
                for one, text in parts
                if text and (one.for_person or not plain)
            ],
            "stays": staying(way),
            "goes_on": [one for one in told if one.decision == Decision.GOES_ON],
            "decisions": told,
            "addenda": list(way.addenda.select_related("staff").order_by("at", "pk")),
            "plain": plain,
            "refused": way.path == Leaving.REFUSED,
            "died": way.path == Leaving.DECEASED,
            "form": form,
            "language": language_for(language),
            "back": back,
            "title": _("%(name)s, discharge") % {"name": way.person.display_name},
        }
        return render_to_string("discharge/paper.html", context)


def staying(way: WayOut) -> list[Appointment]:
    """The appointments to which the person goes without us, that are ahead of the last day."""
    kept = [Decision.STAYS, Decision.COLLEAGUE]
    rows = [one for one in told_of(way) if one.kind == ItemKind.APPOINTMENT and one.decision in kept]
    ids = {pk for one in rows for pk in one.before.get("stood", {str(one.source_id): None})}
    return list(Appointment.objects.filter(pk__in=ids, state=AppointmentState.PLANNED).order_by("starts_at", "pk"))
