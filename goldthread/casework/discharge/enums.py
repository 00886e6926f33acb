"""The words of the way out. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WayState(models.TextChoices):
    """Where a way out stands."""

    OPEN = "open", _("Being prepared")
    WAITING = "waiting", _("Signed, waits for a second pair of eyes")
    DONE = "done", _("Discharged")
    GIVEN_UP = "given_up", _("Given up")
    UNDONE = "undone", _("Taken back")


class ItemKind(models.TextChoices):
    """What may still be open, and is settled one by one."""

    TASK = "task", _("Task")
    STEP = "step", _("Step of the plan")
    APPOINTMENT = "appointment", _("Appointment")
    PAST = "past", _("Appointment of which nobody said what became of it")
    CONCERN = "concern", _("Concern")
    SERVICE = "service", _("Service")
    DOCUMENT = "document", _("Document that runs out")
    HAND_OFF = "hand_off", _("Hand-over that nobody read")
    REFERRED = "referred", _("Referral elsewhere that waits to hear")
    NOTE = "note", _("Note that is not signed")
    ASSESSMENT = "assessment", _("Assessment that is not finished")


class Decision(models.TextChoices):
    """What is to become of it."""

    DONE = "done", _("Done")
    COLLEAGUE = "colleague", _("A colleague takes it over")
    OUTSIDE = "outside", _("Somebody else takes it over")
    NOT_NEEDED = "not_needed", _("No longer needed")
    CANCEL = "cancel", _("Cancel it")
    STAYS = "stays", _("It stays: the person goes without us")
    KEPT = "kept", _("It took place")
    MISSED = "missed", _("The person did not come")
    GOES_ON = "goes_on", _("It goes on")
    ENDED = "ended", _("It has ended")


class PacketForm(models.TextChoices):
    """What is printed."""

    PERSON = "person", _("Page for the person")
    FULL = "full", _("Full summary")


class Informed(models.TextChoices):
    """How the news of a death came."""

    FAMILY = "family", _("Family")
    HOSPITAL = "hospital", _("Hospital or hospice")
    RESIDENCE = "residence", _("Group home or facility")
    AUTHORITY = "authority", _("Police, coroner or court")
    OTHER = "other", _("Somebody else")
