"""What is done to items as a whole: added, moved, copied, taken out; and the last change taken back."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.access.acts import Act
from goldthread.casework.assessments.actions import take_back
from goldthread.casework.assessments.enums import Built
from goldthread.casework.assessments.rules.building.tree import (
    Impossible,
    add,
    at,
    copied,
    items_of,
    move,
    new_item,
    path_of,
    walk,
    without,
)
from goldthread.casework.assessments.rules.building.types import NOTHING_INSIDE, type_of
from goldthread.casework.assessments.rules.model import ItemType
from goldthread.doors.web.entry import staff_page
from goldthread.doors.web.instruments.building.bench import (
    Bench,
    Content,
    form_id_of,
    on_bench,
    page_after,
    page_of_item,
)
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell

MOVES = ("up", "down", "in", "out")
LONGEST = 20_000


@require_POST
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def do(bench: Bench) -> HttpResponse:
    """One button: ``do`` says which, ``item`` of which item. What cannot be done is said, and nothing is changed."""
    sent = bench.request.POST
    what, link_id = sent.get("do", ""), sent.get("item", "")
    try:
        opened = _done(bench, what, link_id)
    except DomainError as error:
        tell(bench.request, str(error.message))
        opened = link_id if link_id in bench.items else ""
    at = f"#do-{what}" if what in MOVES else ""  # a page that comes whole is read on from the button that was pressed
    return redirect(page_of_item(bench.row.pk, opened, at))


def _done(bench: Bench, what: str, link_id: str) -> str:
    """Do it; the code of the item that is open afterwards."""
    if what in MOVES:
        bench.change(Built.MOVED, lambda content, _seen: move(content, link_id, what), item=link_id)
        return link_id
    works: dict[str, Callable[[Bench, str], str]] = {
        "add": _add,
        "copy": _copy,
        "remove": _remove,
    }
    return works[what](bench, link_id) if what in works else link_id


def _add(bench: Bench, link_id: str) -> str:
    """A new item behind *link_id*, or inside it; without one as the last."""
    sent = bench.request.POST
    kind = next((kind for kind in ItemType if kind == sent.get("type")), ItemType.CHOICE)
    text = sent.get("text", "").replace("\0", "").replace("\r\n", "\n").strip()[:LONGEST]
    where = sent.get("where", "after")
    made: list[str] = []

    def change(content: Content, _seen: Content | None) -> Content:
        item = new_item(content, kind, text)
        made.append(item["linkId"])
        inside = link_id if where == "inside" and link_id else ""
        if inside and type_of(at(content, path_of(content, inside))) in NOTHING_INSIDE:
            inside = ""
        return add(content, item, inside=inside, after="" if inside else link_id)

    bench.change(Built.ADDED, change)
    return made[-1] if made and made[-1] in bench.items else link_id


def _copy(bench: Bench, link_id: str) -> str:
    made: list[str] = []

    def change(content: Content, _seen: Content | None) -> Content:
        found, code = copied(content, link_id)
        made.append(code)
        return found

    bench.change(Built.COPIED, change, item=link_id)
    return made[-1] if made and made[-1] in bench.items else link_id


def _remove(bench: Bench, link_id: str) -> str:
    """Take an item out, unless somebody else has changed it meanwhile; next is what stands in its place."""

    def change(content: Content, seen: Content | None) -> Content:
        now = at(content, path_of(content, link_id))
        if bench.seen() is not None and (seen is None or items_of(seen).get(link_id) != now):
            raise Impossible(_("It was changed since you looked. Look at it again before you take it out."))
        return without(content, link_id)

    order = [str(item.get("linkId", "")) for _path, item in walk(bench.content)]
    gone = {link_id, *(str(one.get("linkId", "")) for _path, one in walk(bench.items.get(link_id, {})))}
    bench.change(Built.REMOVED, change, item=link_id)
    tell(bench.request, _("It is taken out. You can take that back."))
    place = order.index(link_id) if link_id in order else 0
    left = [*order[place:], *reversed(order[:place])]
    return next((one for one in left if one not in gone and one in bench.items), "")


@require_POST
@staff_page(Act.MANAGE_INSTRUMENTS)
@on_bench
def back(bench: Bench) -> HttpResponse:
    """Take the last change back: the one that the page said it was. The same page comes again."""
    request = bench.request
    try:
        step = UUID(request.POST.get("step", ""))
        bench.row = take_back(version=bench.row, step=step, by=request.viewer.actor, form_id=form_id_of(request))
    except ValueError:
        tell(request, _("There is nothing to take back."))
    except DomainError as error:
        tell(request, str(error.message))
    else:
        tell(request, _("It is as it was before."))
    return redirect(page_after(bench.row, request.POST.get("here", "")))
