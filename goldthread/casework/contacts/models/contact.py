"""One interaction, documented by a signed progress note, and what belongs to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.contacts.enums import ContactState
from goldthread.casework.contacts.rules.written import LONGEST
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Contact(models.Model):
    """A contact as its worker signed it. What was signed is never edited: addendum, void, or a new version that ``replaces`` it.

    ``id`` is the id its draft had. ``person`` is the client on whose page it was written; every client who was part of it
    (a household, a group) has a row in ``people`` with ``client`` set.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="contacts")
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("worker"), db_index=False
    )
    kind = models.CharField(max_length=60, blank=True)
    """Key of the program template's kind of contact; blank for one that the program does not name."""
    mode = models.CharField(_("how"), max_length=12)
    place = models.CharField(_("where"), max_length=20, blank=True)
    place_words = models.CharField(_("where exactly"), max_length=120, blank=True)
    happened_on = models.DateField(_("day"))
    """Local date of the agency on which it began."""
    started_at = models.DateTimeField(_("start"))
    ended_at = models.DateTimeField(_("end"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    travel_minutes = models.PositiveSmallIntegerField(_("minutes on the road"), default=0)
    miles = models.DecimalField(_("miles"), max_digits=6, decimal_places=1, null=True, blank=True)
    attempted = models.BooleanField(_("tried, not reached"), default=False)
    aftercare = models.BooleanField(_("aftercare"), default=False)
    """Documented after the discharge, and meant so."""
    narrative = models.TextField(_("what happened"), max_length=LONGEST, blank=True)
    goals = models.JSONField(default=list)
    """``{"words": the person's words, "went": Went, "note": …}`` for each goal touched; of a goal of the plan also ``id``,
    ``person``, ``values`` (of objectives) and ``steps`` (done in it)."""
    domains = models.JSONField(default=list)
    barriers = models.JSONField(default=list)
    monitoring = models.JSONField(default=dict)
    """``furnished``, ``adequate`` (yes, partly, no), ``changed`` (yes, no), ``note``: the three questions of 42 CFR 440.169(d)(4);
    ``services``: those of the plan that they were about, with what this note made known of each."""
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("by"), null=True, blank=True)
    safety_concern = models.BooleanField(_("worried about anyone's safety"), default=False)
    late = models.BooleanField(_("written late"), default=False)
    overlaps = models.BooleanField(default=False)
    """Its time overlaps another contact of the worker, who said that this is right."""
    writing_since = models.DateTimeField(null=True)
    """When its draft was begun: documentation time."""
    signed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ContactState.choices, default=ContactState.SIGNED)
    cosigned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    cosigned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_comment = models.TextField(_("comment"), max_length=4000, blank=True)
    group = models.UUIDField(null=True)
    """Contacts of one group share it. Each stands in its own client's record alone, so that no record names another client."""
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    void_reason = models.CharField(_("why"), max_length=300, blank=True)
    voided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["staff", "started_at"], name="contacts_by_staff"),
            models.Index(fields=["person", "-started_at"], name="contacts_by_person"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="contacts_by_group"),
            models.Index(
                fields=["staff", "-started_at"], condition=Q(group__isnull=False), name="contacts_groups_by_staff"
            ),
            models.Index(fields=["staff", "signed_at"], condition=Q(state="waiting"), name="contacts_waiting"),
            models.Index(fields=["staff", "returned_at"], condition=Q(state="returned"), name="contacts_returned"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="contacts_end_after_start"),
            models.CheckConstraint(
                condition=~Q(state="cosigned") | Q(cosigned_by__isnull=False, cosigned_at__isnull=False),
                name="contacts_cosigned_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_by__isnull=False) & ~Q(return_comment="")),
                name="contacts_returned_with_comment",
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | (Q(voided_by__isnull=False) & ~Q(void_reason="")),
                name="contacts_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class ContactPerson(models.Model):
    """Who was part of it: a client (each with their own episode, presence and private part) or somebody else who was there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """None: somebody whom the agency does not know, by ``name`` alone."""
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20)
    """A word of Seen."""
    client = models.BooleanField(default=False)
    present = models.BooleanField(default=True)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    own_part = models.TextField(_("only about them"), max_length=LONGEST, blank=True)
    """Of a client in a household's or group's contact: read on their own page alone."""
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person", "contact"], name="contacts_person_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="contacts_person_once"),
            models.CheckConstraint(
                condition=Q(client=False) | Q(person__isnull=False), name="contacts_client_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.contact_id}"


class ContactActivity(models.Model):
    """One thing that was done, and how long."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="activities", db_index=False)
    activity = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "activity"], name="contacts_activity_once")]

    def __str__(self) -> str:
        return f"{self.activity}, {self.minutes} min"


class ChecklistAnswers(models.Model):
    """What was seen on a visit, item by item, with the edition of the checklist that was asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="checklists", db_index=False)
    checklist = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    """Item → ``{"answer": …, "note": …}``."""
    labels = LabelsField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "checklist"], name="contacts_checklist_once")]

    def __str__(self) -> str:
        return f"{self.checklist} of {self.contact_id}"


class Addendum(models.Model):
    """What was added to a signed note later. Never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="addenda", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """On whose page it stands: in a household's note it may be private to them."""
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("addendum"), max_length=LONGEST)
    at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["contact", "at"], name="contacts_addenda")]

    def __str__(self) -> str:
        return f"addendum {self.pk}"
