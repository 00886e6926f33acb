"""The frozen package on paper, and as one file."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.access.acts import Act
from goldthread.casework.packages.actions.common import check_goes_out
from goldthread.casework.packages.actions.making import file_lost
from goldthread.casework.packages.enums import PackageState
from goldthread.casework.packages.models import Package
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.packages.printing import html_of
from goldthread.doors.web.packages.reach import package_named
from goldthread.doors.web.packages.tasks import make_file
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib.encryption import Tampered
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import Person


@require_GET
@client_page(Act.SEND_PACKAGE)
def page(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The frozen words as a page to print; of a draft there is none yet."""
    package = package_named(request, client, row, Act.SEND_PACKAGE)
    back = reverse("packages:one", args=[client.pk, package.pk])
    if package.state == PackageState.DRAFT or not package.content:
        return redirect(back)
    if _stays(request, package):
        return redirect(back)
    _record(request, client, package, "packages.printed")
    return HttpResponse(html_of(package, back=back))


@require_http_methods(["GET", "POST"])
@client_page(Act.SEND_PACKAGE)
def file(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """POST asks the worker for the file; GET downloads it, once it is there."""
    package = package_named(request, client, row, Act.SEND_PACKAGE)
    back = redirect("packages:one", pk=client.pk, row=package.pk)
    if package.state == PackageState.DRAFT or not package.digest:
        return back
    if _stays(request, package):
        return back
    if package.file is None:
        if request.method == "POST":
            with transaction.atomic():
                Package.objects.filter(pk=package.pk, file=None).update(problem="asked")
                transaction.on_commit(lambda: make_file.enqueue(str(package.pk)))
        return back
    if request.method == "POST":
        return back
    try:
        data = read(package.file)
    except (FileNotFoundError, Tampered):
        file_lost(package=package)
        messages.error(
            request, _("The file cannot be read any more. What was in it stands below, with its fingerprint.")
        )
        return back
    _record(request, client, package, "packages.downloaded")
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="package-{package.digest[:12]}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _stays(request: StaffRequest, package: Package) -> bool:
    """Does it stay in the house? Then the page says why."""
    try:
        check_goes_out(package, request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
        return True
    return False


def _record(request: StaffRequest, client: Person, package: Package, action: str) -> None:
    record(by=request.viewer.actor, action=action, kind="package", object_id=package.pk, client=client.pk)
