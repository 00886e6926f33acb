"""Addresses of the assessments. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.assessments import afterwards, files, listing, reading, sheet

app_name = "assessments"

urlpatterns = [
    path("clients/<uuid:pk>/assessments/", listing.of_client, name="of_client"),
    path("clients/<uuid:pk>/assessments/new/", listing.new, name="new"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/", reading.read, name="read"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/answer/", sheet.sheet, name="sheet"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/save/", sheet.save, name="save"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/discard/", sheet.discard, name="discard"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/correct/", afterwards.correct, name="correct"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/void/", afterwards.void, name="void"),
    path("clients/<uuid:pk>/assessments/<uuid:row>/files/<uuid:file>/", files.file, name="file"),
]
