"""Addresses around every page."""

from django.urls import path

from goldthread.doors.web.notices import pages as notices
from goldthread.doors.web.shell import help, search, views

app_name = "shell"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search, name="search"),
    path("help/", help.index, name="help"),
    path("help/<slug:topic>/", help.topic, name="help_topic"),
    path("notices/", notices.notices, name="notices"),
    path("ui/", views.gallery, name="gallery"),
]
