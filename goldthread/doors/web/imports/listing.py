"""The files that were brought, and a new one."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.imports.actions.starting import start
from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import Import
from goldthread.casework.imports.rules.sheets import MOST_BYTES, MOST_ROWS
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.imports.counting import CAME
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id

PAGE = 25


@require_GET
@staff_page(Act.IMPORT_CLIENTS)
def listing(request: StaffRequest) -> HttpResponse:
    """The files, the newest first, page by page."""
    files = Import.objects.order_by("-made_at", "-pk")
    if after := _anchor(request.GET.get("after", "")):
        files = files.filter(Q(made_at__lt=after.made_at) | Q(made_at=after.made_at, pk__lt=after.pk))
    rows = list(files[: PAGE + 1])
    for row in rows:
        row.came = CAME[row.what](row.brought)  # type: ignore[attr-defined]  # ours, for the template
    return render(
        request,
        "imports/list.html",
        {"rows": rows[:PAGE], "next": rows[PAGE - 1].pk if len(rows) > PAGE else None, "first_page": after is None},
    )


def _anchor(text: str) -> Import | None:
    try:
        return Import.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@staff_page(Act.IMPORT_CLIENTS)
def new(request: StaffRequest) -> HttpResponse:
    """Choose a file. What is no table is refused with the reason, and nothing is kept of it."""
    error, form_id, what = "", _form_id(request), _what(request)
    sent = request.FILES.get("file") if request.method == "POST" else None
    if isinstance(sent, UploadedFile):
        try:
            if (sent.size or 0) > MOST_BYTES:
                raise DomainError(
                    _("The file is larger than %(most)d MB. Divide it into smaller ones.") % {"most": MOST_BYTES >> 20}
                )
            run = start(data=sent.read(), name=sent.name or "", by=request.viewer.actor, form_id=form_id, what=what)
            return redirect("imports:one", pk=run.pk)
        except DomainError as refused:
            error = str(refused.message)
    elif request.method == "POST":
        error = _("Choose a file.")
    context = {"error": error, "form_id": form_id, "what": what, "kinds": What.choices}
    context |= {"most": MOST_BYTES >> 20, "most_rows": MOST_ROWS}
    return render(request, "imports/new.html", context, status=422 if error else 200)


def _what(request: StaffRequest) -> str:
    """What the rows are, as chosen here or by the link that led here; clients else."""
    said = request.POST.get("what") or request.GET.get("what", "")
    return said if said in What.values else What.CLIENTS.value


def _form_id(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("form_id", ""))
    except ValueError:
        return new_id()
