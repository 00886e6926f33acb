"""The words of mandated reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Population(models.TextChoices):
    """Whom the report is about: each has a law and an office of its own."""

    CHILD = "child", _("A child")
    ELDER = "elder", _("An older adult")
    DEPENDENT_ADULT = "dependent_adult", _("A dependent adult")


class Stage(models.TextChoices):
    """How far a report has come. It follows from what is filled in; nobody sets it."""

    TO_CALL = "to_call", _("To be called in")
    TO_WRITE = "to_write", _("Written report to be sent")
    SENT = "sent", _("Sent, no receipt yet")
    RECEIVED = "received", _("Received")
    CLOSED = "closed", _("Started by mistake")


class SentHow(models.TextChoices):
    ONLINE = "online", _("Online form")
    FAX = "fax", _("Fax")
    MAIL = "mail", _("Mail")
    EMAIL = "email", _("Secure e-mail")
    HAND = "hand", _("By hand")
