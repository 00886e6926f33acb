"""The client list: filtered, paged by key, with chosen columns; kept views; and its export."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.scopes import SOMEBODY, Shape, persons_in
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.doors.web.clients import export
from goldthread.doors.web.clients.by_due import page_by_due
from goldthread.doors.web.clients.cells import html_of
from goldthread.doors.web.clients.choosing import chosen_in
from goldthread.doors.web.clients.columns import COLUMNS, STANDARD, STANDARD_BY_DUE, Column, Listed, chosen, rows_of
from goldthread.doors.web.clients.filters import Filters, choices, learns_what_is_late, narrow, read_filters
from goldthread.doors.web.clients.pages import PAGE, Page, page_of, read_page
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.compiled import Compiled
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.foundation.workforce import queries as workforce
from goldthread.foundation.workforce.actions import delete_view, restore_view, save_view
from goldthread.foundation.workforce.enums import Role

VIEWS_PAGE = "clients"
FORGOTTEN = "forgotten_view"


@cache
def _top(shape: Shape, whose: str) -> Compiled[tuple[Any, ...]]:
    """The top of a list that nothing narrows besides *whose* clients it shows: the one that most people open all day."""

    def build() -> QuerySet[Any, Any]:
        listed = narrow(persons_in(shape), Filters(whose), SOMEBODY).order_by("sort_key", "id")
        return listed.values_list(*Listed._fields)[: PAGE + 1]

    return Compiled(build)


def _narrowed(viewer: Viewer, whose: str, late: str, state: str) -> QuerySet[Any, Any]:
    """The top of a list narrowed by what only few values are chosen from: the words of its statement are as few."""
    filters = Filters(whose, late=late, state=state)
    listed = narrow(gate.clients(viewer, Act.FIND), filters, viewer).order_by("sort_key", "id")
    return listed.values_list(*Listed._fields)[: PAGE + 1]


_NARROWED: AskedBy[tuple[Any, ...]] = AskedBy(_narrowed)


def _page(viewer: Viewer, filters: Filters, after: str, before: str) -> Page:
    """The page in the order that *filters* ask for; by name where the clients are too many for any other."""
    reach = gate.scope(viewer, Act.FIND)
    if filters.order:
        page = page_by_due(narrow(reach.persons, filters, viewer), viewer, after=after, before=before)
        return page or _page(viewer, replace(filters, order=""), after, before)
    if filters.whose in ("mine", "all") and not (filters.narrowed or after or before):
        return page_of([Listed(*row) for row in _top(reach.shape, filters.whose).ask(**reach.given)])
    if filters == Filters(filters.whose, late=filters.late, state=filters.state) and not (after or before):
        rows = _NARROWED.ask(viewer, filters.whose, filters.late, filters.state)
        return page_of([Listed(*row) for row in rows])
    found = narrow(reach.persons, filters, viewer)
    return read_page(found, among=reach.persons, after=after, before=before)


@require_GET
@staff_page(Act.FIND)
def client_list(request: StaffRequest) -> HttpResponse:
    """The clients this viewer may find, narrowed by the address."""
    viewer = request.viewer
    filters = read_filters(request.GET, viewer)
    page = _page(viewer, filters, request.GET.get("after", ""), request.GET.get("before", ""))
    columns = _columns(request, page)
    gate.saw(viewer, page.clients, "list")
    context: dict[str, Any] = {
        "filters": filters,
        "columns": columns,
        "chosen": chosen_in(filters, columns, learns=learns_what_is_late(viewer)),
        "rows": html_of(rows_of(page.clients, columns, viewer, _opened(viewer, page.clients))),
        "page": page,
        "too_many": filters.order and not page.by_due,
        "first_page": not (request.GET.get("after") or request.GET.get("before")),
        "query": _without_place(request),
        "saved_views": workforce.saved_views(viewer.staff, VIEWS_PAGE),
        "may_create": gate.may(viewer, Act.CREATE),
        "may_export": gate.may(viewer, Act.EXPORT),
        "can_see_all": viewer.roles - {"case_manager"},
    }
    if request.htmx:
        answer = render(request, "clients/list_rows.html", context)
        answer["HX-Push-Url"] = f"{reverse('clients:list')}?{context['query']}"
        return answer
    return render(request, "clients/list.html", context | {"choices": choices(filters, viewer)})


@require_GET
@staff_page(Act.EXPORT)
def client_export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """The list as CSV or XLSX, with the filters and columns of the address."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    viewer = request.viewer
    columns = chosen(request.GET.getlist("column"))
    clients = narrow(gate.clients(viewer, Act.EXPORT), read_filters(request.GET, viewer), viewer)
    name = f"clients-{viewer.today}.{kind}"
    if kind == "xlsx" and clients[export.XLSX_LIMIT :].exists():
        text = _("That is more than a workbook can hold well. Narrow the list, or take the CSV file.")
        return render(request, "clients/export_too_large.html", {"message": text}, status=413)
    export.record_export(viewer, kind)
    write = export.as_xlsx if kind == "xlsx" else export.as_csv
    return FileResponse(write(clients, columns, viewer), as_attachment=True, filename=name)


