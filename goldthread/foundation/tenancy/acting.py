"""As whom this connection acts, on either database."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context


def as_owner() -> AbstractContextManager[None]:
    """Within it statements run as the owner of the current schema: migrations, restore, retention.

    On SQLite there are no roles: it changes nothing.
    """
    if not settings.MULTI_AGENCY:
        return nullcontext()
    return cast(AbstractContextManager[None], cast(Any, connection).as_owner())


def within(schema: str) -> AbstractContextManager[None]:
    """Within it the connection works in *schema*, which need not be entered among the agencies. On SQLite: as ever."""
    if not settings.MULTI_AGENCY:
        return nullcontext()
    return cast(AbstractContextManager[None], schema_context(schema))
