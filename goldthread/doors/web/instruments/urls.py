"""Addresses of the instruments in the settings."""

from django.urls import path

from goldthread.doors.web.instruments import listing, preview, uploading, versions

app_name = "instruments"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("upload/", uploading.upload, name="upload"),
    path("<slug:key>/", versions.instrument, name="instrument"),
    path("versions/<uuid:pk>/preview/", preview.preview, name="preview"),
    path("versions/<uuid:pk>/file/", versions.file, name="file"),
    path("versions/<uuid:pk>/use/", versions.use, name="use"),
    path("versions/<uuid:pk>/retire/", versions.retire, name="retire"),
    path("versions/<uuid:pk>/discard/", versions.discard, name="discard"),
]
