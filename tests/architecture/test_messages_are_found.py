"""What collects messages for translation knows functions by their names: under another name a message would stay English for ever."""

import re

from tests.architecture.tree import name_of, tracked

KNOWN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
RENAMED = re.compile(r"^from django\.utils\.translation import .*?\b\w*gettext\w* as (\w+)", re.MULTILINE)


def test_no_function_that_translates_has_a_name_of_its_own() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in tracked(".py")
        for name in RENAMED.findall(path.read_text("utf-8"))
        if name not in KNOWN
    ]
    assert found == []
