"""The rows of the client list as HTML, made in Python: a page of 50 clients has 300 cells, and in a template each one
costs six times as much (docs/measurements.md).

Every function here answers with HTML in which each value has been escaped. Plain strings until the whole is marked as
safe: to ask of each value whether it is safe, lazy or a number takes longer than to escape it.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.doors.web.clients.columns import Row
from goldthread.doors.web.clients.header import RED_ALERTS
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.templatetags.gold import icon


def html_of(rows: Iterable[Row]) -> SafeString:
    """*rows* as rows of the table."""
    return mark_safe("".join(map(row_html, rows)))  # noqa: S308  escaped below, value by value


def row_html(row: Row) -> str:
    """The name, which leads to the client, and the cells, each of the class of its column."""
    name, link = escape(row.client.display_name), address("clients:brief", row.client.pk)
    cover = f' <span class="tag blue">{escape(_cover(row))}</span>' if row.cover_for else ""
    died = f' <span class="tag">{escape(_("has died"))}</span>' if row.client.deceased else ""
    cells = "".join([f'<td class="c-{key}">{cell_html(row, key, value)}</td>' for key, value in row.cells])
    return f'<tr><th scope="row"><a href="{link}">{name}</a>{cover}{died}</th>{cells}</tr>\n'


def _cover(row: Row) -> str:
    return _("cover for %(who)s") % {"who": row.cover_for}


def cell_html(row: Row, key: str, value: Any) -> str:
    """One cell: its value escaped, or richer where the column has more to say."""
    richer = RICHER.get(key)
    if richer:
        return richer(row, value)
    return "" if value is None else escape(str(value))


def _phone(row: Row, value: Any) -> str:
    if row.phone is None:
        return ""
    number = escape(value)
    if row.phone.safe_to_call:
        return f'<a href="tel:{number}">{number}</a>'
    warning = escape(_("do not call"))
    return f'<span class="amber nb">{icon("chat")} {number}<span class="vh"> {warning}</span></span>'


def _alerts(row: Row, value: Any) -> str:
    return "".join(
        f'<span class="tag {"red" if alert.kind in RED_ALERTS else "amber"}">{icon("alert")}{escape(alert.short)}</span> '
        for alert in row.alerts
    )


def _worker(row: Row, value: Any) -> str:
    return escape(value) if value else f'<span class="soft">{escape(_("no worker"))}</span>'


def _due(row: Row, value: Any) -> str:
    """*11/16/2026 · 3 days late · 2 are late*: the day, and in red what is late of it all."""
    if not row.late:
        return escape(value or "")
    by = ngettext("%(days)d day late", "%(days)d days late", row.days_late) % {"days": row.days_late}
    many = ngettext("%(many)d is late", "%(many)d are late", row.late) % {"many": row.late}
    said = [by if row.days_late else _("late since today"), *([many] if row.late > 1 else [])]
    return f'<span class="nb">{escape(value)}</span> <b class="red">{escape(" · ".join(said))}</b>'


RICHER: dict[str, Callable[[Row, Any], str]] = {"phone": _phone, "alerts": _alerts, "worker": _worker, "due": _due}
