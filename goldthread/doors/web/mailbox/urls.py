"""Addresses of the demo's mailbox."""

from django.urls import path

from goldthread.doors.web.mailbox import pages

app_name = "mailbox"
urlpatterns = [
    path("", pages.mailbox, name="list"),
    path("<str:name>/", pages.letter, name="letter"),
]
