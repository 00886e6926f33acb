"""Addresses of aftercare. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.aftercare import back, views

app_name = "aftercare"

urlpatterns = [
    path("clients/<uuid:pk>/aftercare/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/aftercare/after/<uuid:episode>/add/", views.add, name="add"),
    path("clients/<uuid:pk>/aftercare/<uuid:row>/change/", views.change, name="change"),
    path("clients/<uuid:pk>/aftercare/<uuid:row>/close/", views.close, name="close"),
    path("clients/<uuid:pk>/programs/<uuid:episode>/back/", back.back, name="back"),
]
