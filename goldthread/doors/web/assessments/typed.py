"""What a form sends, read as what a page says of single items. The forms' names: ``a:KEY`` an answer, ``u:KEY`` its unit,
``t:KEY`` the time beside a date, ``o:KEY`` words of their own, ``s:KEY`` why there is none.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from django.http import QueryDict

from goldthread.casework.assessments.changes import Said, key_is_of
from goldthread.casework.assessments.enums import Skipped
from goldthread.casework.assessments.rules.answers import Answer, from_form, places
from goldthread.casework.assessments.rules.definition import Item, ItemType, Questionnaire

OWN = "::own"
"""The option *something else* of an open choice."""
LONGEST = 20_000
"""Characters of one answer."""
REFERS = ("RelatedPerson", "Person", "Patient", "Practitioner")


class Reader:
    """Reads one form. *people*: whom a reference may name, by id; *zone*: in which times were typed."""

    def __init__(self, questionnaire: Questionnaire, sent: QueryDict, people: Mapping[str, str], zone: tzinfo) -> None:
        self.questionnaire, self.sent, self.people, self.zone = questionnaire, sent, people, zone

    def named(self, keys: Iterable[str]) -> dict[str, Said]:
        """What the form says of the items *keys*; those that are none, or that nobody types, are left out."""
        found = {}
        for key in keys:
            item = key_is_of(self.questionnaire, key)
            if item is not None and is_typed(item):
                found[key] = self.said(item, key)
        return found

    def whole(self, answers: Mapping[str, list[Answer]]) -> dict[str, Said]:
        """What the form says of everything that a page with *answers* shows."""
        shown = [place.key for place in places(self.questionnaire, answers) if is_typed(place.item)]
        return self.named(shown)

    def said(self, item: Item, key: str) -> Said:
        """What the form says of *item* at *key*."""
        skipped = self.sent.get(f"s:{key}", "")
        return Said(self._answers(item, key), skipped if skipped in Skipped.values else "")

    def _answers(self, item: Item, key: str) -> list[Answer]:
        texts = [clean(text) for text in self.sent.getlist(f"a:{key}")]
        if item.type is ItemType.REFERENCE and not item.options:
            return [self._person(item, text) for text in texts if text in self.people]
        if item.type is ItemType.DATE_TIME:
            times = self.sent.getlist(f"t:{key}")
            texts = [self._moment(text, times[n] if n < len(times) else "") for n, text in enumerate(texts)]
        elif item.type is ItemType.TIME:
            texts = [f"{text}:00" if len(text) == 5 else text for text in texts]
        elif item.type is ItemType.OPEN_CHOICE:
            texts = self._with_own(item, key, texts)
        elif item.type is ItemType.CHOICE:
            texts = [token_of(item, text) for text in texts]
        return from_form(item, texts, clean(self.sent.get(f"u:{key}", "")))

    def _with_own(self, item: Item, key: str, texts: list[str]) -> list[str]:
        own = [text for text in map(clean, self.sent.getlist(f"o:{key}")) if text]
        chosen = [token_of(item, text) for text in texts if text and text != OWN]
        if item.many:
            return [*chosen, *own]
        return own if OWN in texts or not chosen else chosen

    def _person(self, item: Item, pk: str) -> Answer:
        kind = next((one for one in REFERS if one in item.reference_to), REFERS[0])
        return {"valueReference": {"reference": f"{kind}/{pk}", "display": self.people[pk]}}

    def _moment(self, day: str, time: str) -> str:
        if not day or not time:
            return day
        try:
            local = datetime.fromisoformat(f"{day}T{clean(time)}")
        except ValueError:
            return f"{day} {clean(time)}"
        return local.replace(tzinfo=self.zone).isoformat(timespec="seconds")


def is_typed(item: Item) -> bool:
    """Does somebody type it? Not what is worked out, what is hidden, nor files, which are sent apart."""
    return (
        item.type.is_question
        and item.type is not ItemType.ATTACHMENT
        and not item.read_only
        and not item.hidden
        and not item.calculated
    )


def token_of(item: Item, text: str) -> str:
    """The token of the option that is called *text* (typed beside a long list), else *text* itself."""
    if any(option.token == text for option in item.options):
        return text
    words = text.casefold()
    named = (
        o
        for o in item.options
        if words in (o.text.plain.casefold(), *(w.casefold() for w in o.text.translations.values()))
    )
    return next((option.token for option in named), text)


def clean(text: str) -> str:
    """*text* without what no database keeps, and no longer than an answer may be."""
    return text.replace("\0", "").replace("\r\n", "\n")[:LONGEST].strip()
