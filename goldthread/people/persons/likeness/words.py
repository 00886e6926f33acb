"""Why two people may be one, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from goldthread.people.persons.likeness.comparing import Level, Score
from goldthread.people.persons.likeness.weights import bits_of

_WORDS: Mapping[Level, Callable[[], str]] = {
    ("given", "same"): lambda: _("same first name"),
    ("given", "nickname"): lambda: _("first name and nickname"),
    ("given", "slip"): lambda: _("first name off by a letter"),
    ("given", "first_letter"): lambda: _("first name off by a letter"),
    ("given", "sound"): lambda: _("first name sounds alike"),
    ("given", "close"): lambda: _("first name spelled alike"),
    ("given", "part"): lambda: _("part of the first name"),
    ("given", "initial"): lambda: _("same initial"),
    ("given", "near"): lambda: _("another first name"),
    ("given", "different"): lambda: _("another first name"),
    ("family", "same"): lambda: _("same last name"),
    ("family", "slip"): lambda: _("last name off by a letter"),
    ("family", "sound"): lambda: _("last name sounds alike"),
    ("family", "close"): lambda: _("last name spelled alike"),
    ("family", "part"): lambda: _("part of the last name"),
    ("family", "initial"): lambda: _("same initial of the last name"),
    ("family", "near"): lambda: _("last name somewhat alike"),
    ("family", "different"): lambda: _("another last name"),
    ("name", "swapped"): lambda: _("first and last name swapped"),
    ("name", "swapped_half"): lambda: _("first name given as last name, or the other way round"),
    ("former", "same"): lambda: _("by a former name or nickname"),
    ("middle", "same"): lambda: _("same middle name"),
    ("middle", "different"): lambda: _("another middle name"),
    ("suffix", "different"): lambda: _("another suffix (Jr., Sr.): perhaps father and son"),
    ("birth", "same"): lambda: _("same date of birth"),
    ("birth", "swapped"): lambda: _("day and month of birth swapped"),
    ("birth", "slip"): lambda: _("date of birth off by a digit"),
    ("birth", "two_slips"): lambda: _("date of birth off by two digits"),
    ("birth", "same_month"): lambda: _("same month of birth"),
    ("birth", "same_year"): lambda: _("same year of birth"),
    ("birth", "near_year"): lambda: _("year of birth about the same"),
    ("birth", "part"): lambda: _("another date of birth"),
    ("birth", "different"): lambda: _("another date of birth"),
    ("phone", "same"): lambda: _("same phone number"),
    ("email", "same"): lambda: _("same email"),
    ("number", "same"): lambda: _("same identifying number"),
    ("number", "different"): lambda: _("another number of the same kind"),
    ("person", "twins"): lambda: _("perhaps a twin: same birthday and last name, another first name"),
    ("person", "household"): lambda: _("perhaps of one family: another first name and birthday"),
    ("person", "twins_in_name"): lambda: _("perhaps a twin: first names that rhyme"),
}
_SAME_ADDRESS = 8.0
"""Bits of a house and a street, or more."""


def why(score: Score) -> tuple[str, ...]:
    """What speaks for one person and what against, in words: the name first."""
    levels = dict(score.levels)
    said = []
    if levels.get("given") == levels.get("family") == "same":
        said.append(_("same name"))
        levels = {field: how for field, how in levels.items() if field not in ("given", "family")}
    said += [_WORDS[level]() for level in levels.items() if level in _WORDS]
    where = _where(levels)
    return tuple(dict.fromkeys([*said, where] if where else said))


def _where(levels: Mapping[str, str]) -> str:
    """Of the address: nothing when it is another, for people move."""
    house = sum(bits_of((field, levels[field])) for field in ("house", "street", "unit") if field in levels)
    if house >= _SAME_ADDRESS and levels.get("house") in (None, "same"):
        return _("same address")
    if house >= _SAME_ADDRESS:
        return _("same street")
    return _("same ZIP code") if levels.get("postal") == "same" else ""
