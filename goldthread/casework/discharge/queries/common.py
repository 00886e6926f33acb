"""What the queries of the way out are told of the reader."""

from typing import Protocol

from django.db.models import Q


class Seen(Protocol):
    """What a reader may see of one client's content (``gate.sight``)."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        """As a condition on rows; *episode* and *labels* name the fields."""
