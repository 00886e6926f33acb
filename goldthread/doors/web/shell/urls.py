"""Addresses around every page: home, search, notices, help, the gallery."""

from django.urls import path

from goldthread.doors.web.notices import pages as notices
from goldthread.doors.web.shell import gallery, guide, search, views

app_name = "shell"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search, name="search"),
    path("help/", guide.index, name="help"),
    path("help/<slug:slug>/", guide.topic, name="help-topic"),
    path("notices/", notices.notices, name="notices"),
    path("ui/", gallery.gallery, name="gallery"),
    path("ui/error/<int:status>/", gallery.error, name="gallery-error"),
]