def _columns(request: StaffRequest, page: Page) -> list[Column]:
    """Those chosen; where the list is in the order of what is due, that stands first."""
    keys = request.GET.getlist("column")
    if not page.by_due:
        return chosen(keys)
    due = COLUMNS["due"]
    return [due, *(column for column in chosen(keys or STANDARD_BY_DUE) if column is not due)]


def _opened(viewer: Viewer, clients: Sequence[Listed]) -> set[UUID] | None:
    """Those of *clients* of whom more than name and number may be shown; None: all of them, as for every role that opens
    whomever it finds."""
    if Role.BILLING not in viewer.roles:
        return None
    return set(
        gate.clients(viewer, Act.READ).filter(pk__in=[client.pk for client in clients]).values_list("pk", flat=True)
    )


@require_POST
@staff_page(Act.FIND)
def view_save(request: StaffRequest) -> HttpResponse:
    """Keep the filters and columns of the address under a name."""
    query = request.POST.get("query", "")[:2000]
    try:
        save_view(
            staff=request.viewer.staff,
            page=VIEWS_PAGE,
            name=request.POST.get("name", ""),
            query=query,
            by=request.viewer.actor,
        )
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(f"{reverse('clients:list')}?{query}")


@require_POST
@staff_page(Act.FIND)
def view_delete(request: StaffRequest, pk: Any) -> HttpResponse:
    """Forget one of the viewer's own kept views."""
    view = delete_view(staff=request.viewer.staff, pk=pk, by=request.viewer.actor)
    if view:
        request.session[FORGOTTEN] = {"pk": str(view.pk), "name": view.name, "query": view.query}
        tell(request, _("The view is forgotten."), undo=reverse("clients:view_undo"))
    return redirect("clients:list")


@require_POST
@staff_page(Act.FIND)
def view_undo(request: StaffRequest) -> HttpResponse:
    """Keep the view again that was forgotten last. What it looks for is kept in the session, never in an address of ours."""
    kept = request.session.pop(FORGOTTEN, None)
    try:
        if kept is None:
            raise DomainError(_("It is too late to undo this. Keep the view again."))
        restore_view(
            staff=request.viewer.staff,
            pk=UUID(kept["pk"]),
            page=VIEWS_PAGE,
            name=kept["name"],
            query=kept["query"],
            by=request.viewer.actor,
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("clients:list")
    messages.success(request, _("Undone. It is as it was before."))
    return redirect(f"{reverse('clients:list')}?{kept['query']}")


def _without_place(request: StaffRequest) -> str:
    """The address's filters and columns without the place in the list, what is empty, and columns that stand there anyhow."""
    query = QueryDict(mutable=True)
    for key, values in request.GET.lists():
        if key not in ("after", "before") and any(values):
            query.setlist(key, [value for value in values if value])
    if set(query.getlist("column")) == set(STANDARD):
        query.pop("column")
    return query.urlencode()
