"""Addresses of the timeline. What somebody typed to search may stand in the query (ADR 13); ids, never content, in the path."""

from django.urls import path

from goldthread.doors.web.timeline import views

app_name = "timeline"

urlpatterns = [path("clients/<uuid:pk>/timeline/", views.timeline, name="list")]
