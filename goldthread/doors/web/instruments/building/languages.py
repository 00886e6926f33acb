"""Every text of a draft in another language: what is there, what is missing, typed beside what it stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.queries.instruments import version_in_use
from goldthread.casework.assessments.rules.building.elements import other_language, own_language
from goldthread.casework.assessments.rules.building.merging import Clash, Difference
from goldthread.casework.assessments.rules.building.wording import Word, languages_in, outdated, translated, words_of
from goldthread.doors.web.assessments.outcome import NOTHING
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import Bench, Content, on_bench, page_of_item
from goldthread.doors.web.instruments.building.differences import Told
from goldthread.doors.web.instruments.building.item_form import name_of
from goldthread.doors.web.instruments.building.rows import typed_rows
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.rules import language_name, languages

A_PAGE = 50
"""Texts on one page."""
ROW = "w"
Typed = dict[tuple[str, str], str]
"""What was typed for a text, and for what stood there before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text with the field for its words in the other language."""

    number: int
    word: Word
    typed: str
    url: str
    on: str
    outdated: bool
    """The text says something else than in the version in use, and the words for it do not."""

    @property
    def height(self) -> int:
        """Lines of the field, where the browser does not fit it to its words."""
        return min(12, 1 + max(len(self.word.plain), len(self.typed)) // 36)


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def words(bench: Bench) -> HttpResponse:
    """The languages, and the texts in the one that the address names (``?in=``); its form is sent here."""
    language = _language(bench)
    if bench.request.method == "POST":
        return _sent(bench, language)
    return _page(bench, language)


def _language(bench: Bench) -> str:
    """The language that is asked for; else one that it has, else the second of the builder."""
    asked = bench.request.GET.get("in", "")
    if asked in _known() and asked != own_language(bench.content):
        return asked
    return next(iter(languages_in(bench.content)), other_language(bench.content))


def _known() -> dict[str, str]:
    return dict(languages())


def _sent(bench: Bench, language: str) -> HttpResponse:
    typed = _typed(bench.request.POST)
    try:
        _save(bench, language, {key: said for key, said in typed.items() if said != key[1]})
    except Clash as clash:
        return _page(bench, language, typed, _told(clash.differences), status=409)
    except DomainError as error:
        return _page(bench, language, typed, wrong=str(error.message), status=422)
    left = sum(not word.said for word in words_of(bench.content, language))
    missing = ngettext("Saved. %(n)s text is still missing.", "Saved. %(n)s texts are still missing.", left)
    tell(bench.request, missing % {"n": left} if left else _("Saved. Nothing is missing."))
    return redirect(_address(bench, language, _shown_from(bench), missing=_only_missing(bench)))


def _typed(sent: QueryDict) -> Typed:
    return {
        (_plain(row.get("plain", "")), _plain(row.get("was", ""))): _plain(row.get("said", ""))
        for row in typed_rows(sent, ROW)
        if row.get("plain")
    }


def _plain(text: str) -> str:
    """A text as it is compared: a form sends other line ends than a file may have, and blanks around say nothing."""
    return text.replace("\r\n", "\n").strip()


def _save(bench: Bench, language: str, wanted: Typed) -> None:
    def change(content: Content, _seen: Content | None) -> Content:
        done: set[tuple[str, str]] = set()

        def say(plain: str, said: str, _item: str) -> str:
            key = _plain(plain), _plain(said)
            if key not in wanted:
                return said
            done.add(key)
            return wanted[key]

        found = translated(content, language, say)
        if lost := _lost(words_of(content, language), wanted, done):
            raise Clash(lost, {})
        return found

    bench.change(Built.WORDS, change, item=language)


def _lost(now: Iterable[Word], wanted: Typed, done: set[tuple[str, str]]) -> list[Difference]:
    """What was typed for texts that are gone, or for which somebody else has typed something since."""
    rows: dict[str, str] = {}
    for word in now:
        rows.setdefault(_plain(word.plain), word.said)
    return [
        Difference(plain, said, rows.get(plain))
        for (plain, was), said in wanted.items()
        if (plain, was) not in done and rows.get(plain) != said
    ]


def _told(differences: Iterable[Difference]) -> list[Told]:
    gone = _("The text is no longer here.")
    return [Told(one.name, gone if one.theirs is None else one.theirs or NOTHING, one.mine) for one in differences]


def _only_missing(bench: Bench) -> bool:
    return bench.request.GET.get("show") == "missing"


def _shown_from(bench: Bench) -> int:
    said = bench.request.GET.get("from", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _address(bench: Bench, language: str, start: int = 0, *, missing: bool = False) -> str:
    query = {"in": language} | ({"show": "missing"} if missing else {}) | ({"from": str(start)} if start else {})
    return f"{reverse('instruments:words', args=[bench.row.pk])}?{urlencode(query)}"


def _page(
    bench: Bench,
    language: str,
    typed: Typed | None = None,
    differences: list[Told] | None = None,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    every, missing, old = words_of(bench.content, language), _only_missing(bench), _outdated(bench, language)
    shown = [word for word in every if not word.said or (word.plain, word.said) in old] if missing else every
    start = _shown_from(bench) if _shown_from(bench) < len(shown) else 0
    lines = [_line(bench, n, word, typed or {}, old) for n, word in enumerate(shown[start : start + A_PAGE])]
    context = {
        "languages": _listed(bench, language),
        "others": _others(bench, language),
        "in_language": language,
        "language_name": language_name(language),
        "lines": lines,
        "total": len(every),
        "missing": sum(not word.said for word in every),
        "outdated": len(old),
        "only_missing": missing,
        "all_url": _address(bench, language),
        "missing_url": _address(bench, language, missing=True),
        "action": _address(bench, language, start, missing=missing),
        "before_url": _address(bench, language, max(0, start - A_PAGE), missing=missing) if start else "",
        "after_url": _address(bench, language, start + A_PAGE, missing=missing) if start + A_PAGE < len(shown) else "",
        "first": start + 1,
        "last_shown": start + len(lines),
        "many": len(shown),
        "differences": differences,
        "wrong_words": wrong,
        "edit": bench.row.edit,
        "who": bench.who(language) if differences else "",
    }
    return bench.show("instruments/building/words.html", "words", context, status)


def _outdated(bench: Bench, language: str) -> frozenset[tuple[str, str]]:
    """What may no longer fit, compared with the version in use; nothing where there is none."""
    in_use = version_in_use(bench.row.instrument.key)
    return outdated(bench.content, in_use.content, language) if in_use else frozenset()


def _line(bench: Bench, number: int, word: Word, typed: Typed, old: frozenset[tuple[str, str]]) -> Line:
    plain = _plain(word.plain)
    said = next((said for (text, was), said in typed.items() if text == plain and said != was), word.said)
    item = bench.items.get(word.item)
    url, on = (page_of_item(bench.row.pk, word.item), name_of(item)) if item else ("", "")
    return Line(number, word, said, url, "" if on == plain else on, (word.plain, word.said) in old)


def _listed(bench: Bench, current: str) -> list[dict[str, Any]]:
    """The languages that it has, those of the screens, and the one that is shown: each with what it lacks."""
    own = own_language(bench.content)
    codes = dict.fromkeys([*languages_in(bench.content), *(code for code, _name in settings.LANGUAGES), current])
    return [_with_count(bench, code, current) for code in codes if code != own]


def _with_count(bench: Bench, code: str, current: str) -> dict[str, Any]:
    every = words_of(bench.content, code)
    return {
        "name": language_name(code),
        "url": _address(bench, code),
        "done": sum(bool(word.said) for word in every),
        "total": len(every),
        "current": code == current,
    }


def _others(bench: Bench, current: str) -> list[tuple[str, str]]:
    """The languages of clients that can be begun."""
    listed = {current, own_language(bench.content), *languages_in(bench.content), *dict(settings.LANGUAGES)}
    return [(code, name) for code, name in languages() if code not in listed and code != "ase"]
