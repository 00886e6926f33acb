"""Rows as people are compared, and who of the people known here may be told."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.lookups import Exact

from goldthread.casework.imports.rules.rows import Client
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import ContactKind, DateKind
from goldthread.people.persons.likeness import Described, Score
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import Typed

NEVER = int(Label.DOMESTIC_VIOLENCE | Label.SEALED)


def who_may_be_told() -> QuerySet[Person]:
    """Clients. That somebody under domestic violence or a sealed label is known is itself not told."""
    return Person.objects.filter(Exact(F("labels").bitand(NEVER), 0), client_number__isnull=False)


def kept_score(score: Score | None) -> list[Any]:
    """Why two may be one, as it is kept: put into the reader's words when it is shown (likeness.words)."""
    return [[field, how] for field, how in score.levels] if score else []


def described(client: Client) -> Described:
    """A row as people are compared."""
    legal, *others = client.names or [{}]
    said = {name["kind"]: name for name in others}
    former = said.get("former")
    typed = Typed(
        **{part: legal.get(part, "") for part in ("given", "family", "middle", "suffix")},
        preferred=said.get("preferred", {}).get("given", ""),
        former=[(former["given"], former["family"])] if former else (),
        birth_date=client.about.get("birth_date"),
        birth_date_kind=client.about.get("birth_date_kind", DateKind.EXACT),
        phones=[point["value"] for point in client.reach if point["kind"] != ContactKind.EMAIL],
        emails=[point["value"] for point in client.reach if point["kind"] == ContactKind.EMAIL],
        **client.address,
        numbers=[(one["kind"], one["value"]) for one in client.numbers],
    )
    return typed.described()
