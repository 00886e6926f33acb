"""Addresses of the notices."""

from django.urls import path

from goldthread.doors.web.notices import pages

app_name = "notices"
urlpatterns = [
    path("seen/", pages.seen, name="seen"),
]
