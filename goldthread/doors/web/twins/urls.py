"""Addresses of doubles. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.twins import listing, merging, typing

app_name = "twins"

urlpatterns = [
    path("duplicates/", listing.worklist, name="list"),
    path("duplicates/typed/", typing.typed, name="typed"),
    path("clients/<uuid:pk>/same-as/", listing.of_client, name="of_client"),
    path("clients/<uuid:pk>/same-as/<uuid:other>/", merging.side_by_side, name="merge"),
    path("clients/<uuid:pk>/same-as/<uuid:other>/apart/", merging.apart, name="apart"),
    path("clients/<uuid:pk>/same-as/<uuid:other>/perhaps/", merging.perhaps, name="perhaps"),
    path("clients/<uuid:pk>/merges/<uuid:row>/undo/", merging.undo, name="undo"),
]
