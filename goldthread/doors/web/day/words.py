"""The words for what can be done elsewhere, and for why something could not be done."""

from django.utils.translation import gettext_lazy as _

from goldthread.foundation.programs.enums import EventKind, Reason, State

REASONS = {
    Reason.REFUSED: _("The client refused"),
    Reason.NOT_FOUND: _("Not found, after three tries"),
    Reason.FAMILY_DELAY: _("The family caused the delay"),
    Reason.HOSPITAL: _("In the hospital"),
    Reason.JAIL: _("In jail"),
    Reason.AWAY: _("Away"),
    Reason.ILLNESS: _("Illness"),
    Reason.WEATHER: _("Weather"),
    Reason.UNSAFE: _("It was not safe"),
    Reason.COURT_ORDER: _("A court order"),
    Reason.PROVIDER_DELAY: _("The provider caused the delay"),
    Reason.STAFF_ABSENT: _("We were absent"),
    Reason.OTHER: _("Another reason"),
}
KIND_WORDS = {
    EventKind.REFERRED: _("Referral"),
    EventKind.CONSENTED: _("Consent"),
    EventKind.ELIGIBLE: _("Found eligible"),
    EventKind.ASSESSMENT: _("Assessment"),
    EventKind.PLAN_SIGNED: _("Plan signed"),
    EventKind.PLAN_REVIEW: _("Plan review"),
    EventKind.SERVICES_STARTED: _("Services started"),
    EventKind.HEARING: _("Hearing"),
    EventKind.MEETING: _("Meeting"),
    EventKind.SUPERVISION: _("Supervision"),
    EventKind.INCIDENT: _("Incident"),
    EventKind.HOSPITAL_ADMISSION: _("Hospital admission"),
    EventKind.HOSPITAL_DISCHARGE: _("Hospital discharge"),
    EventKind.DOCUMENT: _("Document"),
    EventKind.ACUITY: _("Level of need"),
    EventKind.INTERVAL: _("How often, as the plan says"),
}
STATES = {
    State.MET: ("pine", "check", _("met")),
    State.EXCEPTED: ("", "info", _("excused")),
    State.MISSED: ("red", "alert", _("missed")),
    State.PAUSED: ("", "hour", _("paused")),
}
"""How what is over is shown: colour, icon, word."""
LATE = _("done late")
