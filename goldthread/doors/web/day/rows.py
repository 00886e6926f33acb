"""The lines of My day as HTML, made in Python: in a template each of some fifty takes six times as long (docs/measurements.md).

Every function here answers with HTML in which each value has been escaped; plain strings until the whole is marked as safe.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goldthread.doors.web.day.lines import Line
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.templatetags.gold import icon


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is the same in every line of a language: words (escaped) and drawings."""

    schedule: str
    done: str
    more: str
    calendar: str
    dots: str


def html_of(lines: Iterable[Line], token: str, today: date) -> SafeString:
    """*lines* as items of a list. *token*: against forged requests, for those that are ticked off in place on *today*."""
    fixed = _fixed(get_language())
    hidden = (
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        f'<input type="hidden" name="do" value="done"><input type="hidden" name="done_on" value="{today.isoformat()}">'
        '<input type="hidden" name="back" value="day">'
    )
    return mark_safe("\n".join([line_html(line, hidden, fixed) for line in lines]))  # noqa: S308  escaped below, value by value


def line_html(line: Line, hidden: str, fixed: Fixed) -> str:
    """Whom it is about, what is to be done, why, by when, and what to press. *hidden*: the fields of the form that ticks it off."""
    task = line.task
    client = escape(task.client.display_name) if task.client else ""
    title, page, why = escape(spoken(task.title)), escape(line.page), escape(line.why)
    about = f'<span class="vh">: {client}, {title}</span>'
    who = f'<a class="who" href="{_brief(line)}">{client}</a>' if task.client_id else '<span class="who soft">—</span>'
    plain = "" if why or line.cover_for or line.booked else " plain"
    cover = f'<span class="tag blue">{escape(line.cover_for)}</span> ' if line.cover_for else ""
    return (
        f'<li class="task{plain}">{who}<a class="what" href="{page}">{title}</a>'
        f'<span class="why">{cover}{_booked(line, fixed)}{why}</span>'
        f'<span class="due {line.tone}">{escape(line.due)}</span>'
        f'<span class="act">{_schedule(line, about, fixed)}{_button(line, page, about, hidden, fixed)}'
        f'<a class="btn sm bare" href="{page}">{fixed.dots}<span class="vh">{fixed.more}: {client}, {title}</span></a></span></li>'
    )


def _brief(line: Line) -> str:
    return address("clients:brief", line.task.client_id)


def _booked(line: Line, fixed: Fixed) -> str:
    if not line.booked:
        return ""
    return f'<a class="tag pine" href="{escape(line.booked)}">{fixed.calendar}{escape(line.booked_words)}</a> '


def _schedule(line: Line, about: str, fixed: Fixed) -> str:
    if not line.schedule:
        return ""
    return f'<a class="btn sm" href="{escape(line.schedule)}">{fixed.schedule}{about}</a>'


def _button(line: Line, page: str, about: str, hidden: str, fixed: Fixed) -> str:
    if line.ticks:
        return f'<form method="post" action="{page}">{hidden}<button class="btn sm">{fixed.done}{about}</button></form>'
    return f'<a class="btn sm" href="{escape(line.do)}">{escape(line.do_words)}{about}</a>'


@cache
def _fixed(_language: str | None) -> Fixed:
    return Fixed(
        schedule=escape(_("Schedule")),
        done=escape(_("Done")),
        more=escape(_("Why, put off, give away, can’t be done")),  # noqa: RUF001  an apostrophe
        calendar=icon("cal"),
        dots=icon("dots"),
    )
