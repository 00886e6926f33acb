"""Every address of Goldthread. Each room of doors/web keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("goldthread.doors.web.health.urls")),
    path("account/", include("allauth.urls")),
]
