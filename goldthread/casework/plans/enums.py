"""The words of plans. They are stored: never rename."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionKind(models.TextChoices):
    FIRST = "first", _("First plan")
    AMENDMENT = "amendment", _("Amendment")
    REVIEW = "review", _("Review")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SIGNING = "signing", _("Waiting for signatures")
    IN_FORCE = "in_force", _("In force")
    PAST = "past", _("Replaced by a newer one")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class GoalState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    STOPPED = "stopped", _("Stopped")


class StepState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class OwnerKind(models.TextChoices):
    """Who does a step."""

    CLIENT = "client", _("The person")
    WORKER = "worker", _("The worker")
    FAMILY = "family", _("Family")
    NATURAL = "natural", _("Natural support")
    PROVIDER = "provider", _("Provider")


class Helped(models.TextChoices):
    """Did a service help, in the person's own judgement?"""

    YES = "yes", _("Yes")
    SOME = "some", _("Somewhat")
    NO = "no", _("No")


class SignatureRole(models.TextChoices):
    CLIENT = "client", _("The person")
    GUARDIAN = "guardian", _("Guardian")
    PARENT = "parent", _("Parent")
    FAMILY = "family", _("Family")
    WORKER = "worker", _("Worker")
    PROVIDER = "provider", _("Provider")
    OTHER = "other", _("Somebody else")


class SignatureHow(models.TextChoices):
    DRAWN = "drawn", _("Drawn on the device")
    TYPED = "typed", _("Typed")
    LINK = "link", _("By a link")
    PAPER = "paper", _("On paper")


class SignatureState(models.TextChoices):
    ASKED = "asked", _("Asked")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("No longer asked")
