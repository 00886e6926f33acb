"""The rows of the client list as HTML, made in Python: a page of 50 clients has 300 cells, and in a template each one
costs six times as much (docs/measurements.md)."""

from collections.abc import Callable
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.doors.web.clients.columns import Row
from goldthread.doors.web.clients.header import RED_ALERTS
from goldthread.foundation.ui.templatetags.gold import icon

ANYBODY = UUID(int=0)


def with_html(rows: list[Row]) -> list[Row]:
    """*rows*, each with its HTML."""
    before, after = reverse("clients:brief", args=[ANYBODY]).split(str(ANYBODY))
    for row in rows:
        row.html = row_html(row, f"{before}{row.client.pk}{after}")
    return rows


def row_html(row: Row, address: str) -> SafeString:
    """The name, which leads to *address*, and the cells, each of the class of its column."""
    name = escape(row.client.display_name)
    died = format_html(' <span class="tag">{}</span>', _("has died")) if row.client.deceased else ""
    cover = format_html(' <span class="tag blue">{}</span>', _cover(row)) if row.cover_for else ""
    cells = "".join([f'<td class="c-{key}">{cell_html(row, key, value)}</td>' for key, value in row.cells])
    # every cell escapes what it shows; the address and the keys are our own words
    return mark_safe(f'<tr><th scope="row"><a href="{address}">{name}</a>{cover}{died}</th>{cells}</tr>\n')  # noqa: S308  each part is escaped where it is made


def _cover(row: Row) -> str:
    return _("cover for %(who)s") % {"who": row.cover_for}


def cell_html(row: Row, key: str, value: Any) -> SafeString:
    """One cell: its value escaped, or richer where the column has more to say."""
    richer = RICHER.get(key)
    return richer(row, value) if richer else _plain("" if value is None else value)


def _plain(value: Any) -> SafeString:
    """Escaped as templates do; theirs first asks whether the value may be safe or lazy, which takes four times as long."""
    return mark_safe(escape(str(value)))  # noqa: S308  escaped here


def _phone(row: Row, value: Any) -> SafeString:
    if row.phone is None:
        return _plain(value)
    if row.phone.safe_to_call:
        return format_html('<a href="tel:{0}">{0}</a>', value)
    warning = '<span class="amber nb">{} {}<span class="vh"> {}</span></span>'
    return format_html(warning, icon("chat"), value, _("do not call"))


def _alerts(row: Row, value: Any) -> SafeString:
    tags = [
        format_html(
            '<span class="tag {}">{}{}</span> ',
            "red" if alert.kind in RED_ALERTS else "amber",
            icon("alert"),
            alert.short,
        )
        for alert in row.alerts
    ]
    return mark_safe("".join(tags))  # noqa: S308 each tag is escaped by format_html


def _worker(row: Row, value: Any) -> SafeString:
    return _plain(value) if value else format_html('<span class="soft">{}</span>', _("no worker"))


RICHER: dict[str, Callable[[Row, Any], SafeString]] = {"phone": _phone, "alerts": _alerts, "worker": _worker}
