"""Addresses of mandated reports. A report's own pages are opened by its reporter, whoever the client belongs to by now."""

from django.urls import path

from goldthread.doors.web.reports import guide, listing, states, views

app_name = "reports"
urlpatterns = [
    path("clients/<uuid:pk>/report/", guide.new, name="new"),
    path("reports/", listing.listed, name="list"),
    path("reports/states/", states.table_of_states, name="states"),
    path("reports/<uuid:pk>/", views.report, name="report"),
    path("reports/<uuid:pk>/print/", views.printed, name="print"),
]
