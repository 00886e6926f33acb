"""The cells of the client list as HTML, made in Python: a page of 50 clients has 300 of them, and in a template each
one costs six times as much (docs/measurements.md)."""

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.doors.web.clients.columns import Row
from goldthread.doors.web.clients.header import RED_ALERTS
from goldthread.foundation.ui.templatetags.gold import icon


def with_html(rows: list[Row]) -> list[Row]:
    """*rows*, each with its cells as the page shows them."""
    for row in rows:
        row.html = cells_html(row)
    return rows


def cells_html(row: Row) -> SafeString:
    """The cells of *row* after its name, each of the class of its column."""
    cells = [f'<td class="c-{key}">{cell_html(row, key, value)}</td>' for key, value in row.cells]
    return mark_safe("".join(cells))  # noqa: S308 every cell escapes what it shows; keys are our own words


def cell_html(row: Row, key: str, value: Any) -> SafeString:
    """One cell: its value escaped, or richer where the column has more to say."""
    richer = RICHER.get(key)
    return richer(row, value) if richer else conditional_escape("" if value is None else value)


def _phone(row: Row, value: Any) -> SafeString:
    if row.phone is None:
        return conditional_escape(value)
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
    return conditional_escape(value) if value else format_html('<span class="soft">{}</span>', _("no worker"))


RICHER: dict[str, Callable[[Row, Any], SafeString]] = {"phone": _phone, "alerts": _alerts, "worker": _worker}
