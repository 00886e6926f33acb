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


class PlaceState(models.TextChoices):
    """How it stands with a place on a waitlist."""

    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Offered a place")
    ACCEPTED = "accepted", _("Accepted, to be enrolled")
    ENROLLED = "enrolled", _("Enrolled")
    REMOVED = "removed", _("Taken off the list")


class OfferAnswer(models.TextChoices):
    """What came of an offer."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    NO_ANSWER = "no_answer", _("No answer")
    WITHDRAWN = "withdrawn", _("Taken back by us")


class RemovalReason(models.TextChoices):
    """Why somebody no longer waits."""

    DECLINED = "declined", _("Declined a place")
    CHANGED_MIND = "changed_mind", _("No longer wants to come")
    SERVED = "served", _("Is served elsewhere")
    NOT_REACHED = "not_reached", _("Not reached after several tries")
    NOT_ELIGIBLE = "not_eligible", _("No longer eligible")
    MOVED = "moved", _("Moved away")
    DIED = "died", _("Died")
    MISTAKE = "mistake", _("Put on the list by mistake")
    OTHER = "other", _("Another reason")


class Touched(models.TextChoices):
    """How it went to call somebody who waits."""

    STILL = "still", _("Still wants the place")
    NOT_REACHED = "not_reached", _("Not reached")
    MESSAGE = "message", _("Left a message")


class HandOffState(models.TextChoices):
    """How it stands with somebody who was referred elsewhere."""

    OPEN = "open", _("Waiting to hear")
    SEEN = "seen", _("Was seen there")
    NOT_TAKEN = "not_taken", _("Was not taken there")
    DID_NOT_GO = "did_not_go", _("Did not go")
    UNKNOWN = "unknown", _("Could not be found out")
    MISTAKE = "mistake", _("Written down by mistake")
