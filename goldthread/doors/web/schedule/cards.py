"""Appointments of the calendar as HTML, made in Python: a week has dozens, and in a template each one costs five times as much.

Every function here answers with HTML in which each value has been escaped.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.doors.web.schedule.lines import Line
from goldthread.foundation.ui.templatetags.gold import icon


def cards(lines: Iterable[Line], token: str) -> SafeString:
    """*lines* as the items of a day's list. *token*: of the forms (CSRF)."""
    return mark_safe("".join([f"<li>{_card(line, token)}</li>" for line in lines]))  # noqa: S308  escaped below


def happened(line: Line, back: str, token: str) -> SafeString:
    """What became of it, in one click: a note, *kept*, *not kept*. *back*: where one comes from."""
    which = f'<span class="vh">: {escape(line.start)} {escape(line.who)}</span>'
    page = escape(line.page)
    note = (
        f'<a class="btn sm" href="{escape(line.note)}">{icon("note")}{escape(_("Note"))}{which}</a>'
        if line.note
        else ""
    )
    kept = f'<button class="btn sm" name="state" value="kept">{icon("check")}{escape(_("Kept"))}{which}</button>'
    missed = f'<a class="btn sm bare" href="{page}#settle">{escape(_("Not kept"))}{which}</a>'
    hidden = _hidden("csrfmiddlewaretoken", token) + _hidden("back", back)
    form = f'<form class="row happened" method="post" action="{page}settle/">{hidden}{note}{kept}{missed}</form>'
    return mark_safe(form)  # noqa: S308  escaped above


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _card(line: Line, token: str) -> str:
    classes = f"appointment{' off' if line.off else ''}{' busy' if line.busy else ''}"
    ends = f'<span class="small soft nb">{escape(_("to"))} {escape(line.end)}</span>'
    inside = f'<p class="soft">{icon("lock")} {escape(_("Busy"))}</p>' if line.busy else _told(line, token)
    return f'<article class="{classes}"><p class="when"><b>{escape(line.start)}</b> {ends}</p>{inside}</article>'


def _told(line: Line, token: str) -> str:
    return "".join([_who(line), *_about(line), _became(line, token)])


def _who(line: Line) -> str:
    link, what = f'<p><a class="who" href="{escape(line.page)}">', escape(line.what)
    if not line.who:
        return f"{link}{what}</a></p>"
    return f'{link}{escape(line.who)}</a></p><p class="small">{what}</p>'


def _about(line: Line) -> Iterable[str]:
    """Where, for whom, with whom, and a ride of which nobody knows yet."""
    if line.row.place:
        yield f'<p class="small soft">{icon("pin")} {escape(line.row.place)}</p>'
    if line.instead:
        words = escape(_("for %(who)s") % {"who": line.instead})
        yield f'<p><span class="tag blue">{icon("swap")}{words}</span></p>'
    if line.others:
        yield f'<p class="small soft">{icon("people")} {escape(_("with"))} {escape(", ".join(line.others))}</p>'
    if line.ride_open:
        yield f'<p><span class="tag amber">{icon("alert")}{escape(_("Ride not confirmed"))}</span></p>'


def _became(line: Line, token: str) -> str:
    if line.open:
        return happened(line, "week", token) if line.begun else ""
    tone, drawing, words = line.state
    return f'<p><span class="tag {tone}">{icon(drawing)}{escape(words)}</span></p>'
