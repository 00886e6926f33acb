"""Addresses of the programs in the settings."""

from django.urls import path

from goldthread.doors.web.programs import applying, changing, closing, opening, reading, trying, waits, who

app_name = "programs"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("new/", opening.new, name="new"),
    path("templates/", reading.templates, name="templates"),
    path("templates/<slug:key>/", reading.template, name="template"),
    path("templates/<slug:key>/file/", reading.template_file, name="template_file"),
    path("try/", trying.try_rule, name="try_any"),
    path("<uuid:pk>/", reading.program, name="program"),
    path("<uuid:pk>/edit/", opening.edit, name="edit"),
    path("<uuid:pk>/close/", closing.close, name="close"),
    path("<uuid:pk>/reopen/", closing.reopen, name="reopen"),
    path("<uuid:pk>/file/", reading.program_file, name="file"),
    path("<uuid:pk>/upload/", changing.upload, name="upload"),
    path("<uuid:pk>/rules/new/", changing.new_rule, name="new_rule"),
    path("<uuid:pk>/rules/<slug:key>/", changing.rule, name="rule"),
    path("<uuid:pk>/run/stop/", applying.run, {"what": "stop"}, name="stop_run"),
    path("<uuid:pk>/run/resume/", applying.run, {"what": "resume"}, name="resume_run"),
    path("<uuid:pk>/who/", who.who, name="who"),
    path("<uuid:pk>/waitlist/", waits.waits, name="waits"),
    path("<uuid:pk>/try/", trying.try_rule, name="try"),
    path("<uuid:pk>/versions/<int:number>/", reading.version, name="version"),
]
