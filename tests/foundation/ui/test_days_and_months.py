"""The names of months and days are Django's. A message of ours that says the same without a context takes their place in dates: *May*
over a column of what a role may do made the first of May *1 de Puede*."""

import calendar
import re
from pathlib import Path

ROOT = Path(__file__).parents[3] / "goldthread"
NAMES = {*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr} - {""}
SAID = re.compile(r"""(?:translate |[^p]gettext\(|gettext_lazy\(|\b_\()["'](\w+)["'](?! context)""")


def test_no_message_of_ours_is_the_name_of_a_month_or_day() -> None:
    said = {
        (path.name, word)
        for path in ROOT.rglob("*")
        if path.suffix in (".html", ".py")
        for word in SAID.findall(path.read_text())
        if word in NAMES
    }
    assert said == set()
