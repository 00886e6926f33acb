"""Reading files on their way in."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import ColumnMemory, Import
from goldthread.casework.imports.rules.cells import order_of
from goldthread.casework.imports.rules.fields import LEAVE
from goldthread.casework.imports.rules.guessing import guessed, squeezed
from goldthread.casework.imports.rules.rows import Reading, dates_of
from goldthread.casework.imports.rules.saying import looked_of
from goldthread.casework.imports.rules.sheets import Sheet, read_file
from goldthread.casework.imports.rules.tables import Table, table_of
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import Tampered
from goldthread.foundation.lib.errors import DomainError


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, read: its sheet, its table, and how its cells are understood. ``shown``: do its days show their order?"""

    sheet: Sheet
    table: Table
    reading: Reading
    shown: bool


def opened(run: Import, by: Actor) -> Opened:
    """The file of *run*, read as was found or chosen. DomainError: it holds no table."""
    return opened_bytes(bytes_of(run), run.reading, run.fields, by, what=run.what)


def looked(file: Opened) -> dict[str, Any]:
    """What the page shows on which the columns of *file* are matched."""
    return looked_of(file.table, file.reading, sheet=file.sheet, shown=file.shown)


def bytes_of(run: Import) -> bytes:
    """The file of *run* as it came. DomainError: it is not there, or was changed."""
    try:
        return read(run.file)
    except (FileNotFoundError, Tampered) as error:
        raise DomainError(_("The file is no longer here, or is damaged. Bring it once more.")) from error


def opened_bytes(
    data: bytes, chosen: dict[str, Any], fields: dict[str, str], by: Actor, *, what: str = What.CLIENTS
) -> Opened:
    """The file in *data*, whose rows are *what*; *chosen*: delimiter, sheet, header, order; *fields*: caption → key, guessed where
    empty."""
    sheet = read_file(data, delimiter=chosen.get("delimiter", ""), sheet=chosen.get("sheet", ""))
    table = table_of(sheet, header=chosen.get("header"))
    fields = fields or guess(table, what)
    agency = the_agency()
    country = agency.holiday_country if agency else "US"
    found, shown = order_of(dates_of(table, fields), country)
    reading = Reading(fields, chosen.get("order") or found, country, by.today, frozenset(sheet.unreckoned))
    return Opened(sheet, table, reading, shown)


def guess(table: Table, what: str = What.CLIENTS) -> dict[str, str]:
    """A field for each caption: what it meant here the last time, else what its words say."""
    captions = [column.caption for column in table.columns]
    words = {caption: remembered(caption, what) for caption in captions}
    known = dict(ColumnMemory.objects.filter(caption__in=words.values()).values_list("caption", "field"))
    said = {caption: known[words[caption]] for caption in captions if words[caption] in known}
    ours = _("Why it is refused")  # beside the rows of the sheet to mend
    return guessed(captions, what, said | {caption: LEAVE for caption in captions if caption == ours})


def remembered(caption: str, what: str) -> str:
    """Under which the meaning of *caption* is remembered: *date* of an enrollment is not that of a contact."""
    return (squeezed(caption) if what == What.CLIENTS else f"{what}: {squeezed(caption)}")[:120]


def with_fields(opened: Opened, fields: dict[str, str]) -> Opened:
    """*opened* with other *fields*; the order of days is found out again from the columns that are days now."""
    order, shown = order_of(dates_of(opened.table, fields), opened.reading.country)
    return replace(opened, reading=replace(opened.reading, fields=fields, order=order), shown=shown)
