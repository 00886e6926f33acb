"""Help: one short page a screen, in plain words. The pages are templates, so that they are translated like everything else."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.doors.web.entry import StaffRequest, staff_page


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the guide: ``slug`` names its address and its template, ``about`` says in a line what is answered there."""

    slug: str
    title: Promise
    about: Promise
    icon: str

    @property
    def template(self) -> str:
        return f"help/{self.slug}.html"


TOPICS = (
    Topic("start", _("Your first day"), _("What is where, and what to do first"), "sun"),
    Topic(
        "day", _("My day and the team"), _("What is due and why, putting off, asking others, what was missed"), "sun"
    ),
    Topic("team", _("The team"), _("Load, lateness and silence of each worker; reassigning clients"), "team"),
    Topic("intake", _("Inquiries and intake"), _("From the first call to good hands, or a good answer"), "phone"),
    Topic("find", _("Finding somebody"), _("By any part of a name, phone, number or birth date"), "search"),
    Topic("list", _("The client list"), _("Filters, columns, views you keep, export"), "people"),
    Topic("brief", _("The brief"), _("One page to read before a visit"), "doc"),
    Topic("note", _("Notes and the timeline"), _("Writing, signing, adding, voiding; concerns"), "note"),
    Topic(
        "thread",
        _("The thread"),
        _("Need, goal, who does what, what happened, did it help; and where it breaks"),
        "gap",
    ),
    Topic("assessments", _("Assessments"), _("Asking, skipping, signing, correcting; instruments"), "check"),
    Topic("builder", _("Building an instrument"), _("Questions, conditions, scores, trying it, versions"), "draft"),
    Topic(
        "facts",
        _("What is known"),
        _("Coverage, medicines, allergies, homes; needs in their order; what they do on their own"),
        "doc",
    ),
    Topic("plan", _("The plan"), _("Writing together, signing, reviewing, on paper"), "doc"),
    Topic(
        "bringing",
        _("Bringing clients"),
        _("From a spreadsheet: columns, refused rows, doubles, taking back"),
        "people",
    ),
    Topic("details", _("Details"), _("Names, reach, addresses, numbers; editing and mistakes"), "note"),
    Topic("new", _("A new person"), _("What you need, and how to avoid doubles"), "plus"),
    Topic("same", _("One person, two records"), _("Doubles, merging, taking back, twins"), "people"),
    Topic("circle", _("Family and circle"), _("Relatives, guardians, households, emergency contacts"), "heart"),
    Topic("enrollment", _("Programs of a client"), _("Enroll, transfer, pause, discharge; days away"), "flag"),
    Topic("way_out", _("The way out"), _("Ready or not, the summary, what is open, the packet"), "out"),
    Topic("after", _("After a discharge"), _("Aftercare, coming back, packages for another agency"), "out"),
    Topic("documents", _("Documents"), _("Uploading, what is refused, versions, renewing"), "upload"),
    Topic("history", _("History"), _("Who changed what, from what to what"), "history"),
    Topic("access", _("Who may see what"), _("Why somebody is not found, urgent access, who looked"), "lock"),
    Topic("reports", _("Safety reports"), _("Whom to call, what to say, by when"), "shield"),
    Topic(
        "calendar", _("The calendar"), _("Appointments, series, rides, what became of them, your own calendar"), "cal"
    ),
    Topic("notices", _("Notices"), _("What you are told, and why"), "bell"),
    Topic("staff", _("Staff, roles and teams"), _("For administrators and supervisors"), "team"),
    Topic(
        "programs", _("Programs and their rules"), _("Opening a program, changing a rule, what a source means"), "book"
    ),
    Topic("agency", _("Agency settings"), _("Name, words, time zone, holidays, sites"), "gear"),
    Topic("account", _("Your account"), _("Password, second step, colours, language"), "key"),
    Topic("keys", _("Keys and saving"), _("Shortcuts, and what happens to unsaved text"), "devices"),
)
BY_SLUG = {topic.slug: topic for topic in TOPICS}
OF_PAGES = {
    "clients:list": "list",
    "clients:new": "new",
    "clients:brief": "brief",
    "clients:circle": "circle",
    "clients:history": "history",
    "clients": "details",
    "contacts": "note",
    "plans": "plan",
    "facts": "facts",
    "needs": "facts",
    "skills": "facts",
    "timeline": "note",
    "discharge": "way_out",
    "documents": "documents",
    "aftercare": "after",
    "packages": "after",
    "thread": "thread",
    "intake": "intake",
    "assessments": "assessments",
    "instruments": "assessments",
    **dict.fromkeys(
        (
            f"instruments:{name}"
            for name in ("new", "anew", "build", "scores", "lists", "rules", "facts", "words", "about", "check")
        ),
        "builder",
    ),
    "day": "day",
    "team": "team",
    "rates": "team",
    "schedule": "calendar",
    "audit": "access",
    "episodes": "enrollment",
    "shell:search": "find",
    "shell:notices": "notices",
    "settings:staff": "staff",
    "settings:staff_page": "staff",
    "settings:roles": "staff",
    "settings:teams": "staff",
    "settings:hand_over": "staff",
    "settings": "agency",
    "programs": "programs",
    "reports": "reports",
    "account": "account",
    "twins": "same",
}
"""Which page of the guide helps with which page: by its name, else by its room."""


def topic_of(request: HttpRequest) -> str:
    """The slug of the topic that helps with the page asked for; empty when there is none."""
    match = request.resolver_match
    if match is None:
        return ""
    return OF_PAGES.get(match.view_name) or OF_PAGES.get(match.namespace, "")


@require_GET
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """What there is help for."""
    return render(request, "help/index.html", {"topics": TOPICS})


@require_GET
@staff_page()
def topic(request: StaffRequest, slug: str) -> HttpResponse:
    """One page of the guide."""
    if slug not in BY_SLUG:
        raise Http404
    may_read = gate.may_in_daily_work(request.viewer, Act.READ_RECORD)
    context = {"topic": BY_SLUG[slug], "topics": TOPICS, "may_read": may_read}
    return render(request, BY_SLUG[slug].template, context)
