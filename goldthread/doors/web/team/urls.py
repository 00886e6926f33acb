"""Addresses of the team's page."""

from django.urls import path

from goldthread.doors.web.team import behind, overview

app_name = "team"

urlpatterns = [
    path("team/", overview.overview, name="overview"),
    path("team/<uuid:pk>/<slug:what>/", behind.behind, name="behind"),
]
