"""Whole phrases for what happened: whole, because other languages inflect the article and the noun together."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import Unit

BY_PLACE: dict[str, StrOrPromise] = {
    "residence": _("the home visit of %(on)s"),
    "office": _("the meeting at the office of %(on)s"),
    "school": _("the school visit of %(on)s"),
    "day_support": _("the visit at day support of %(on)s"),
    "work": _("the visit at work of %(on)s"),
    "shelter": _("the visit at the shelter of %(on)s"),
    "clinic": _("the visit at the clinic of %(on)s"),
    "hospital": _("the visit in the hospital of %(on)s"),
    "jail": _("the visit in jail of %(on)s"),
    "court": _("the meeting at court of %(on)s"),
}
BY_MODE: dict[str, StrOrPromise] = {
    "in_person": _("the visit of %(on)s"),
    "phone": _("the phone call of %(on)s"),
    "video": _("the video call of %(on)s"),
    "text": _("the text message of %(on)s"),
    "email": _("the email of %(on)s"),
    "letter": _("the letter of %(on)s"),
}
BY_KIND: dict[str, StrOrPromise] = {
    "enrolled": _("the enrollment of %(on)s"),
    "brought": _("coming from a file on %(on)s"),
    "referred": _("the referral of %(on)s"),
    "consented": _("the consent of %(on)s"),
    "eligible": _("being found eligible on %(on)s"),
    "discharged": _("the discharge of %(on)s"),
    "contact": _("the contact of %(on)s"),
    "assessment": _("the assessment of %(on)s"),
    "plan_signed": _("the plan signed on %(on)s"),
    "plan_review": _("the plan review of %(on)s"),
    "hearing": _("the hearing of %(on)s"),
    "incident": _("the incident of %(on)s"),
    "supervision": _("the supervision of %(on)s"),
    "hospital_admission": _("the hospital admission of %(on)s"),
    "hospital_discharge": _("the hospital discharge of %(on)s"),
    "services_started": _("the start of services on %(on)s"),
    "meeting": _("the meeting of %(on)s"),
    "document": _("the document of %(on)s"),
    "excused": _("the excused due date of %(on)s"),
    "calendar": _("the yearly date, %(on)s"),
    "birthday": _("the birthday on %(on)s"),
    "age": _("reaching the age of %(age)s on %(on)s"),
}
WAITS: dict[str, StrOrPromise] = {
    "enrolled": _("starts with the enrollment"),
    "referred": _("starts with the referral"),
    "consented": _("starts with the consent"),
    "eligible": _("starts when the client is found eligible"),
    "discharged": _("starts with the discharge"),
    "contact": _("starts with a contact"),
    "assessment": _("starts with an assessment"),
    "plan_signed": _("starts when a plan is signed"),
    "plan_review": _("starts with a plan review"),
    "hearing": _("starts with a hearing"),
    "incident": _("starts with an incident"),
    "supervision": _("starts with supervision"),
    "hospital_admission": _("starts with a hospital admission"),
    "hospital_discharge": _("starts with a hospital discharge"),
    "services_started": _("starts when services start"),
    "meeting": _("starts with a meeting"),
    "document": _("starts with a document"),
    "age": _("waits for the date of birth"),
}
PERIODS: dict[str, StrOrPromise] = {
    "week": _("once in each week"),
    "month": _("once in each month"),
    "quarter": _("once in each quarter"),
    "half_year": _("once in each half-year"),
    "year": _("once in each year"),
}
LEVELS: dict[str, StrOrPromise] = {
    "high": _("because the level is high"),
    "medium": _("because the level is medium"),
    "low": _("because the level is low"),
}
REASONS: dict[str, StrOrPromise] = {
    "refused": _("the client refused"),
    "not_found": _("the client was not found"),
    "family_delay": _("the family caused the delay"),
    "hospital": _("the client was in the hospital"),
    "jail": _("the client was in jail"),
    "away": _("the client was away"),
    "illness": _("illness"),
    "weather": _("weather"),
    "unsafe": _("it was not safe"),
    "court_order": _("a court order"),
    "provider_delay": _("the provider caused the delay"),
    "staff_absent": _("staff were absent"),
    "other": _("another reason"),
    "discharged": _("the episode ended"),
}
"""Of ``programs.enums.Reason``, and of the discharge."""


SPANS: dict[str, Callable[[int], str]] = {
    Unit.HOURS: lambda count: ngettext("%(count)d hour", "%(count)d hours", count),
    Unit.DAYS: lambda count: ngettext("%(count)d day", "%(count)d days", count),
    Unit.BUSINESS_DAYS: lambda count: ngettext("%(count)d business day", "%(count)d business days", count),
    Unit.WEEKS: lambda count: ngettext("%(count)d week", "%(count)d weeks", count),
    Unit.MONTHS: lambda count: ngettext("%(count)d month", "%(count)d months", count),
    Unit.YEARS: lambda count: ngettext("%(count)d year", "%(count)d years", count),
}


def span_words(count: int, unit: str) -> str:
    """A length of time: *30 days*."""
    return SPANS[unit](count) % {"count": count}


def event_phrase(what: dict[str, Any], on: str) -> str:
    """What happened, with its day: *the home visit of 3 Nov*."""
    kind, mode, place = what["kind"], what.get("mode", ""), what.get("place", "")
    phrase = BY_KIND.get(kind, BY_KIND["contact"])
    if kind == "contact":
        in_person = BY_PLACE.get(place) if mode in ("", "in_person") else None
        phrase = in_person or BY_MODE.get(mode, phrase)
    age = span_words(*what["age"]) if "age" in what else ""
    return str(phrase) % {"on": on, "age": age}
