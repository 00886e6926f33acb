"""What a page says where no place of a program is free: how many are taken, how many wait for one, and who is first."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.access.waiting import places
from goldthread.casework.intake.enums import PlaceState
from goldthread.casework.intake.models import Place
from goldthread.casework.intake.queries.vacancies import Vacancies, vacancies
from goldthread.casework.intake.queries.waiting import ORDER, rules_today
from goldthread.foundation.audit.actions import record
from goldthread.foundation.programs.models import Program


def taken_up(program: Program, today: date) -> Vacancies | None:
    """The places of *program*, when it says how many it has and none of them is free."""
    found = vacancies({program.pk: rules_today(program.pk, today).waitlist}).get(program.pk)
    return found if found and not found.free else None


def full_words(viewer: Viewer, program: Program, page: str) -> str:
    """Blank while a place is free, or the program does not say how many it has. Who is first is named to who may see the waitlist,
    and that they were is recorded."""
    found = taken_up(program, viewer.today)
    if found is None:
        return ""
    said = [_("No place is free: %(taken)d of %(places)d are taken.") % {"taken": found.taken, "places": found.places}]
    waiting = Place.objects.filter(program=program, state=PlaceState.WAITING).count()
    if waiting:
        said.append(ngettext("%(n)d person waits for one.", "%(n)d people wait for one.", waiting) % {"n": waiting})
        said.append(_first(viewer, program, page))
    return " ".join(filter(None, said))


def _first(viewer: Viewer, program: Program, page: str) -> str:
    rows = Place.objects.filter(program=program, state=PlaceState.WAITING).order_by(*ORDER)
    first = rows.values_list("pk", flat=True).first()
    if first is None:
        return ""
    seen = places(viewer, Act.READ_INQUIRY).filter(pk=first).select_related("inquiry").first()
    if seen is None or not seen.inquiry.display_name:
        return ""
    client = seen.inquiry.client_id
    details = {"page": page}
    record(
        by=viewer.actor, action=Act.READ_INQUIRY.value, kind="place", object_id=seen.pk, client=client, details=details
    )
    return _("First on the list: %(name)s.") % {"name": seen.inquiry.display_name}
