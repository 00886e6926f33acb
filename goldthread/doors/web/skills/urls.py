"""Addresses of the ladder. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.skills import views, writing

app_name = "skills"

urlpatterns = [
    path("clients/<uuid:pk>/skills/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/skills/add/", writing.add, name="add"),
    path("clients/<uuid:pk>/skills/<uuid:row>/take-back/", writing.take_back, name="take_back"),
]
