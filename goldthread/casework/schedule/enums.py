"""The words of the schedule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentKind(models.TextChoices):
    """What an appointment is for."""

    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    THERAPY = "therapy", _("Therapy")
    MEDICAL = "medical", _("Medical")
    COURT = "court", _("Court")
    PROBATION = "probation", _("Probation")
    BENEFITS_OFFICE = "benefits_office", _("Benefits office")


class AppointmentState(models.TextChoices):
    """What became of an appointment."""

    PLANNED = "planned", _("Planned")
    KEPT = "kept", _("Kept")
    MISSED = "missed_by_client", _("Missed by the client")
    CANCELLED_BY_CLIENT = "cancelled_by_client", _("Cancelled by the client")
    CANCELLED_BY_US = "cancelled_by_us", _("Cancelled by us")
    RESCHEDULED = "rescheduled", _("Moved to another time")


NOT_KEPT = tuple(state for state in AppointmentState if state not in (AppointmentState.PLANNED, AppointmentState.KEPT))
"""What needs a reason."""
CALLED_OFF = (
    AppointmentState.CANCELLED_BY_CLIENT,
    AppointmentState.CANCELLED_BY_US,
    AppointmentState.RESCHEDULED,
)
"""It did not take place, and everybody knew before: the worker's time is free again."""


class Unit(models.TextChoices):
    """How a series counts."""

    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class Ride(models.TextChoices):
    """Who brings the client there."""

    WORKER = "worker", _("The worker drives")
    FAMILY = "family", _("Family")
    NATURAL_SUPPORT = "natural_support", _("A friend or neighbor")
    MEDICAL_TRANSPORT = "medical_transport", _("Medical transport")
    BUS = "bus", _("Bus or train")
    SELF = "self", _("On their own")


class Which(models.TextChoices):
    """How far a change of one appointment of a series reaches."""

    ONE = "one", _("Only this one")
    FOLLOWING = "following", _("This one and all that follow")
