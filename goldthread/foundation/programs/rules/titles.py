"""What the words of templates are called on screen. In YAML, database and address the word itself stands."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import (
    Activity,
    Acuity,
    Checklist,
    Domain,
    EventKind,
    Mode,
    Period,
    Place,
    Priority,
    Reason,
    Seen,
    Unit,
    Weight,
)

Word = TypeVar("Word", bound=StrEnum)

UNITS: dict[Unit, StrOrPromise] = {
    Unit.HOURS: _("hours"),
    Unit.DAYS: _("days"),
    Unit.BUSINESS_DAYS: _("business days"),
    Unit.WEEKS: _("weeks"),
    Unit.MONTHS: _("months"),
    Unit.YEARS: _("years"),
}
KINDS: dict[EventKind, StrOrPromise] = {
    EventKind.ENROLLED: _("Enrolled"),
    EventKind.REFERRED: _("Referred"),
    EventKind.CONSENTED: _("Consent given"),
    EventKind.ELIGIBLE: _("Found eligible"),
    EventKind.DISCHARGED: _("Discharged"),
    EventKind.CONTACT: _("Contact"),
    EventKind.ASSESSMENT: _("Assessment"),
    EventKind.PLAN_SIGNED: _("Plan signed"),
    EventKind.PLAN_REVIEW: _("Plan reviewed"),
    EventKind.HEARING: _("Hearing"),
    EventKind.INCIDENT: _("Incident"),
    EventKind.SUPERVISION: _("Supervision"),
    EventKind.HOSPITAL_ADMISSION: _("Admitted to a hospital"),
    EventKind.HOSPITAL_DISCHARGE: _("Left the hospital"),
    EventKind.SERVICES_STARTED: _("Services started"),
    EventKind.MEETING: _("Meeting"),
    EventKind.DOCUMENT: _("Document"),
    EventKind.PAUSED: _("Paused"),
    EventKind.RESUMED: _("Resumed"),
    EventKind.ACUITY: _("Acuity set"),
    EventKind.INTERVAL: _("Interval set in the plan"),
    EventKind.EXCEPTION: _("Exception"),
}
MODES: dict[Mode, StrOrPromise] = {
    Mode.IN_PERSON: _("In person"),
    Mode.PHONE: _("Phone"),
    Mode.VIDEO: _("Video"),
    Mode.TEXT: _("Text message"),
    Mode.EMAIL: _("Email"),
    Mode.LETTER: _("Letter"),
}
PLACES: dict[Place, StrOrPromise] = {
    Place.RESIDENCE: _("Where they live"),
    Place.OFFICE: _("Office"),
    Place.SCHOOL: _("School"),
    Place.DAY_SUPPORT: _("Day support"),
    Place.WORK: _("Work"),
    Place.SHELTER: _("Shelter"),
    Place.CLINIC: _("Clinic"),
    Place.HOSPITAL: _("Hospital"),
    Place.JAIL: _("Jail"),
    Place.COURT: _("Court"),
    Place.STREET: _("Street"),
    Place.COMMUNITY: _("Community"),
}
ACTIVITIES: dict[Activity, StrOrPromise] = {
    Activity.ASSESSMENT: _("Assessment"),
    Activity.CARE_PLANNING: _("Care planning"),
    Activity.REFERRAL_LINKAGE: _("Referral and linkage"),
    Activity.MONITORING: _("Monitoring and follow-up"),
    Activity.ADVOCACY: _("Advocacy"),
    Activity.EMOTIONAL_SUPPORT: _("Emotional support"),
    Activity.DIRECT_SUPPORT: _("Direct support"),
    Activity.SKILLS_TEACHING: _("Skills teaching"),
    Activity.FAMILY_EDUCATION: _("Family education"),
    Activity.HEALTH_EDUCATION: _("Health education"),
    Activity.ACCOMPANIMENT: _("Accompaniment"),
    Activity.TRANSPORT: _("Transport"),
    Activity.CRISIS: _("Crisis"),
    Activity.ADMINISTRATION: _("Administration"),
}
SEEN: dict[Seen, StrOrPromise] = {
    Seen.CLIENT: _("Client"),
    Seen.CAREGIVER: _("Caregiver"),
    Seen.PARENT: _("Parent"),
    Seen.FOSTER_PARENT: _("Foster parent"),
    Seen.GUARDIAN: _("Guardian"),
    Seen.FAMILY: pgettext_lazy("who was there", "Family"),
    Seen.PROVIDER: _("Provider"),
    Seen.TEACHER: _("Teacher"),
    Seen.EMPLOYER: _("Employer"),
    Seen.PROBATION_OFFICER: _("Probation officer"),
    Seen.NATURAL_SUPPORT: _("Friend or neighbor"),
    Seen.OTHER: pgettext_lazy("who was there", "Somebody else"),
}
REASONS: dict[Reason, StrOrPromise] = {
    Reason.REFUSED: _("Refused"),
    Reason.NOT_FOUND: _("Not found after three tries"),
    Reason.FAMILY_DELAY: _("The family asked for more time"),
    Reason.HOSPITAL: _("In hospital"),
    Reason.JAIL: _("In jail"),
    Reason.AWAY: _("Away"),
    Reason.ILLNESS: _("Ill"),
    Reason.WEATHER: _("Weather or disaster"),
    Reason.UNSAFE: _("Not safe to go"),
    Reason.COURT_ORDER: _("By order of a court"),
    Reason.PROVIDER_DELAY: _("A provider was late"),
    Reason.STAFF_ABSENT: _("Nobody of us could"),
    Reason.OTHER: _("Another reason"),
}
WEIGHTS: dict[Weight, StrOrPromise] = {
    Weight.SAFETY: pgettext_lazy("weight of a rule", "Safety"),
    Weight.LEGAL: pgettext_lazy("weight of a rule", "Legal clock"),
    Weight.HEALTH: pgettext_lazy("weight of a rule", "Health"),
    Weight.OTHER: pgettext_lazy("weight of a rule", "Other"),
}
PERIODS: dict[Period, StrOrPromise] = {
    Period.WEEK: _("week"),
    Period.MONTH: _("month"),
    Period.QUARTER: _("quarter"),
    Period.HALF_YEAR: _("half-year"),
    Period.YEAR: _("year"),
}
ACUITIES: dict[Acuity, StrOrPromise] = {Acuity.HIGH: _("High"), Acuity.MEDIUM: _("Medium"), Acuity.LOW: _("Low")}
CHECKLISTS: dict[Checklist, StrOrPromise] = {
    Checklist.HOME: _("Home"),
    Checklist.SCHOOL: _("School"),
    Checklist.DAY_SUPPORT: _("Day support"),
    Checklist.WORK_PROGRAM: _("Work program"),
    Checklist.SHELTER: _("Shelter"),
    Checklist.CLINIC: _("Clinic"),
    Checklist.RESIDENCE: _("Group home or facility"),
    Checklist.HOSPITAL: _("Hospital"),
}
DOMAINS: dict[Domain, StrOrPromise] = {
    Domain.HEALTH: _("Health"),
    Domain.MENTAL_HEALTH: _("Mental health"),
    Domain.SUBSTANCE_USE: _("Substance use"),
    Domain.DAILY_LIVING: _("Daily living"),
    Domain.HOUSING: _("Housing"),
    Domain.INCOME: _("Income and benefits"),
    Domain.FOOD: _("Food"),
    Domain.EMPLOYMENT: _("Employment"),
    Domain.EDUCATION: _("Education"),
    Domain.LEGAL: _("Legal"),
    Domain.FAMILY: _("Family and relationships"),
    Domain.SOCIAL: _("Social and recreation"),
    Domain.TRANSPORTATION: _("Transportation"),
    Domain.SAFETY: _("Safety"),
    Domain.COMMUNICATION: _("Communication"),
    Domain.SPIRITUAL: _("Spiritual and cultural"),
}
PRIORITIES: dict[Priority, StrOrPromise] = {
    Priority.DANGER: _("In danger"),
    Priority.COURT_ORDERED: _("Ordered by a court"),
    Priority.PREGNANT: _("Pregnant"),
    Priority.INJECTS_DRUGS: _("Injects drugs"),
    Priority.LEGAL_CLOCK: _("A legal clock is running"),
    Priority.LEAVING_HOSPITAL: _("Leaving a hospital"),
    Priority.LEAVING_JAIL: _("Leaving jail"),
    Priority.HOMELESS: _("Without a home"),
    Priority.YOUNG_CHILD: _("A child under six"),
    Priority.SIBLING_SERVED: _("A sibling is served"),
    Priority.ALONE: _("Lives alone, without help"),
    Priority.WAITING_LONGEST: _("Waiting longest"),
}


def choices(titles: Mapping[Word, StrOrPromise]) -> list[tuple[str, StrOrPromise]]:
    """*titles* as a form's choices."""
    return [(str(word), title) for word, title in titles.items()]
