"""As whom this connection acts, on either database."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context

from goldthread.foundation.tenancy.roles import PUBLIC


def as_owner() -> AbstractContextManager[None]:
    """Within it statements run as the owner of the current schema: migrations, restore, retention.

    On SQLite there are no roles: it changes nothing.
    """
    if not settings.MULTI_AGENCY:
        return nullcontext()
    return cast(AbstractContextManager[None], cast(Any, connection).as_owner())


def for_all_agencies() -> AbstractContextManager[None]:
    """Within it the connection works in ``public`` under the login role: domains and the queue, no agency's tables."""
    if not settings.MULTI_AGENCY:
        return nullcontext()
    return cast(AbstractContextManager[None], schema_context(PUBLIC))


def current_schema() -> str:
    """The schema of the agency that is being worked for; empty on SQLite, where there is only one agency."""
    return str(getattr(connection, "schema_name", "") or "")
