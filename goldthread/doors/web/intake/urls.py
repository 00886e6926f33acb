"""Addresses of intake. They hold ids and short names of programs, never content."""

from django.urls import path

from goldthread.doors.web.intake import listing, public, settings_pages, views

app_name = "intake"

urlpatterns = [
    path("inquiries/", listing.listed, name="list"),
    path("inquiries/new/", views.new, name="new"),
    path("inquiries/<uuid:pk>/", views.one, name="one"),
    path("inquiries/<uuid:pk>/save/", views.save, name="save"),
    path("ask/", public.doors, name="doors"),
    path("ask/<slug:key>/", public.ask, name="ask"),
    path("ask/<slug:key>/sent/", public.thanks, name="thanks"),
    path("settings/intake/", settings_pages.overview, name="settings"),
    path("settings/intake/answering/", settings_pages.answering, name="answering"),
    path("settings/intake/<uuid:pk>/", settings_pages.door, name="door"),
]
