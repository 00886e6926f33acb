"""What a form makes has the form's own id: sent twice, it is made once."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError

Row = TypeVar("Row", bound=Model)


def made_before(model: type[Row], form_id: UUID | None, **about: Any) -> Row | None:
    """The row of *model* that the same form made before (a double click); None where it made none, or has no id.

    *about*: what that row is about, by its fields. DomainError: it is about something else, so what was typed now would be lost.
    """
    made = model._default_manager.filter(pk=form_id).first() if form_id else None
    if made is not None and any(getattr(made, name) != value for name, value in about.items()):
        raise DomainError(_("This form was sent before for somebody else. Open a new one."))
    return made
