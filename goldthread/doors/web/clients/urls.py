"""Addresses of the client screens. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.clients import creating, listing, record, relatives

app_name = "clients"

urlpatterns = [
    path("", listing.client_list, name="list"),
    path("export.<str:kind>", listing.client_export, name="export"),
    path("views/", listing.view_save, name="view_save"),
    path("views/undo/", listing.view_undo, name="view_undo"),
    path("views/<uuid:pk>/delete/", listing.view_delete, name="view_delete"),
    path("new/", creating.new_client, name="new"),
    path("<uuid:pk>/", record.brief, name="brief"),
    path("<uuid:pk>/details/", record.details, name="details"),
    path("<uuid:pk>/circle/", record.circle, name="circle"),
    path("<uuid:pk>/history/", record.history, name="history"),
    path("<uuid:pk>/photo/", record.photo, name="photo"),
    path("<uuid:pk>/numbers/<uuid:row>/", record.reveal, name="reveal"),
    path("<uuid:pk>/circle/<uuid:row>/", relatives.relative, name="relative"),
    path("<uuid:pk>/circle/<uuid:row>/<slug:section>/", relatives.relative_section, name="relative_section"),
    path("<uuid:pk>/circle/<uuid:row>/<slug:section>/add/", relatives.relative_add, name="relative_row_add"),
    path("<uuid:pk>/circle/<uuid:row>/<slug:section>/<uuid:item>/", relatives.relative_edit, name="relative_row_edit"),
    path("<uuid:pk>/<slug:section>/", record.section_read, name="section"),
    path("<uuid:pk>/<slug:section>/edit/", record.section_edit, name="section_edit"),
    path("<uuid:pk>/<slug:section>/add/", record.row_add, name="row_add"),
    path("<uuid:pk>/<slug:section>/<uuid:row>/", record.row_edit, name="row_edit"),
    path("<uuid:pk>/<slug:section>/<uuid:row>/end/", record.row_end, name="row_end"),
    path("<uuid:pk>/<slug:section>/<uuid:row>/undo/<int:version>/", record.row_undo, name="row_undo"),
]
