"""What is open, one by one: what becomes of it, and who takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from django_stubs_ext import StrOrPromise

from goldthread.access.acts import Act
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.enums import ItemKind
from goldthread.casework.discharge.models import Settlement
from goldthread.casework.discharge.rules.settling import Bunch, Item, together
from goldthread.doors.web.discharge.desk import Desk, desk_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import supervisors_of
from goldthread.people.persons.models import Person

ICONS = {
    ItemKind.TASK: "inbox",
    ItemKind.STEP: "right",
    ItemKind.APPOINTMENT: "cal",
    ItemKind.PAST: "history",
    ItemKind.CONCERN: "flag",
    ItemKind.SERVICE: "heart",
    ItemKind.DOCUMENT: "doc",
    ItemKind.HAND_OFF: "swap",
    ItemKind.REFERRED: "phone",
    ItemKind.NOTE: "draft",
    ItemKind.ASSESSMENT: "note",
}
WORDS: dict[ItemKind, StrOrPromise] = {
    ItemKind.TASK: gettext_lazy("Why, who takes it over, or a word about it"),
    ItemKind.APPOINTMENT: gettext_lazy("Who was told, and how"),
    ItemKind.CONCERN: gettext_lazy("What came of it, or why it is not needed"),
    ItemKind.SERVICE: gettext_lazy("Whom the person calls about it, or why it ends"),
}

ASKED_TOGETHER: dict[str, StrOrPromise] = {
    "cancel": gettext_lazy("Who was told, and how"),
    "with_it": gettext_lazy("Why, in a few words"),
}
BEFOREHAND: dict[str, StrOrPromise] = {"with_it": gettext_lazy("It ends with the discharge.")}
"""What stands in the field already, and can be changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One open thing as the page shows it. ``stale``: it changed since it was decided."""

    item: Item
    made: Settlement | None
    stale: bool
    icon: str
    url: str
    choices: list[tuple[str, StrOrPromise]]
    hint: StrOrPromise
    typed: dict[str, str]
    problem: str = ""
    bunched: bool = False
    """Is it offered together with others? Then its own form is folded away."""

    @property
    def slug(self) -> str:
        """Its kind, as the address has it."""
        return self.item.kind.value.replace("_", "-")

    @property
    def values(self) -> list[str]:
        """What can be decided."""
        return [value for value, _words in self.choices]

    @property
    def settled(self) -> bool:
        """Is it decided, as it stands now?"""
        return self.made is not None and not self.stale


@require_GET
@client_page(Act.WRITE_DISCHARGE)
def settle(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The list of what is open."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    return _page(desk)


@require_POST
@client_page(Act.WRITE_DISCHARGE)
def decide(request: StaffRequest, client: Person, row: UUID, kind: str, item: UUID) -> HttpResponse:
    """Decide of one thing; ``do=back`` takes the decision back."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    found = next((one for one in desk.items if one.key == (kind.replace("-", "_"), item)), None)
    if found is None:
        messages.info(request, _("This is not open any more: somebody has closed it meanwhile."))
        return redirect("discharge:settle", pk=client.pk, row=row)
    posted = request.POST
    try:
        if posted.get("do") == "back":
            actions.undecide(way=desk.way, kind=found.kind, source_id=found.id, by=request.viewer.actor)
        else:
            actions.decide(
                way=desk.way,
                item=found,
                decision=posted.get("decision", ""),
                words=posted.get("words", ""),
                to_staff=next((one for one in colleagues(desk) if str(one.pk) == posted.get("to_staff")), None),
                on=read_date(posted["on"]) if posted.get("on") else None,
                by=request.viewer.actor,
            )
    except DomainError as error:
        return _page(desk, at=found, problem=str(error.message), status=422)
    return redirect(f"{reverse('discharge:settle', args=[client.pk, row])}#i{found.id}")


