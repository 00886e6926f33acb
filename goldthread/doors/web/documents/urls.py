"""Addresses of documents. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.documents import views, writing

app_name = "documents"

urlpatterns = [
    path("clients/<uuid:pk>/documents/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/documents/add/", writing.add, name="add"),
    path("clients/<uuid:pk>/documents/<uuid:row>/", views.one, name="one"),
    path("clients/<uuid:pk>/documents/<uuid:row>/file/", views.file, name="file"),
    path("clients/<uuid:pk>/documents/<uuid:row>/renew/", writing.renew, name="renew"),
    path("clients/<uuid:pk>/documents/<uuid:row>/not-needed/", writing.not_needed, name="not_needed"),
    path("clients/<uuid:pk>/documents/<uuid:row>/remove/", writing.remove, name="remove"),
    path("clients/<uuid:pk>/documents/<uuid:row>/bring-back/", writing.bring_back, name="bring_back"),
]
