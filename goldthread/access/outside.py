"""A person may be known here whom the viewer may not find: what they are told, so that nobody is entered twice."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import F
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from goldthread.access import relations
from goldthread.access.acts import Act
from goldthread.access.notices import own_supervisors
from goldthread.access.rules import ways_of
from goldthread.access.scopes import scope
from goldthread.access.viewer import Viewer
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.matches import outside_match

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
    return hint(viewer, match) if match else None


def _strong_match(viewer: Viewer, text: str) -> UUID | None:
    """A client whom *text* describes beyond doubt, and whom the viewer may not find."""
    if not any(letter.isdigit() for letter in text):
        return None  # a name alone is never beyond doubt; most searches end here, without a query
    hidden = Exact(F("labels").bitand(int(NEVER_HINTED)), 0)
    reach = scope(viewer, Act.FIND)
    among = Person.objects.filter(hidden, client_number__isnull=False).exclude(
        pk__in=relations.blocks(viewer).values("person")
    )
    if reach.small:
        among = among.exclude(pk__in=reach.persons.values("pk"))
    match = outside_match(text, among, viewer.today)
    if match is None or reach.persons.filter(pk=match.pk).exists():
        return None
    return match.pk


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


def hint(viewer: Viewer, client: UUID) -> Outside:
    """What *viewer* is told of *client*, whom they may not find. Audited."""
    record(by=viewer.actor, action="access.hinted", kind="person", object_id=client, client=client)
    may_break = bool(ways_of(viewer.roles, Act.BREAK_GLASS))
    return Outside(_words(viewer), client, token_for(viewer, client) if may_break else "")
