"""Addresses of intake. They hold ids and short names of programs, never content."""

from django.urls import path

from goldthread.doors.web.intake import listing, place, public, referred, settings_pages, today, views, waitlists

app_name = "intake"

urlpatterns = [
    path("inquiries/", listing.listed, name="list"),
    path("inquiries/today/", today.today, name="today"),
    path("inquiries/new/", views.new, name="new"),
    path("inquiries/<uuid:pk>/", views.one, name="one"),
    path("inquiries/<uuid:pk>/save/", views.save, name="save"),
    path("inquiries/<uuid:pk>/referred/<uuid:row>/", referred.of_inquiry, name="referred"),
    path("waitlists/", waitlists.overview, name="waitlists"),
    path("waitlists/<slug:key>/", waitlists.waitlist, name="waitlist"),
    path("waitlists/<slug:key>/file/", waitlists.export, name="waitlist_export"),
    path("waiting/<uuid:pk>/", place.place, name="place"),
    path("waiting/offers/<uuid:pk>/", referred.by_offer, name="offer"),
    path("hand-offs/", referred.listed, name="hand_offs"),
    path("hand-offs/<uuid:pk>/", referred.by_task, name="hand_off"),
    path("clients/<uuid:pk>/refer/", referred.refer, name="refer_client"),
    path("clients/<uuid:pk>/referred/<uuid:row>/", referred.of_client, name="client_referred"),
    path("ask/", public.doors, name="doors"),
    path("ask/<slug:key>/", public.ask, name="ask"),
    path("ask/<slug:key>/sent/", public.thanks, name="thanks"),
    path("settings/intake/", settings_pages.overview, name="settings"),
    path("settings/intake/answering/", settings_pages.answering, name="answering"),
    path("settings/intake/<uuid:pk>/", settings_pages.door, name="door"),
]
