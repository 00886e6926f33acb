"""Two rows of one person: the first says who they are, what the later ones say besides is added, and nothing is lost. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.fields import FIELDS
from goldthread.casework.imports.rules.rows import Client


def fold(first: Client, later: Client, row: int) -> None:
    """Add to *first* what *later* (row number *row*) knows besides. What both say differently is kept as additional information."""
    for caption, text in said(later).items():
        known = said(first).get(caption)
        if known is not None and known.casefold() != text.casefold():
            first.kept[_("%(what)s (row %(row)d)") % {"what": caption, "row": row}] = text
    for caption, text in later.kept.items():
        if caption not in first.kept:
            first.kept[caption] = text
        elif first.kept[caption] != text:
            first.kept[_("%(what)s (row %(row)d)") % {"what": caption, "row": row}] = text
    first.about = later.about | first.about
    known_reach = {point["value"] for point in first.reach}
    first.reach += [point for point in later.reach if point["value"] not in known_reach]
    kinds = {one["kind"] for one in first.numbers}
    first.numbers += [one for one in later.numbers if one["kind"] not in kinds]
    first.address = first.address or later.address
    first.old_number = first.old_number or later.old_number
    first.since = min(filter(None, (first.since, later.since)), default=None)
    first.worker = first.worker or later.worker


def what_was_said(client: Client) -> dict[str, str]:
    """Everything a row says, as additional information: for somebody who is known here, whose record stays as it is.
    Numbers are left out: they are kept sealed, or not at all."""
    reach = {_("Phone or email"): "; ".join(point["value"] for point in client.reach)} if client.reach else {}
    return said(client) | reach | client.kept


def said(client: Client) -> dict[str, str]:
    """What there is one of, in words, by the title of its field."""
    return {str(FIELDS[key].title): text for key, text in _said(client) if text}


def _said(client: Client) -> Iterator[tuple[str, str]]:
    for name in client.names[:1]:
        yield "name", " ".join(name[part] for part in ("given", "middle", "family", "suffix") if name.get(part))
    for key in ("birth_date", "died_on"):
        if key in client.about:
            yield key, client.about[key].isoformat()
    for key in ("sex", "gender", "language"):
        yield key, str(client.about.get(key, ""))
    if client.address:
        yield "address", ", ".join(text for text in client.address.values() if text)
    yield "old_number", client.old_number
    yield "client_since", client.since.isoformat() if client.since else ""
