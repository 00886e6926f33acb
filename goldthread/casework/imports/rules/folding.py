"""Two rows of one person: the first says who they are, what the later ones say besides is added, and nothing is lost. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goldthread.casework.imports.rules.fields import FIELDS
from goldthread.casework.imports.rules.rows import Client
from goldthread.people.persons.enums import NameKind
from goldthread.people.persons.rules import bare


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
    _fold_about(first, later, row)
    kinds = {name["kind"] for name in first.names}
    first.names += [name for name in later.names if name["kind"] not in kinds]
    _fold_reach(first, later)
    numbers = {(one["kind"], bare(one["value"])) for one in first.numbers}
    first.numbers += [one for one in later.numbers if (one["kind"], bare(one["value"])) not in numbers]
    first.address = first.address or later.address
    first.old_number = first.old_number or later.old_number
    if not first.household:
        first.household, first.role = later.household, later.role
    first.since = min(filter(None, (first.since, later.since)), default=None)
    first.worker = first.worker or later.worker


def _fold_about(first: Client, later: Client, row: int) -> None:
    """What *first* does not say. A gender goes with its words, and a day with how sure it is; a death before the birth does
    not fit, and stays with what was said in additional information."""
    about = dict(later.about)
    for key, along in (("gender", "gender_words"), ("birth_date", "birth_date_kind")):
        if key in first.about:
            about.pop(along, None)
    first.about = about | first.about
    born, died = first.about.get("birth_date"), first.about.get("died_on")
    if born and died and died < born:
        del first.about["died_on"]
        first.kept[_("%(what)s (row %(row)d)") % {"what": FIELDS["died_on"].title, "row": row}] = died.isoformat()


def _fold_reach(first: Client, later: Client) -> None:
    known = {point["value"]: point for point in first.reach}
    for point in later.reach:
        there = known.get(point["value"])
        if there is None:
            first.reach.append(point)
        elif point["note"] and point["note"] not in there["note"]:
            there["note"] = "; ".join(filter(None, (there["note"], point["note"])))[:200]


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
    for name in client.names[1:]:
        key = "preferred" if name["kind"] == NameKind.PREFERRED else "former"
        yield key, name["given"] if key == "preferred" else name["family"]
    for key in ("pronouns", "sex", "language", "interpreter"):
        yield key, str(client.about.get(key, ""))
    yield "gender", str(client.about.get("gender_words") or client.about.get("gender", ""))
    yield "race_ethnicity", ", ".join(client.about.get("race_ethnicity", ()))
    yield "worker", client.worker
    if client.address:
        yield "address", ", ".join(text for text in client.address.values() if text)
    yield "old_number", client.old_number
    yield "household_number", client.household
    yield "client_since", client.since.isoformat() if client.since else ""
