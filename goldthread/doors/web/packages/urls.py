"""Addresses of transfer packages. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.packages import paper, releases, views

app_name = "packages"

urlpatterns = [
    path("clients/<uuid:pk>/packages/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/packages/release/<uuid:row>/", releases.read, name="release"),
    path("clients/<uuid:pk>/packages/release/<uuid:row>/revoke/", releases.revoke, name="revoke"),
    path("clients/<uuid:pk>/packages/under/<uuid:row>/new/", releases.new, name="new"),
    path("clients/<uuid:pk>/packages/<uuid:row>/", views.one, name="one"),
    path("clients/<uuid:pk>/packages/<uuid:row>/do/", views.act, name="act"),
    path("clients/<uuid:pk>/packages/<uuid:row>/print/", paper.page, name="print"),
    path("clients/<uuid:pk>/packages/<uuid:row>/file/", paper.file, name="file"),
]
