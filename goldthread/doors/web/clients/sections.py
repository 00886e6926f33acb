"""A part of a client's record, as data: what it shows, its form, and the one action that each save calls."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.clients.around import known_here, namable
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.clients.header import seen
from goldthread.people.persons.models import Person, Relationship

Save = Callable[..., Any]
"""Called with request, client, row and form by keyword; calls one action of a room."""


OPEN_FIRST = F("ends_on").desc(nulls_first=True)
"""What holds comes before what is over, on both databases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the record.

    With ``rows`` it is what hangs on the person, each row with its own form (``add``, ``edit``, ``end``).
    Without, it is the person's own fields, with one form (``edit``), shown as ``pairs``.
    """

    key: str
    tab: str
    title: StrOrPromise
    act: Act
    form: type[RecordForm]
    edit: Save | None = None
    initial: Callable[[Person, Any], dict[str, Any]] = lambda client, row: {}
    """From the client and the row (None: a new one) to what the form starts with."""
    arguments: Callable[[Any], dict[str, Any]] = lambda request: {}
    """From the request to what the form's class needs besides (choices that depend on the day)."""
    pairs: Callable[[Person], list[tuple[Any, Any]]] = lambda client: []
    rows: Callable[[Person], QuerySet[Any]] | None = None
    called: Callable[[Any], Any] = str
    """From a row to its name, in a button's label for a screen reader."""
    prepare: Callable[[Any], Any] = lambda row: row
    """The row, made ready to be read (a number masked)."""
    row_actions: Callable[["Place", Any], list["RowAction"]] = lambda place, row: []
    """From the place and the row to further buttons, for who may ``more_act`` (none named: who may edit)."""
    more_act: Act | None = None
    add: Save | None = None
    end: Save | None = None
    reopen: Save | None = None
    """Takes back the ending of a row: called with request, row and version by keyword."""
    undo_rows: Callable[[Person], QuerySet[Any]] | None = None
    """Where a row that was ended is found again; where it is None, among ``rows``."""
    add_title: StrOrPromise = ""
    edit_title: StrOrPromise = ""
    end_title: StrOrPromise = ""
    edit_form: type[RecordForm] | None = None
    end_form: type[RecordForm] | None = None
    end_says: Callable[["Place", Any], str] | None = None
    """From the place and the row to what the form of ending says will happen, where the title alone does not say whose it is."""
    empty: StrOrPromise = ""
    only_editors: bool = False

    def form_for(self, request: Any, client: Person, row: Any, *, ending: bool = False) -> RecordForm:
        """The form, filled from the record, or bound to what was sent."""
        kind = (self.end_form if ending else self.edit_form if row is not None else None) or self.form
        start = {"ends_on": request.viewer.today} if ending else self.initial(client, row)
        initial = {"version": client.version, **start}
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return kind(*sent, initial=initial, **({} if ending else self.arguments(request)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section is read and written: whose rows, and on whose pages.

    A relative who is no client has no pages of their own: ``relation`` is the tie through which the client's pages show them.
    """

    client: Person
    relation: Relationship | None = None

    @property
    def person(self) -> Person:
        """Whose record it is."""
        return self.relation.other if self.relation else self.client

    def url(self, what: str, *more: Any) -> str:
        """The address of ``section``, ``section_edit``, ``row_add``, ``row_edit`` or ``row_end`` here."""
        if self.relation:
            return reverse(f"clients:relative_{what}", args=[self.client.pk, self.relation.pk, *more])
        return reverse(f"clients:{what}", args=[self.client.pk, *more])

    def home(self, section: Section) -> str:
        """Where *section* reads among the others."""
        if self.relation:
            return reverse("clients:relative", args=[self.client.pk, self.relation.pk])
        return f"{reverse(f'clients:{section.tab}', args=[self.client.pk])}#{section.key}"


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button of a row. ``post``: it does something at once and answers with the row's new text."""

    label: StrOrPromise
    url: str
    post: bool = False
    page: bool = False
    """It leads to a page of its own instead of opening in place."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    it: Model
    name: str
    over: bool
    actions: list[RowAction]


@dataclass(slots=True)
class Shown:
    """A section as the templates read it, for one client and one viewer."""

    key: str
    title: StrOrPromise
    may_edit: bool
    add_url: str
    has_rows: bool
    row_template: str = ""
    rows: list[ShownRow] = field(default_factory=list)
    pairs: list[tuple[Any, Any]] = field(default_factory=list)
    empty: StrOrPromise = ""


def rows_shown(section: Section, client: Person, cleared: int) -> list[Any]:
    """The rows of *section* whose labels are all cleared. One query; none for a section without rows."""
    if section.rows is None:
        return []
    return [row for row in section.rows(client) if seen_here(row, cleared)]


def seen_here(row: Any, cleared: int) -> bool:
    """Rows without labels of their own (names, household places) are seen with the person; who is tied to them, if cleared too."""
    other = getattr(row, "other", None)
    return all(seen(one, cleared) for one in (row, other) if hasattr(one, "labels"))


def show(
    section: Section, place: Place, *, rows: Iterable[Any], may_edit: bool, today: Any, may_more: bool = False
) -> Shown:
    """*section* as it reads in *place*: its rows (already filtered by labels), each with what can be done to it."""
    has_rows = section.rows is not None
    return Shown(
        key=section.key,
        title=section.title,
        may_edit=may_edit and bool(section.add or not has_rows),
        add_url=place.url("row_add" if has_rows else "section_edit", section.key),
        has_rows=has_rows,
        row_template=f"clients/rows/{section.key}.html",
        rows=[
            ShownRow(
                section.prepare(row),
                str(section.called(row)),
                _over(row, today),
                _actions(section, place, row, may_edit, may_more),
            )
            for row in rows
        ],
        pairs=[] if has_rows else section.pairs(place.client),
        empty=section.empty,
    )


def row_of(request: Any, place: Place, section: Section, pk: UUID, *, ended: bool = False) -> Any:
    """The row named in the address, when it is one of this person's and may be seen. Otherwise Http404.

    *ended*: also one that no longer stands on the page since it was ended.
    """
    rows = (section.undo_rows if ended else None) or section.rows
    row = rows(place.person).filter(pk=pk).first() if rows else None
    if row is None or not seen_here(row, gate.cleared_labels(request.viewer, place.client)):
        raise Http404
    if not namable(request.viewer, [row]) or not known_here(request.viewer, place.client, [row]):
        raise Http404
    return row


def _actions(section: Section, place: Place, row: Any, may_edit: bool, may_more: bool) -> list[RowAction]:
    actions = list(section.row_actions(place, row)) if may_more else []
    if may_edit and section.edit_title:
        actions.append(RowAction(_("Edit"), place.url("row_edit", section.key, row.pk)))
    if may_edit and section.end and not ended(row):
        actions.append(RowAction(_("End"), place.url("row_end", section.key, row.pk)))
    return actions


def ended(row: Any) -> Any:
    """The last day of *row*; None while it is open."""
    return getattr(row, "ends_on", None) or getattr(row, "ended_on", None)


def _over(row: Any, today: Any) -> bool:
    return bool(ended(row) and ended(row) < today)
