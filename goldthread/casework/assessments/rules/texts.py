"""Words and addresses of a definition: plain, shown escaped; what tries to be a program is refused."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.extensions import extensions_of
from goldthread.casework.assessments.rules.model import Json, Text
from goldthread.casework.assessments.rules.notes import Notes

SCRIPT = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|style|link|meta|form)\b|javascript\s*:|<[a-z][^<>]{0,200}\son[a-z]{2,20}\s*=",
    re.IGNORECASE,
)


def check_text(row: Json, text: Text, name: str, link_id: str, notes: Notes) -> None:
    """Note scripts in the words, their translations, and their rendering as XHTML or Markdown."""
    rendered = [_rendered(one) for one in extensions_of(row.get(f"_{name}"))]
    if has_script(text) or any(SCRIPT.search(words) for words in rendered):
        notes.add(link_id, _("has a script in its words"))


def has_script(text: Text) -> bool:
    """Whether the words, or a translation of them, try to be a program."""
    return any(SCRIPT.search(words) for words in (text.plain, *text.translations.values()))


def check_address(address: str, link_id: str, notes: Notes) -> None:
    """Note an address that is not one of the web."""
    if not address:
        return
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("http", "https"):
        notes.add(link_id, _("has a link that is not an address of the web: %(address)s") % {"address": address[:80]})


def _rendered(extension: Any) -> str:
    return str(next((value for key, value in extension.items() if key in ("valueString", "valueMarkdown")), ""))
