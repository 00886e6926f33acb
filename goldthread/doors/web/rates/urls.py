"""Addresses of the rates."""

from django.urls import path

from goldthread.doors.web.rates import pages

app_name = "rates"

urlpatterns = [
    path("rates/", pages.overview, name="overview"),
    path("rates/<uuid:pk>/<slug:key>/", pages.one, name="one"),
]
