"""Addresses of files on their way in."""

from django.urls import path

from goldthread.doors.web.imports import doing, finding, listing, one

app_name = "imports"
urlpatterns = [
    path("imports/", listing.listing, name="list"),
    path("imports/new/", listing.new, name="new"),
    path("imports/additional/", finding.additional, name="additional"),
    path("imports/<uuid:pk>/", one.one, name="one"),
    path("imports/<uuid:pk>/state/", one.state, name="state"),
    path("imports/<uuid:pk>/refused/", one.refused_rows, name="refused"),
    path("imports/<uuid:pk>/match/", doing.match_columns, name="match"),
    path("imports/<uuid:pk>/decide/", doing.decide_rows, name="decide"),
    path("imports/<uuid:pk>/leave/", doing.leave_rows, name="leave"),
    path("imports/<uuid:pk>/bring/", doing.bring_in, name="bring"),
    path("imports/<uuid:pk>/give-up/", doing.give_it_up, name="give_up"),
    path("imports/<uuid:pk>/undo/", doing.undo, name="undo"),
    path("clients/<uuid:pk>/brought/", finding.of_client, name="of_client"),
]
