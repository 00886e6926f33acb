"""Signatures: who is asked, signing on the device, the link by mail, a person's no."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.plans import actions
from goldthread.casework.plans.actions import SignerAsked
from goldthread.casework.plans.enums import SignatureHow, SignatureRole, VersionState
from goldthread.casework.plans.models import PlanVersion, Signature
from goldthread.doors.web.clients.around import namable, saw_around
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.plans.common import back_to, rules_on, seen_of, sent, url_of, version_named
from goldthread.doors.web.plans.drawing import read_strokes
from goldthread.doors.web.plans.forms import EmailForm, ReasonForm, SignerForm
from goldthread.doors.web.plans.tasks import mail_link
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.origin import current_origin
from goldthread.foundation.ui.toasts import tell
from goldthread.people.persons.enums import ContactKind, RelationshipKind
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries import circle_of

BLANKS = 2
"""Lines for others who are asked by name, to begin with."""
MOST_OTHERS = 12
"""So many others at most: a care team, not a petition."""
SIGNS_AS = {RelationshipKind.GUARDIAN: SignatureRole.GUARDIAN, RelationshipKind.PARENT: SignatureRole.PARENT}
HOW_WORDS = (
    (SignatureHow.DRAWN, gettext_lazy("Draw it here")),
    (SignatureHow.TYPED, gettext_lazy("Type the name")),
    (SignatureHow.PAPER, gettext_lazy("It is signed on paper")),
)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def ask(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Who is asked to sign: proposed from the program's rules and the client's circle, others by name."""
    version = version_named(request, client, row, Act.WRITE_PLAN)
    if version.state != VersionState.DRAFT:
        return back_to(client, version, "signatures")
    proposed = _proposed(request, client, version)
    more = request.POST.get("do") == "more"
    forms = [SignerForm(sent(request), prefix=f"other{n}") for n in range(_lines(request, more=more))]
    if more and f"{forms[-1].prefix}-name" not in request.POST:
        forms[-1] = SignerForm(prefix=forms[-1].prefix)  # not bound: it says *family* as the first ones do
        forms[-1].fields["name"].widget.attrs["data-focus"] = True
    problem = ""
    if request.method == "POST" and not more and all(form.is_valid() for form in forms):
        chosen = [one for key, one, _usual in proposed if key in request.POST.getlist("who")]
        chosen += [
            SignerAsked(form.cleaned_data["role"] or SignatureRole.OTHER, form.cleaned_data["name"], required=False)
            for form in forms
            if form.cleaned_data["name"].strip()
        ]
        try:
            actions.ask_for_signatures(version=version, signers=chosen, by=request.viewer.actor)
        except DomainError as error:
            problem = str(error.message)
        else:
            messages.success(request, _("Everybody is asked. They can sign here, or by a link."))
            return back_to(client, version, "signatures")
    ticked = (
        request.POST.getlist("who") if request.method == "POST" else [key for key, _one, usual in proposed if usual]
    )
    seen = seen_of(request, client, version, checked=True)
    context = {
        "client": client,
        "version": version,
        "proposed": [(key, one, SignatureRole(one.role).label, key in ticked) for key, one, _usual in proposed],
        "forms": forms,
        "may_add": len(forms) < MOST_OTHERS,
        "problem": problem,
        "lacks": seen.lacks,
        "approval": rules_on(request, version.plan).plan.approval,
        "back": url_of(client, version),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": _("ask for signatures"),
    }
    return render(request, "plans/ask.html", context, status=422 if request.method == "POST" and not more else 200)


def _lines(request: StaffRequest, *, more: bool) -> int:
    """How many lines for others there are: those that were sent, and one *more* if it is asked for."""
    there = next((n for n in range(MOST_OTHERS) if f"other{n}-name" not in request.POST), MOST_OTHERS)
    return min(max(BLANKS, there) + more, MOST_OTHERS)


