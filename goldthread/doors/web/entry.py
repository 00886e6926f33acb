"""How a request comes in: the three decorators of every view, and what they put on the request.

Every view carries exactly one of them; a test walks the resolver and fails on a view without.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.merged import answer_of_gone, answer_of_merged
from goldthread.foundation.audit import actions as audit
from goldthread.foundation.audit.models import Event
from goldthread.people.persons.models import Person

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of a signed-in staff member. ``viewer`` is set by ViewerMiddleware; ``htmx`` by django-htmx."""

    viewer: Viewer
    htmx: Any
    untold: Event | None
    """The read of the client that the view's own action may record: see ``client_page``."""


View = Callable[..., HttpResponseBase]


def page_of(request: HttpRequest) -> str:
    """The page's name in the audit log, as ``clients:brief``: the address itself may hold what somebody typed."""
    return request.resolver_match.view_name if request.resolver_match else ""


def anyone(view: View) -> View:
    """A page for people who have not signed in (sign-in itself, the health check)."""
    view.gate = "anyone"  # type: ignore[attr-defined]  # a mark of our own on the view
    return view


def staff_page(*acts: Act) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], View]:
    """A page for signed-in staff of whom some role grants one of *acts* (none named: any staff). Refused looks like not found."""

    def decorate(view: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def wrapper(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.viewer:  # nobody has signed in
                return redirect_to_login(request.get_full_path())
            if acts and not any(gate.may(request.viewer, act) for act in acts):
                gate.refuse(request.viewer, acts[0], page=page_of(request))
                raise Http404
            return _answered(request, lambda: view(request, *args, **kwargs))

        wrapper.gate = acts or "staff"  # type: ignore[attr-defined]  # a mark of our own on the view
        return wrapper

    return decorate


def _work(named: dict[str, Any]) -> UUID | None:
    """What is being written, as the address names it."""
    row = named.get("row")
    return row if isinstance(row, UUID) else None


def _instead(answer: HttpResponseBase | None) -> HttpResponseBase:
    """*answer*, where there is one; else: not found."""
    if answer is None:
        raise Http404
    return answer


def _answered(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What *view* answers. Of a form that is sent twice at once, the second fails on what the first has just made, and nothing of it is
    kept: looked at once more, it finds that."""
    try:
        return view()
    except IntegrityError:
        if request.method != "POST":
            raise
        return view()


def never(_request: HttpRequest) -> bool:
    """Of no request."""
    return False


def client_page(
    act: Act, *, while_typing: bool = False, tells: Callable[[HttpRequest], bool] = never
) -> Callable[[Callable[Concatenate[StaffRequest, Person, P], HttpResponseBase]], View]:
    """A page about one client, named by ``pk`` in the address. The view receives the client, already let through the gate.

    The gate records the read (or the refusal) before the view answers. *while_typing*: of a page that asks every few seconds
    about what is being written (``row`` in its address), once an hour. *tells*: the requests of which the view's action records
    the read in its own transaction (``request.untold``, then None): one commit instead of two. Where it did not, for whatever
    reason, it is recorded before the answer goes out.
    """

    def decorate(view: Callable[Concatenate[StaffRequest, Person, P], HttpResponseBase]) -> View:
        @wraps(view)
        def wrapper(request: StaffRequest, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.viewer:  # nobody has signed in
                return redirect_to_login(request.get_full_path())
            work = _work(kwargs) if while_typing else None
            try:
                admission = gate.admit(request.viewer, act, pk, page=page_of(request), work=work, later=tells(request))
            except Http404:
                return _instead(answer_of_merged(request, act, pk, kwargs) or answer_of_gone(request, status=404))
            request.viewer, request.untold = admission.viewer, admission.untold
            try:
                return _answered(request, lambda: view(request, admission.client, *args, **kwargs))
            except IntegrityError:
                if Person.objects.filter(pk=pk).exists():
                    raise
                return _instead(answer_of_gone(request, status=409))  # taken back with a file while this was saved
            finally:
                if request.untold:
                    audit.record_together([request.untold])

        wrapper.gate = (act,)  # type: ignore[attr-defined]  # a mark of our own on the view
        return wrapper

    return decorate
