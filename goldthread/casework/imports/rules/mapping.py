"""What must be known of the columns of a file, and maps that say it. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.rules.fields import KEEP, LEAVE, SHORTCUTS, fields_of
from goldthread.casework.imports.rules.guessing import field_for, squeezed
from goldthread.casework.imports.rules.rows import NUMBERS
from goldthread.foundation.lib.errors import DomainError


def check_fields(fields: Mapping[str, str], what: str) -> None:
    """DomainError where *fields* (caption → key) do not say what a row that is *what* cannot do without, or two columns are what there
    is only one of."""
    keys = set(fields.values())
    _check_once(fields, what)
    if what == What.CLIENTS:
        if not keys & {"name", "given", "family"}:
            raise DomainError(_("Say which column holds the name."), "fields")
        return
    named = keys & {"name", "given", "family"} and "birth_date" in keys
    if not (named or keys & {"old_number", "client_number", "household_number", *NUMBERS}):
        raise DomainError(
            _("Say by which column clients are found: a number, or the name and the date of birth."), "fields"
        )
    if what == What.EPISODES and not {"program", "opened"} <= keys:
        raise DomainError(_("Say which columns hold the program and the first day."), "fields")
    if what == What.CONTACTS and "day" not in keys:
        raise DomainError(_("Say which column holds the day."), "fields")


def _check_once(fields: Mapping[str, str], what: str) -> None:
    known = fields_of(what)
    used: dict[str, str] = {}
    for caption, key in fields.items():
        if key not in known or known[key].several:
            continue
        if key in used:
            said = {"one": used[key], "other": caption, "field": known[key].title}
            raise DomainError(_("“%(one)s” and “%(other)s” cannot both be: %(field)s.") % said, "fields")
        used[key] = caption


def read_map(given: Any, captions: list[str], what: str = What.CLIENTS) -> dict[str, str]:
    """The field of each caption, by a map ``{"column": "field"}``: keys of fields_of(what) or words for them; columns that the map
    does not name are kept as additional information. DomainError for a column or field that is not there."""
    if not isinstance(given, dict):
        raise DomainError(_('A map is {"column": "field"}.'))
    by_words = {squeezed(caption): caption for caption in captions}
    fields = dict.fromkeys(captions, KEEP)
    for column, name in given.items():
        caption = column if column in fields else by_words.get(squeezed(str(column)))
        if caption is None:
            raise DomainError(_("The map names a column that the file has not: %(column)s") % {"column": column})
        fields[caption] = _key(str(name or "").strip(), what)
    return fields


def _key(word: str, what: str) -> str:
    """The field that *word* of a map means."""
    offered = {*fields_of(what), KEEP, LEAVE}
    if word in offered:
        return word
    short = SHORTCUTS.get(word.lower())
    key = short if short in offered else field_for(word, what)
    if key == KEEP and word.lower() not in (KEEP, "additional"):
        raise DomainError(_("The map names a field that there is not: %(field)s") % {"field": word})
    return key
