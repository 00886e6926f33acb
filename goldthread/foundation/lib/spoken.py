"""Words of programs in the language of who reads them.

What a program calls its rules, contacts and ways out is data of the agency. As long as it is worded as in a template that is shipped, the catalogues
have it in every language; what an agency wrote itself stays as it wrote it.
"""

from django.utils.translation import gettext, pgettext, pgettext_lazy

PROGRAM = "program"
"""The context of these words in the catalogues, so that no label of a screen is taken for one of them."""

UNSAID = pgettext_lazy("program", "client")
"""What who is served is called where a template says nothing: no file has it, so it is collected from here."""


AFTERCARE = "Aftercare: "
"""What the title of a task begins with that asks for a contact of aftercare. It is kept in English, whoever made it, and said to each reader."""


def spoken(words: str) -> str:
    """*words* of a program in the reader's language, where they are a shipped template's."""
    if words.startswith(AFTERCARE):
        return gettext("Aftercare: %(title)s") % {"title": spoken(words.removeprefix(AFTERCARE))}
    return pgettext(PROGRAM, words) if words else words
