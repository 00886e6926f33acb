"""Model fields that behave the same on both databases."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class KeyField(models.CharField):  # type: ignore[type-arg]  # not generic when it runs
    """Text that is compared and sorted byte by byte, so that order and prefixes are the same on both databases."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Django's column parameters with the byte-wise collation of *connection*'s database."""
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters
