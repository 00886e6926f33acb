"""Addresses of the note. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.contacts import composer, drafts, reading

app_name = "contacts"

urlpatterns = [
    path("clients/<uuid:pk>/note/", composer.new, name="new"),
    path("clients/<uuid:pk>/note/<uuid:row>/", composer.write, name="write"),
    path("clients/<uuid:pk>/note/<uuid:row>/save/", composer.autosave, name="autosave"),
    path("clients/<uuid:pk>/note/<uuid:row>/discard/", composer.discard, name="discard"),
    path("clients/<uuid:pk>/notes/<uuid:row>/", reading.read, name="read"),
    path("contacts/drafts/", drafts.mine, name="drafts"),
]
