"""Addresses of the facts. They hold ids and kinds, never content."""

from django.urls import path

from goldthread.doors.web.facts import views, writing

app_name = "facts"

urlpatterns = [
    path("clients/<uuid:pk>/facts/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/facts/<slug:kind>/", views.section, name="section"),
    path("clients/<uuid:pk>/facts/<slug:kind>/add/", writing.add, name="add"),
    path("clients/<uuid:pk>/facts/<slug:kind>/history/", views.history, name="history"),
    path("clients/<uuid:pk>/facts/<uuid:row>/correct/", writing.correct, name="correct"),
    path("clients/<uuid:pk>/facts/<uuid:row>/end/", writing.end, name="end"),
    path("clients/<uuid:pk>/facts/<uuid:row>/reopen/", writing.reopen, name="reopen"),
    path("clients/<uuid:pk>/facts/<uuid:row>/mistaken/", writing.mistaken, name="mistaken"),
]
