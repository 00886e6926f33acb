"""Addresses of the instruments in the settings."""

from django.urls import path

from goldthread.doors.web.instruments import listing, preview, uploading, versions
from goldthread.doors.web.instruments.building import (
    beginning,
    facts,
    front,
    items,
    languages,
    lists,
    scores,
    shared,
    steps,
)

app_name = "instruments"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("upload/", uploading.upload, name="upload"),
    path("new/", beginning.new, name="new"),
    path("<slug:key>/", versions.instrument, name="instrument"),
    path("versions/<uuid:pk>/preview/", preview.preview, name="preview"),
    path("versions/<uuid:pk>/edit/", beginning.anew, name="anew"),
    path("drafts/<uuid:pk>/", items.items, name="build"),
    path("drafts/<uuid:pk>/do/", steps.do, name="do"),
    path("drafts/<uuid:pk>/back/", steps.back, name="back"),
    path("drafts/<uuid:pk>/scores/", scores.scores, name="scores"),
    path("drafts/<uuid:pk>/lists/", lists.lists, name="lists"),
    path("drafts/<uuid:pk>/rules/", shared.shared, name="rules"),
    path("drafts/<uuid:pk>/facts/", facts.facts, name="facts"),
    path("drafts/<uuid:pk>/languages/", languages.words, name="words"),
    path("drafts/<uuid:pk>/about/", front.about, name="about"),
    path("drafts/<uuid:pk>/check/", front.checked, name="check"),
    path("versions/<uuid:pk>/file/", versions.file, name="file"),
    path("versions/<uuid:pk>/use/", versions.use, name="use"),
    path("versions/<uuid:pk>/retire/", versions.retire, name="retire"),
    path("versions/<uuid:pk>/discard/", versions.discard, name="discard"),
]
