"""The agency: its profile, its closed days, its sites and teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id


class ClientWord(models.TextChoices):
    """What this agency calls the person served."""

    CLIENT = "client", _("client")
    PARTICIPANT = "participant", _("participant")
    PERSON = "person", _("person")
    CONSUMER = "consumer", _("consumer")
    PATIENT = "patient", _("patient")
    STUDENT = "student", _("student")
    RESIDENT = "resident", _("resident")


class Agency(models.Model):
    """The one agency of this database (or schema). There is one row, with id 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=200)
    client_word = models.CharField(
        _("word for the person served"), max_length=12, choices=ClientWord.choices, default=ClientWord.CLIENT
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="America/New_York")
    holiday_country = models.CharField(_("public holidays of"), max_length=2, default="US")
    holiday_region = models.CharField(_("state or region"), max_length=8, blank=True)
    languages = models.JSONField(_("languages of the screens"), default=list)
    default_language = models.CharField(_("language of a new account"), max_length=8, default="en")
    mfa_required = models.BooleanField(_("staff must use a second step to sign in"), default=True)
    idle_minutes = models.PositiveSmallIntegerField(_("minutes without use before signing out"), default=30)
    session_hours = models.PositiveSmallIntegerField(_("hours before signing in again"), default=12)
    ask_about_matches = models.CharField(_("whom to ask about a person already known"), max_length=200, blank=True)
    """Shown when a match may not be seen. Blank: the asking worker's own supervisor."""
    mail_hour = models.PositiveSmallIntegerField(_("hour of the morning mail"), null=True, blank=True, default=7)
    """On the agency's wall clock, 5 to 11. None: nobody gets one."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="agency_agency_only_one")]

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    """A day on which this agency is closed beside the public holidays, or (open=True) a public holiday on which it works."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    open = models.BooleanField(_("we work on this day"), default=False)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Site(models.Model):
    """A place the agency works from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who work together under one or more supervisors."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams", verbose_name=_("site"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name
