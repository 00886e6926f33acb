"""Addresses of the team's page."""

from django.urls import path

from goldthread.doors.web.team import behind, export, overview, passed_up, sharing

app_name = "team"

urlpatterns = [
    path("team/", overview.overview, name="overview"),
    path("team/all/<slug:what>/", behind.behind_all, name="behind_all"),
    path("team/export/<slug:kind>/", export.export, name="export"),
    path("team/undo/", sharing.undo, name="undo"),
    path("team/<uuid:pk>/share/", sharing.share, name="share"),
    path("team/<uuid:pk>/<slug:what>/", behind.behind, name="behind"),
    path("clients/<uuid:pk>/tasks/<uuid:row>/ask/", passed_up.ask, name="ask"),
]
