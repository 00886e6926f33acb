"""The words of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry tells of. Rooms write these; the timeline filters by them."""

    CONTACT = "contact", _("Contact")
    ATTEMPT = "attempt", _("Attempted contact")
    ADDENDUM = "addendum", _("Addendum")
    CONCERN = "concern", _("Concern")
    APPOINTMENT = "appointment", _("Appointment")
    TASK = "task", _("Task")
    ELSEWHERE = "elsewhere", _("Done elsewhere")
    REPORT = "report", _("Mandated report")
    ENROLLED = "enrolled", _("Enrolled")
    ASSIGNED = "assigned", _("Worker changed")
    COVERED = "covered", _("Cover")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    DISCHARGED = "discharged", _("Discharged")
    GOODBYE = "goodbye", _("Discharge summary")
    ASSESSED = "assessed", _("Assessment")
    NEED = "need", _("Need")
    PLAN = "plan", _("Plan")
    PROGRESS = "progress", _("Progress")
    SKILL = "skill", _("Skill")
    INQUIRY = "inquiry", _("Inquiry")
    WAITING = "waiting", _("Waitlist")
    REFERRED = "referred", _("Referred elsewhere")
    DOCUMENT = "document", _("Document")
    AFTERCARE = "aftercare", _("Aftercare")
    PACKAGE = "package", _("Transfer package")
