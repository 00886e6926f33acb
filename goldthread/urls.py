"""Every address of Goldthread. Each room of doors/web keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("goldthread.doors.web.health.urls")),
    path("", include("goldthread.doors.web.account.door_urls")),
    path("", include("goldthread.doors.web.audit.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.shell.urls")),
    path("", include("goldthread.doors.web.aftercare.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.assessments.urls")),
    path("", include("goldthread.doors.web.contacts.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.discharge.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.documents.urls")),
    path("", include("goldthread.doors.web.episodes.urls")),
    path("", include("goldthread.doors.web.facts.urls")),
    path("", include("goldthread.doors.web.intake.urls")),
    path("", include("goldthread.doors.web.needs.urls")),
    path("", include("goldthread.doors.web.packages.urls")),
    path("", include("goldthread.doors.web.schedule.urls")),
    path("", include("goldthread.doors.web.skills.urls")),
    path("", include("goldthread.doors.web.twins.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.day.urls")),
    path("", include("goldthread.doors.web.team.urls")),
    path("", include("goldthread.doors.web.rates.urls")),
    path("", include("goldthread.doors.web.timeline.urls")),
    path("", include("goldthread.doors.web.thread.urls")),
    path("", include("goldthread.doors.web.plans.urls")),  # before the clients, whose addresses it shares
    path("", include("goldthread.doors.web.imports.urls")),
    path("", include("goldthread.doors.web.reports.urls")),
    path("clients/", include("goldthread.doors.web.clients.urls")),
    path("mailbox/", include("goldthread.doors.web.mailbox.urls")),
    path("me/", include("goldthread.doors.web.account.urls")),
    path("notices/", include("goldthread.doors.web.notices.urls")),
    path("settings/", include("goldthread.doors.web.settings.urls")),
    path("settings/instruments/", include("goldthread.doors.web.instruments.urls")),
    path("settings/programs/", include("goldthread.doors.web.programs.urls")),
    path("welcome/", include("goldthread.doors.web.welcome.urls")),
]

handler400 = "goldthread.doors.web.shell.errors.bad_request"
handler403 = "goldthread.doors.web.shell.errors.forbidden"
handler404 = "goldthread.doors.web.shell.errors.not_found"
handler500 = "goldthread.doors.web.shell.errors.broken"
