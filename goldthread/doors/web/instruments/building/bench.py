"""A draft on the workbench: what every page of the builder needs of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions import change_draft
from goldthread.casework.assessments.enums import Built, VersionState
from goldthread.casework.assessments.models import BuildingStep, InstrumentVersion
from goldthread.casework.assessments.queries.assessments import names_of
from goldthread.casework.assessments.queries.instruments import last_step, version
from goldthread.casework.assessments.rules.building.checking import Finding, check
from goldthread.casework.assessments.rules.building.front import around
from goldthread.casework.assessments.rules.building.lists import lists_in
from goldthread.casework.assessments.rules.building.parts import Around
from goldthread.casework.assessments.rules.building.scores import scores_in
from goldthread.casework.assessments.rules.building.tree import items_of
from goldthread.casework.assessments.rules.model import Json
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.ui.toasts import tell

KEPT = 50
LONGEST_ADDRESS = 2_000
_FOUND: dict[tuple[str, str], list[Finding]] = {}
"""What was found of the drafts looked at last, by digest and language: a long instrument takes a tenth of a second to check."""
Content = dict[str, Any]


@dataclass
class Bench:
    """A draft, and the page on which it is built."""

    request: StaffRequest
    row: InstrumentVersion

    @property
    def content(self) -> Content:
        """The Questionnaire as it is now."""
        found: Content = self.row.content
        return found

    @cached_property
    def around(self) -> Around:
        """What its items stand in."""
        return around(self.content)

    @cached_property
    def items(self) -> dict[str, Json]:
        """Its items by linkId."""
        return items_of(self.content)

    @cached_property
    def findings(self) -> list[Finding]:
        """What is wrong, and what may be meant otherwise."""
        key = (self.row.digest, get_language() or "")
        found = _FOUND.get(key)
        if found is None:
            found = check(self.content)
            if len(_FOUND) >= KEPT:
                _FOUND.pop(next(iter(_FOUND)), None)
            _FOUND[key] = found
        return found

    @cached_property
    def last(self) -> BuildingStep | None:
        """The change that can be taken back. One query."""
        return last_step(self.row)

    def seen(self) -> int | None:
        """The edit that the page was made from, as its form says."""
        sent = self.request.POST.get("edit", "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else None

    def change(
        self,
        what: Built,
        change: Callable[[Content, Content | None], Content],
        *,
        item: str = "",
        form_id: UUID | None = None,
    ) -> None:
        """Change the draft, and have it here as it is then. DomainError and Clash as ``change_draft``."""
        self.row = change_draft(
            version=self.row,
            change=change,
            what=what,
            by=self.request.viewer.actor,
            form_id=form_id or form_id_of(self.request),
            item=item,
            seen=self.seen(),
        )
        for name in ("around", "items", "findings", "last"):
            self.__dict__.pop(name, None)

    def take_out(
        self,
        what: Built,
        change: Callable[[Content, Content | None], Content],
        name: str,
        page: Callable[[UUID, str], str],
    ) -> HttpResponse:
        """Take *name* out by *change* and go to the *page* of the others; where that is refused, to its own, which says why."""
        try:
            self.change(what, change, item=name)
        except DomainError as error:
            tell(self.request, str(error.message))
            return redirect(page(self.row.pk, name))
        tell(self.request, _("It is taken out. You can take that back."))
        return redirect(page(self.row.pk, ""))

    def who(self, item: str) -> str:
        """Who changed *item* last."""
        step = self.row.steps.filter(item=item).defer("before").order_by("-edit").first()
        return names_of({str(step.made_by)}).get(str(step.made_by), "") if step and step.made_by else ""

    def show(self, template: str, tab: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page of the builder."""
        wrong = sum(one.hard for one in self.findings)
        shared = {
            "version": self.row,
            "instrument": self.row.instrument,
            "content": self.content,
            "tabs": _tabs(self.row.pk, tab, wrong),
            "wrong": wrong,
            "last": self.last,
            "form_id": new_id(),
            "save_id": new_id(),
            "move_id": new_id(),
            "back_id": new_id(),
            "here": self.request.get_full_path(),
            "own": self.around.language,
            "second": self.around.other,
        }
        return render(self.request, template, {**shared, **context}, status=status)


