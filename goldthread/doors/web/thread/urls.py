"""Addresses of the thread."""

from django.urls import path

from goldthread.doors.web.thread import broken, views

app_name = "thread"

urlpatterns = [
    path("clients/<uuid:pk>/thread/", views.of_client, name="of_client"),
    path("threads/", broken.broken, name="broken"),
]
