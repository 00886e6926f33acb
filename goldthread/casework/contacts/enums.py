"""The words of contacts and concerns. Those of modes, places and activities are in foundation/programs/enums.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goldthread.foundation.programs.enums import Activity, Mode, Place, Seen

CONCERN = "concern"
"""What tasks of a concern say they come from."""


class ContactState(models.TextChoices):
    """Where a signed note stands. From the worker's signature on it counts as evidence, also while it waits."""

    SIGNED = "signed", _("Signed")
    WAITING = "waiting", _("Waiting for the co-signature")
    COSIGNED = "cosigned", _("Co-signed")
    RETURNED = "returned", _("Returned with a comment")
    REPLACED = "replaced", _("Replaced by a new version")
    VOIDED = "voided", _("Voided")


class Barrier(models.TextChoices):
    """What got in the way."""

    RIDE = "ride", _("A ride")
    WAITLIST = "waitlist", _("Waiting list")
    COST = "cost", _("Cost")
    LANGUAGE = "language", _("Language")
    HEALTH = "health", pgettext_lazy("barrier", "Health")
    OTHER_AGENCY = "other_agency", _("Other agency")
    NOTHING = "nothing", pgettext_lazy("barrier", "Nothing")


class Went(models.TextChoices):
    """How it went toward a goal."""

    NOT_TODAY = "not_today", _("Not today")
    SLIPPED = "slipped", _("Slipped")
    STUCK = "stuck", _("Stuck")
    LITTLE = "little", _("A little")
    WELL = "well", pgettext_lazy("progress", "Well")


class Furnished(models.TextChoices):
    """Monitoring, first question: are services furnished as planned?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Satisfied(models.TextChoices):
    """Is the person satisfied with what came of a concern?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class RaisedBy(models.TextChoices):
    """Whose concern it is."""

    CLIENT = "client", _("The client")
    FAMILY = "family", _("Family or friend")
    WORKER = "worker", _("The worker")
    OTHER = "other", _("Somebody else")


MODES = {
    Mode.IN_PERSON: _("In person"),
    Mode.PHONE: _("Phone"),
    Mode.VIDEO: _("Video"),
    Mode.TEXT: pgettext_lazy("way of contact", "Text"),
    Mode.EMAIL: _("Email"),
    Mode.LETTER: _("Letter"),
}
PLACES = {
    Place.RESIDENCE: _("Home"),
    Place.OFFICE: _("Office"),
    Place.SCHOOL: _("School"),
    Place.DAY_SUPPORT: _("Day support"),
    Place.WORK: pgettext_lazy("place", "Work"),
    Place.SHELTER: _("Shelter"),
    Place.CLINIC: _("Clinic"),
    Place.HOSPITAL: _("Hospital"),
    Place.JAIL: _("Jail"),
    Place.COURT: _("Court"),
    Place.STREET: _("Street"),
    Place.COMMUNITY: _("Community"),
}
ACTIVITIES = {
    Activity.ASSESSMENT: _("Assessed"),
    Activity.CARE_PLANNING: _("Planned"),
    Activity.REFERRAL_LINKAGE: _("Linked to a service"),
    Activity.MONITORING: _("Checked on a service"),
    Activity.ADVOCACY: _("Spoke up for them"),
    Activity.EMOTIONAL_SUPPORT: _("Emotional support"),
    Activity.DIRECT_SUPPORT: _("Direct support"),
    Activity.SKILLS_TEACHING: _("Taught a skill"),
    Activity.FAMILY_EDUCATION: _("Family education"),
    Activity.HEALTH_EDUCATION: _("Health education"),
    Activity.ACCOMPANIMENT: _("Went along"),
    Activity.TRANSPORT: _("Gave a ride"),
    Activity.CRISIS: _("Crisis"),
    Activity.ADMINISTRATION: _("Paperwork"),
}
ROLES = {
    Seen.CLIENT: _("Client"),
    Seen.CAREGIVER: _("Caregiver"),
    Seen.PARENT: _("Parent"),
    Seen.FOSTER_PARENT: _("Foster parent"),
    Seen.GUARDIAN: _("Guardian"),
    Seen.FAMILY: _("Family"),
    Seen.PROVIDER: _("Provider"),
    Seen.TEACHER: _("Teacher"),
    Seen.EMPLOYER: _("Employer"),
    Seen.PROBATION_OFFICER: _("Probation officer"),
    Seen.NATURAL_SUPPORT: _("Friend or neighbor"),
    Seen.OTHER: _("Somebody else"),
}