def on_bench(view: Callable[[Bench], HttpResponse]) -> Callable[[StaffRequest, UUID], HttpResponse]:
    """A page of the draft *pk*. What is in use already is looked at, not changed; a form that comes too late is told so by the
    action, with everything that was typed.
    """

    @wraps(view)
    def wrapper(request: StaffRequest, pk: UUID) -> HttpResponse:
        row = version(pk)
        if row is None:
            raise Http404
        if row.state != VersionState.DRAFT and request.method != "POST":
            return redirect("instruments:instrument", key=row.instrument.key)
        return view(Bench(request, row))

    return wrapper


def form_id_of(request: StaffRequest) -> UUID:
    """The id of the form that was sent: a second click says the same. A form without one is done by itself."""
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return new_id()


def page_of_item(pk: UUID, link_id: str = "", anchor: str = "") -> str:
    """The address of the items, with one of them opened."""
    query = f"?{urlencode({'item': link_id})}" if link_id else ""
    return f"{reverse('instruments:build', args=[pk])}{query}{anchor}"


def page_of_score(pk: UUID, name: str = "") -> str:
    """The address of the scores, with one of them opened."""
    query = f"?{urlencode({'score': name})}" if name else ""
    return f"{reverse('instruments:scores', args=[pk])}{query}"


def page_of_list(pk: UUID, name: str = "") -> str:
    """The address of the lists, with one of them opened."""
    query = f"?{urlencode({'list': name})}" if name else ""
    return f"{reverse('instruments:lists', args=[pk])}{query}"


def page_of_fact(pk: UUID, group: str = "", kind: str = "") -> str:
    """The address of the facts, with a group of them, or one of them, opened."""
    query = f"?{urlencode({'group': group} | ({'kind': kind} if kind else {}))}" if group else ""
    return f"{reverse('instruments:facts', args=[pk])}{query}"


OPENS: dict[str, tuple[str, Callable[[Content], Iterable[str]]]] = {
    "build": ("item", items_of),
    "facts": ("group", items_of),
    "scores": ("score", lambda content: [one.name for one in scores_in(content)]),
    "lists": ("list", lambda content: [one.id for one in lists_in(content)]),
}
"""Pages that open one thing: what their address calls it, and what there is to open."""


def page_after(row: InstrumentVersion, here: str) -> str:
    """The page *here* of the builder, as a form said where it stood, without what is gone from *row*; else that of the questions."""
    try:
        address = urlsplit(here[:LONGEST_ADDRESS])
        found = resolve(address.path)
    except (ValueError, Resolver404):
        return page_of_item(row.pk)
    if found.namespace != "instruments" or found.url_name not in TABS or found.kwargs != {"pk": row.pk}:
        return page_of_item(row.pk)
    name, there = OPENS.get(found.url_name, ("", items_of))
    opened = QueryDict(address.query).get(name, "")
    is_gone = bool(opened) and opened not in set(there(row.content))
    return address.path if is_gone or not address.query else f"{address.path}?{address.query}"


TABS = {
    "build": gettext_lazy("Questions"),
    "scores": gettext_lazy("Scores"),
    "lists": gettext_lazy("Lists"),
    "rules": gettext_lazy("Rules"),
    "facts": gettext_lazy("Facts"),
    "words": gettext_lazy("Languages"),
    "about": pgettext_lazy("an instrument", "About"),
    "preview": gettext_lazy("Try it"),
    "check": gettext_lazy("Check"),
}


def _tabs(pk: UUID, current: str, wrong: int) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse(f"instruments:{name}", args=[pk]),
            "label": label,
            "count": wrong if name == "check" else 0,
            "current": name == current,
        }
        for name, label in TABS.items()
    ]
