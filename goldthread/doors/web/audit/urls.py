"""Addresses of the screens about access."""

from django.urls import path

from goldthread.doors.web.audit import blocks, glass, views

app_name = "audit"
urlpatterns = [
    path("audit/workers/", views.workers, name="workers"),
    path("audit/workers/<uuid:pk>/", views.what_saw, name="worker"),
    path("clients/<uuid:pk>/access/", views.who_saw, name="who_saw"),
    path("clients/<uuid:pk>/blocks/", blocks.set_one, name="block"),
    path("clients/<uuid:pk>/blocks/<uuid:row>/lift/", blocks.lift, name="lift_block"),
    path("clients/<uuid:pk>/break-glass/", glass.break_it, name="break_glass"),
    path("glass/", glass.to_review, name="glass"),
    path("glass/<uuid:pk>/review/", glass.review, name="review_glass"),
]