def _proposed(request: StaffRequest, client: Person, version: PlanVersion) -> list[tuple[str, SignerAsked, bool]]:
    """Who may be asked, with the value of their box, and whether the program asks for them; of those around the client whoever may be
    named. Two queries, and one or two where somebody around the client is a client, too."""
    wanted = set(rules_on(request, version.plan).plan.signers)
    viewer = request.viewer
    circle = namable(viewer, circle_of(client, gate.cleared_labels(viewer, client), viewer.today, phones=False))
    asked_of = [one for one in circle if RelationshipKind(one.kind) in SIGNS_AS]
    saw_around(viewer, client, asked_of, page_of(request))
    found = [
        ("client", SignerAsked(SignatureRole.CLIENT, client.display_name, person=client.pk), "client" in wanted),
    ]
    for one in asked_of:
        role = SIGNS_AS[RelationshipKind(one.kind)]
        asked = SignerAsked(role, one.other.display_name, person=one.other_id)
        found.append((str(one.other_id), asked, role.value in wanted))
    found.append(
        ("worker", SignerAsked(SignatureRole.WORKER, viewer.staff.name, staff=viewer.staff.pk), "worker" in wanted)
    )
    return found


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def sign(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> HttpResponse:
    """Sign on this device: drawn, typed, or on paper. The words that are signed stand above."""
    version, asked = _asked(request, client, row, signature)
    problem, how = "", SignatureHow.DRAWN.value
    if request.method == "POST":
        how = request.POST.get("how", "")
        try:
            actions.sign_here(
                signature=asked,
                how=how,
                typed=request.POST.get("typed", ""),
                strokes=read_strokes(request.POST.get("strokes", "")),
                by=request.viewer.actor,
            )
        except DomainError as error:
            problem = str(error.message)
        else:
            version.refresh_from_db(fields=["state"])
            done = version.state == VersionState.IN_FORCE
            messages.success(request, _("Signed. The plan is in force.") if done else _("Signed."))
            return back_to(client, version, "signatures")
    context = {
        "client": client,
        "version": version,
        "asked": asked,
        "how": how,
        "ways": HOW_WORDS,
        "problem": problem,
        "typed": request.POST.get("typed", ""),
        "back": url_of(client, version, "signatures"),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": _("sign"),
    }
    return render(request, "plans/sign.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def send(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> HttpResponse:
    """Mail a link to sign with, which works once. A second link replaces the first."""
    version, asked = _asked(request, client, row, signature)
    form = EmailForm(sent(request), initial={"email": asked.sent_to or _email_of(request, client, asked)})
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                link = actions.new_link(signature=asked, email=form.values["email"], by=request.viewer.actor)
                origin = current_origin()
                transaction.on_commit(lambda: mail_link.enqueue(str(asked.pk), str(link.key), origin))
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The link is on its way. It works once, for 14 days."))
            return back_to(client, version, "signatures")
    said = {
        "title": _("Send %(name)s a link") % {"name": asked.name},
        "text": _("They read the plan and sign, or say no, without an account. Send it to nobody else's address."),
        "button": _("Send the link"),
    }
    return _decide(request, client, version, form, said)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def decline(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> HttpResponse:
    """They say no, with their reason."""
    version, asked = _asked(request, client, row, signature)
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.decline(signature=asked, reason=form.values["reason"], by=request.viewer.actor)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Written down. The version does not wait for them any more."))
            return back_to(client, version, "signatures")
    said = {
        "title": _("%(name)s says no") % {"name": asked.name},
        "text": _("Their reason stays with this version. A no is an answer: it holds nothing up."),
        "button": _("Write it down"),
    }
    return _decide(request, client, version, form, said)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_PLAN)
def take_off(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> HttpResponse:
    """They need not sign after all, with the reason."""
    version, asked = _asked(request, client, row, signature)
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            actions.take_off(signature=asked, reason=form.values["reason"], by=request.viewer.actor)
        except DomainError as error:
            form.refuse(error)
        else:
            waits = PlanVersion.objects.filter(pk=version.pk, state=VersionState.SIGNING).exists()
            undo = reverse("plans:put_back", args=[client.pk, version.pk, asked.pk])
            tell(request, _("They are not asked any more."), undo=undo if waits else "")
            return back_to(client, version, "signatures")
    said = {
        "title": _("%(name)s need not sign") % {"name": asked.name},
        "text": _(
            "A link that was sent stops working. When everybody else has signed, the plan comes into force without them."
        ),
        "button": _("Take off the list"),
    }
    return _decide(request, client, version, form, said)


@require_POST
@client_page(Act.WRITE_PLAN)
def put_back(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> HttpResponse:
    """They are asked after all."""
    version, asked = _asked(request, client, row, signature)
    try:
        actions.put_back(signature=asked, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("They are asked again. Send a new link if they had one."))
    return back_to(client, version, "signatures")


def _asked(request: StaffRequest, client: Person, row: UUID, signature: UUID) -> tuple[PlanVersion, Signature]:
    version = version_named(request, client, row, Act.WRITE_PLAN)
    found = version.signatures.filter(pk=signature).first()
    if found is None:
        raise Http404
    found.version = version
    return version, found


def _email_of(request: StaffRequest, client: Person, asked: Signature) -> str:
    """The address that the record has for somebody who is asked, as far as the viewer may see it."""
    if asked.person_id != client.pk:
        return ""
    points = client.contact_points.filter(kind=ContactKind.EMAIL, ends_on=None).order_by("-first_choice", "pk")
    cleared = gate.cleared_labels(request.viewer, client)
    return next((one.value for one in points if not one.labels & ~cleared), "")


def _decide(
    request: StaffRequest, client: Person, version: PlanVersion, form: Any, said: dict[str, str]
) -> HttpResponse:
    context = {
        **said,
        "form": form,
        "client": client,
        "back": url_of(client, version, "signatures"),
        "header": header_of(request.viewer, client, "plan"),
        "tab_title": said["title"],
    }
    return render(request, "plans/decide.html", context, status=422 if form.is_bound else 200)
