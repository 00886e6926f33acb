"""Django's session engine over our own rows: the cookie holds the key and nothing else."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from goldthread.foundation.accounts.models import Session


class SessionStore(DatabaseStore):
    """Writes the owner's id beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's hook: the model of the rows."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Django's hook: the row for *data*, with the account that signed in (None: nobody yet)."""
        row = cast(Session, super().create_model_instance(data))
        row.user = data.get(SESSION_KEY)
        return row
