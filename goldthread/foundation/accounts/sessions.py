"""Django's session engine over our own rows: the cookie holds the key and nothing else."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from goldthread.foundation.accounts.models import Session
from goldthread.foundation.lib.compiled import Compiled, Given

OPEN = Compiled(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(DatabaseStore):
    """Writes the owner's id beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's hook: the model of the rows."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """Django's hook: the row of the cookie's key; None when there is none or its time is over."""
        row = OPEN.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Django's hook: the row for *data*, with the account that signed in (None: nobody yet)."""
        row = cast(Session, super().create_model_instance(data))
        row.user = data.get(SESSION_KEY)
        return row
