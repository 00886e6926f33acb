"""The words of intake. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InquiryState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


class Came(models.TextChoices):
    """How an inquiry came."""

    PHONE = "phone", _("Phone")
    WALK_IN = "walk_in", _("Walk-in")
    WRITTEN = "written", _("Written referral")
    PARTNER = "partner", _("Partner")
    PAGE = "page", _("Public page")


class Caller(models.TextChoices):
    """Who asks, seen from whom it is about."""

    SELF = "self", _("The person themselves")
    PARENT = "parent", _("Parent or guardian")
    FAMILY = "family", _("Other family")
    FRIEND = "friend", _("Friend or neighbor")
    PROFESSIONAL = "professional", _("Professional")
    OTHER = "other", _("Somebody else")


class Result(models.TextChoices):
    """What came of an inquiry, for one program or as a whole."""

    ENROLLED = "enrolled", _("Enrolled")
    WAITLISTED = "waitlisted", _("On the waitlist")
    REFERRED = "referred", _("Referred elsewhere")
    CLOSED = "closed", _("Closed")


class CloseReason(models.TextChoices):
    """Why an inquiry was closed without enrolling, waiting or referring."""

    ANSWERED = "answered", _("Only a question, answered")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    NO_ROOM = "no_room", _("No room, and did not want to wait")
    CHANGED_MIND = "changed_mind", _("Changed their mind")
    NOT_REACHED = "not_reached", _("Not reached after several tries")
    ELSEWHERE = "elsewhere", _("Is served elsewhere already")
    KNOWN = "known", _("Is our client already")
    TWICE = "twice", _("The same inquiry came twice")
    SPAM = "spam", _("Not meant seriously")
    OTHER = "other", _("Another reason")
