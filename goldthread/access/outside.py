"""A person may be known here whom the viewer may not find: what they are told, so that nobody is entered twice."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from goldthread.access import relations
from goldthread.access.acts import Act
from goldthread.access.notices import own_supervisors
from goldthread.access.rules import the_policy
from goldthread.access.scopes import clients
from goldthread.access.viewer import Viewer
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.models import Person

SALT = "goldthread.access.outside"
PASS_MINUTES = 15
"""For how long after a search the page that breaks glass can be opened."""
NEVER_HINTED = Label.DOMESTIC_VIOLENCE | Label.SEALED
"""Even that such a person is known here could lead somebody to them."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What is said instead of a match. ``token`` opens the page that breaks glass, for a role that may; else it is empty."""

    words: str
    client: UUID
    token: str

    def __str__(self) -> str:
        return self.words


def outside_answer(viewer: Viewer, text: str, found: object = ()) -> Outside | None:
    """Somebody known here matches *text* strongly, and the viewer may not find them: whom to ask. Audited. None otherwise.

    People under domestic violence or sealed labels are never hinted at, nor are people blocked for the viewer.
    """
    match = _strong_match(viewer, text)
    return _answer(viewer, match) if match else None


def _strong_match(viewer: Viewer, text: str) -> UUID | None:
    """A client with exactly this full name, first name first or last, whom the viewer may not find."""
    words = folded(text).split()
    if len(words) < 2:
        return None
    keys = {" ".join(words), " ".join([words[-1], *words[:-1]])}
    among = Person.objects.filter(client_number__isnull=False, sort_key__in=keys).exclude(
        pk__in=relations.blocks(viewer).values("person")
    )
    known = [pk for pk, labels in among.values_list("pk", "labels")[:10] if not labels & NEVER_HINTED]
    seen = set(clients(viewer, Act.FIND).filter(pk__in=known).values_list("pk", flat=True)) if known else set()
    return next((pk for pk in known if pk not in seen), None)


def folded(text: str) -> str:
    """*text* without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def token_for(viewer: Viewer, client: UUID) -> str:
    """A signed word, for this viewer and this client, that a search has just hinted at them."""
    return signing.dumps([str(viewer.staff.pk), str(client)], salt=SALT)


def token_fits(viewer: Viewer, client: UUID, token: str) -> bool:
    """Was *token* made for this viewer and this client in the last minutes?"""
    try:
        said = signing.loads(token, salt=SALT, max_age=PASS_MINUTES * 60)
    except signing.BadSignature:
        return False
    return bool(said == [str(viewer.staff.pk), str(client)])


def _words(viewer: Viewer) -> str:
    agency = Agency.objects.first()
    asked = agency.ask_about_matches if agency else ""
    asked = asked or ", ".join(staff.name for staff in own_supervisors(viewer)[:2]) or _("your supervisor")
    return _("Someone may already know this person: ask %(who)s.") % {"who": asked}


def _answer(viewer: Viewer, client: UUID) -> Outside:
    record(by=viewer.actor, action="access.hinted", kind="person", object_id=client, client=client)
    may_break = bool(the_policy().ways(viewer.roles, Act.BREAK_GLASS))
    return Outside(_words(viewer), client, token_for(viewer, client) if may_break else "")
