"""On the sign-in page of the demo, and of nothing else, stand its sign-ins: one for each role, each fills the form in one press.

``./run`` prints them too, but the log of a running server soon covers what was printed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from goldthread.foundation.accounts.models import User
from goldthread.foundation.workforce.enums import Role


@dataclass(frozen=True, slots=True)
class SignIn:
    """Of an invented colleague: one whom everybody may be."""

    role: Role
    name: str
    email: str
    password: str


Listing = Callable[[], list[tuple[Role, str, str, str]]]
_listings: list[Listing] = []


def offer(listing: Listing) -> None:
    """The demo's room tells whom it has made: it stands above this one, so it cannot be asked."""
    _listings[:] = [listing]


def sign_ins() -> list[SignIn]:
    """Those that work here. None where it is not the demo: both the server must have been started as one, and the mark that is set
    before the demo is made must lie in the data folder."""
    if not (settings.DEMO and settings.DEMO_MARK.exists()):
        return []
    offered = [SignIn(*one) for listing in _listings for one in listing()]
    there = set(
        User.objects.filter(email__in=[one.email for one in offered], is_active=True).values_list("email", flat=True)
    )
    return [one for one in offered if one.email in there]