@require_POST
@client_page(Act.WRITE_DISCHARGE)
def decide_together(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Decide alike of what most decide alike; what is decided already stays as it is."""
    desk = desk_of(request, client, row, Act.WRITE_DISCHARGE)
    if not desk.open:
        return redirect("discharge:read", pk=client.pk, row=row)
    posted = request.POST
    taken = [bunch for bunch in together(desk.left) if bunch.key in posted.getlist("take")]
    try:
        if not taken:
            raise DomainError(_("Choose what is decided together."), "")
        many = actions.decide_together(
            way=desk.way,
            bunches=taken,
            words={bunch.key: posted.get(f"words-{bunch.key}", "") for bunch in taken},
            to_staff=next((one for one in colleagues(desk) if str(one.pk) == posted.get("to_staff")), None),
            by=request.viewer.actor,
        )
    except DomainError as error:
        return _page(desk, problems={error.field or "all": str(error.message)}, status=422)
    said = ngettext(
        "%(n)d thing is decided. It can be decided anew.", "%(n)d things are decided. Each can be decided anew.", many
    )
    messages.success(request, said % {"n": many})
    return redirect("discharge:settle", pk=client.pk, row=row)


@dataclass(frozen=True, slots=True)
class Line:
    """One bunch as the page offers it. ``asks``: what its words are, where it needs some."""

    bunch: Bunch
    chosen: bool
    asks: StrOrPromise
    words: str
    problem: str


def lines_of(desk: Desk, problems: Mapping[str, str]) -> list[Line]:
    """What can be decided together. One thing alone is decided where it stands."""
    bunches = together(desk.left)
    if sum(len(bunch.items) for bunch in bunches) < 2:
        return []
    posted = desk.request.POST if problems else None
    return [
        Line(
            bunch=bunch,
            chosen=posted is None or bunch.key in posted.getlist("take"),
            asks=ASKED_TOGETHER.get(bunch.key, ""),
            words=posted.get(f"words-{bunch.key}", "") if posted is not None else str(BEFOREHAND.get(bunch.key, "")),
            problem=problems.get(bunch.key, ""),
        )
        for bunch in bunches
    ]


def _page(
    desk: Desk,
    at: Item | None = None,
    problem: str = "",
    status: int = 200,
    problems: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    left = {item.key for item in desk.left}
    lines = lines_of(desk, problems)
    bunched = {item.key for line in lines for item in line.bunch.items}
    rows = [
        Row(
            item=item,
            made=desk.settled.get(item.key),
            stale=item.key in left,
            icon=ICONS[item.kind],
            url=url_of_item(desk.client, item),
            choices=[(one.value, one.label) for one in item.choices],
            hint=WORDS.get(item.kind, gettext_lazy("Why, in a few words")),
            typed=desk.request.POST.dict() if at == item else {},
            problem=problem if at == item else "",
            bunched=item.key in bunched,
        )
        for item in desk.items
    ]
    context = desk.context(
        "settle",
        rows=rows,
        colleagues=colleagues(desk),
        left=len(left),
        lines=lines,
        problems=problems,
        chosen_colleague=desk.request.POST.get("to_staff", "") if problems else None,
        problem=problem,
    )
    return render(desk.request, "discharge/settle.html", context, status=status)


def colleagues(desk: Desk) -> list[Staff]:
    """Who can take something over and still reach the client: the workers of their other programs, then the supervisors of who
    works here, then the program's team."""
    today, episode = desk.viewer.today, desk.way.episode
    others = Assignment.objects.filter(client=desk.client, ends_on__isnull=True).select_related("staff")
    found = {row.staff_id: row.staff for row in others.exclude(episode=episode)}
    for row in others.filter(episode=episode):
        found |= {one.pk: one for one in supervisors_of(row.staff, today)}
    if team := episode.program.team:
        members = Staff.objects.filter(memberships__team=team, memberships__ends_on__isnull=True, ended_on__isnull=True)
        found |= {one.pk: one for one in members.distinct().order_by("name")}
    return list(found.values())


def url_of_item(client: Person, item: Item) -> str:
    """Its own page."""
    if item.kind == ItemKind.ASSESSMENT:
        return reverse("assessments:read", args=[client.pk, item.id])
    if item.kind == ItemKind.NOTE:
        return reverse("timeline:list", args=[client.pk])
    pages = {
        ItemKind.TASK: "day:tasks",
        ItemKind.DOCUMENT: "documents:of_client",
        ItemKind.STEP: "plans:of_client",
        ItemKind.SERVICE: "plans:of_client",
        ItemKind.APPOINTMENT: "schedule:of_client",
        ItemKind.PAST: "schedule:of_client",
        ItemKind.CONCERN: "contacts:concerns",
        ItemKind.HAND_OFF: "episodes:of_client",
        ItemKind.REFERRED: "timeline:list",
    }
    return reverse(pages[item.kind], args=[client.pk])
