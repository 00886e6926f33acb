"""Addresses of the calendar. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.schedule import feed, groups, of_client, one, week

app_name = "schedule"

urlpatterns = [
    path("calendar/", week.week, name="week"),
    path("calendar/new/", one.new_own, name="new_own"),
    path("calendar/groups/new/", groups.new, name="group_new"),
    path("calendar/groups/<uuid:group>/", groups.group, name="group"),
    path("calendar/groups/<uuid:group>/settle/", groups.settle, name="group_settle"),
    path("calendar/groups/<uuid:group>/off/", groups.call_off, name="group_off"),
    path("calendar/groups/<uuid:group>/people/", groups.people, name="group_people"),
    path("calendar/feed/", feed.link, name="feed"),
    path("calendar/feed/<str:token>.ics", feed.file, name="feed_file"),
    path("calendar/<uuid:row>/", one.own, name="own"),
    path("calendar/<uuid:row>/settle/", one.settle_own, name="settle_own"),
    path("clients/<uuid:pk>/calendar/", of_client.of_client, name="of_client"),
    path("clients/<uuid:pk>/calendar/new/", one.new, name="new"),
    path("clients/<uuid:pk>/calendar/<uuid:row>/", one.one, name="one"),
    path("clients/<uuid:pk>/calendar/<uuid:row>/settle/", one.settle, name="settle"),
]
