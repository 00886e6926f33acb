"""Addresses of the note. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.contacts import (
    ahead,
    choosing,
    composer,
    concerns,
    cosigning,
    cosigning_group,
    drafts,
    group,
    reading,
)

app_name = "contacts"

urlpatterns = [
    path("clients/<uuid:pk>/note/", composer.new, name="new"),
    path("clients/<uuid:pk>/note/<uuid:row>/", composer.write, name="write"),
    path("clients/<uuid:pk>/note/<uuid:row>/save/", composer.autosave, name="autosave"),
    path("clients/<uuid:pk>/note/<uuid:row>/ahead/", ahead.when_you_sign, name="ahead"),
    path("clients/<uuid:pk>/note/<uuid:row>/discard/", composer.discard, name="discard"),
    path("clients/<uuid:pk>/notes/<uuid:row>/", reading.read, name="read"),
    path("clients/<uuid:pk>/notes/<uuid:row>/addendum/", reading.add, name="addendum"),
    path("clients/<uuid:pk>/notes/<uuid:row>/goal/", reading.serve, name="serve"),
    path("clients/<uuid:pk>/notes/<uuid:row>/void/", reading.take_back, name="void"),
    path("clients/<uuid:pk>/notes/<uuid:row>/cosign/", reading.second, name="cosign"),
    path("clients/<uuid:pk>/notes/<uuid:row>/revise/", reading.revise, name="revise"),
    path("clients/<uuid:pk>/concerns/", concerns.of_client, name="concerns"),
    path("clients/<uuid:pk>/concerns/new/", concerns.new, name="concern_new"),
    path("clients/<uuid:pk>/concerns/<uuid:row>/", concerns.one, name="concern"),
    path("group-note/", group.new, name="group_new"),
    path("group-note/<uuid:row>/", group.write, name="group"),
    path("group-note/<uuid:row>/save/", group.autosave, name="group_save"),
    path("group-note/<uuid:row>/ahead/", group.when_you_sign, name="group_ahead"),
    path("group-note/<uuid:row>/discard/", group.discard, name="group_discard"),
    path("contacts/log/", choosing.choose, name="choose"),
    path("contacts/drafts/", drafts.mine, name="drafts"),
    path("contacts/to-cosign/", cosigning.to_cosign, name="to_cosign"),
    path("contacts/to-cosign/<uuid:group>/", cosigning_group.cosign_group, name="cosign_group"),
]
