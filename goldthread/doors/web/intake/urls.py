"""Addresses of intake. They hold ids and short names of programs, never content."""

from django.urls import path

from goldthread.doors.web.intake import listing, views

app_name = "intake"

urlpatterns = [
    path("inquiries/", listing.listed, name="list"),
    path("inquiries/new/", views.new, name="new"),
    path("inquiries/<uuid:pk>/", views.one, name="one"),
    path("inquiries/<uuid:pk>/save/", views.save, name="save"),
]
