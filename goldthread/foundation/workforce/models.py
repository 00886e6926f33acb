"""The people who work here: who they are, the roles they hold and the teams they are in, by dates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.accounts.models import User
from goldthread.foundation.agency.models import Site, Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role


class Staff(models.Model):
    """One person who works here. Leaving sets ``ended_on``; nothing they wrote is touched."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("work phone"), max_length=40, blank=True)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("site")
    )
    languages = models.JSONField(_("languages they speak with clients"), default=list, blank=True)
    """Codes as persons have them (``es``, ``ht``, ``ase``). English is everybody's and is not named."""
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    morning_mail_days = models.PositiveSmallIntegerField(default=127)
    """The weekdays on which they want the morning mail, as bits: 1 Monday … 64 Sunday. 0: never."""
    morning_mail_on = models.DateField(null=True, editable=False)
    """The last day that is done with: mailed, or nothing was due."""
    morning_mail_turn = models.DateTimeField(null=True, editable=False)
    """When somebody began to mail them, and has not noted yet that it went. Two who race: one changes the row."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="workforce_staff_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="workforce_staff_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role, held from a day to a day. ``site`` narrows a program manager to one site; blank means the whole agency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(
        Staff, on_delete=models.CASCADE, related_name="roles", verbose_name=_("staff member"), db_index=False
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only at this site"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "starts_on"], name="workforce_role_by_staff")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="workforce_role_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["staff", "role"], condition=Q(ends_on__isnull=True), name="workforce_role_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.starts_on}"


class TeamMembership(models.Model):
    """A place in a team, from a day to a day, as a worker or as its supervisor."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(
        Staff, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("staff member"), db_index=False
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team"), db_index=False
    )
    supervises = models.BooleanField(_("supervises this team"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "starts_on"], name="workforce_member_by_staff"),
            models.Index(fields=["team", "supervises"], name="workforce_member_by_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="workforce_member_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["staff", "team", "supervises"],
                condition=Q(ends_on__isnull=True),
                name="workforce_member_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.team_id}"


class Notice(models.Model):
    """Something a staff member must be told (a break-glass, a refused block). Holds kinds and ids only, never client content."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    about_staff = models.UUIDField(null=True)
    about_person = models.UUIDField(null=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to", "-at"], name="workforce_notice_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SavedView(models.Model):
    """A list's filters and columns, kept under a name by one staff member. ``query`` is the address's query string."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="saved_views", db_index=False)
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "page", "name"], name="workforce_savedview_once")]

    def __str__(self) -> str:
        return self.name
