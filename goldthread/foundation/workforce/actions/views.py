"""Views of a list that a staff member keeps under a name. They are their own: no history is needed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import SavedView, Staff

MOST_VIEWS = 20


@transaction.atomic
def save_view(*, staff: Staff, page: str, name: str, query: str, by: Actor) -> SavedView:
    """Keep *query* (the address's query string) of *page* under *name*; a name that exists is overwritten.

    DomainError: no name, too long, or too many views kept.
    """
    called = _checked(name)
    mine = SavedView.objects.filter(staff=staff, page=page)
    if not mine.filter(name=called).exists() and mine.count() >= MOST_VIEWS:
        raise DomainError(_("You keep %(most)s views already. Delete one first.") % {"most": MOST_VIEWS}, "name")
    view, _made = SavedView.objects.update_or_create(staff=staff, page=page, name=called, defaults={"query": query})
    return view


@transaction.atomic
def rename_view(*, staff: Staff, pk: UUID, name: str, by: Actor) -> None:
    """Call one of *staff*'s own views *name*. DomainError: it is gone, no name, or the name is taken."""
    called = _checked(name)
    view = SavedView.objects.filter(staff=staff, pk=pk).first()
    if view is None:
        raise DomainError(_("This view is gone."))
    if SavedView.objects.filter(staff=staff, page=view.page, name=called).exclude(pk=pk).exists():
        raise DomainError(_("You have a view of this name."), "name")
    view.name = called
    view.save(update_fields=["name"])


@transaction.atomic
def delete_view(*, staff: Staff, pk: UUID, by: Actor) -> SavedView | None:
    """Forget one of *staff*'s own views, and return what it was. Somebody else's, or one that is gone: nothing happens."""
    view = SavedView.objects.select_for_update().filter(staff=staff, pk=pk).first()
    if view is None:
        return None
    SavedView.objects.filter(pk=pk).delete()
    record(by=by, action="workforce.view_forgotten", kind="view", object_id=pk)
    return view


@transaction.atomic
def restore_view(*, staff: Staff, pk: UUID, page: str, name: str, query: str, by: Actor) -> SavedView:
    """Undo that *staff* forgot a view: it is there again as it was. Twice is once. DomainError: its name is taken by now."""
    if there := SavedView.objects.filter(staff=staff, pk=pk).first():
        return there
    if SavedView.objects.filter(staff=staff, page=page, name=name).exists():
        raise DomainError(_("You have a view of this name."), "name")
    view = SavedView.objects.create(pk=pk, staff=staff, page=page, name=name, query=query)
    record(by=by, action="workforce.view_restored", kind="view", object_id=pk)
    return view


def _checked(name: str) -> str:
    called = name.strip()
    if not called:
        raise DomainError(_("Give the view a name."), "name")
    if len(called) > 60:
        raise DomainError(_("Keep the name under 60 letters."), "name")
    return called
