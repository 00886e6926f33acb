"""Addresses of the needs. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.needs import suggested, views, writing

app_name = "needs"

urlpatterns = [
    path("clients/<uuid:pk>/needs/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/needs/add/", writing.add, name="add"),
    path("clients/<uuid:pk>/needs/order/", writing.order, name="order"),
    path("clients/<uuid:pk>/needs/<uuid:row>/", views.one, name="one"),
    path("clients/<uuid:pk>/needs/<uuid:row>/change/", writing.change, name="change"),
    path("clients/<uuid:pk>/needs/<uuid:row>/close/", writing.close, name="close"),
    path("clients/<uuid:pk>/needs/<uuid:row>/reopen/", writing.reopen, name="reopen"),
    path("clients/<uuid:pk>/needs/from/<uuid:row>/accept/", suggested.accept, name="accept"),
    path("clients/<uuid:pk>/needs/from/<uuid:row>/change/", suggested.change, name="accept_changed"),
    path("clients/<uuid:pk>/needs/from/<uuid:row>/decline/", suggested.decline, name="decline"),
]
