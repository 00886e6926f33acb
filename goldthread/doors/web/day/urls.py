"""Addresses of My day and of tasks. They hold ids, never content."""

from django.urls import path

from goldthread.doors.web.day import elsewhere, kept, my_day, paper, tasks

app_name = "day"

urlpatterns = [
    path("day/", my_day.my_day, name="my_day"),
    path("day/print/", paper.printed, name="print"),
    path("day/tasks/new/", tasks.new_own, name="new_own"),
    path("day/tasks/<uuid:row>/", tasks.own, name="own"),
    path("clients/<uuid:pk>/tasks/", tasks.of_client, name="tasks"),
    path("clients/<uuid:pk>/tasks/kept/", kept.kept, name="kept"),
    path("clients/<uuid:pk>/tasks/new/", tasks.new, name="new"),
    path("clients/<uuid:pk>/tasks/<uuid:row>/", tasks.task, name="task"),
    path("day/tasks/<uuid:row>/reopen/", tasks.reopen_own, name="reopen_own"),
    path("clients/<uuid:pk>/tasks/<uuid:row>/reopen/", tasks.reopen, name="reopen"),
    path("clients/<uuid:pk>/elsewhere/", elsewhere.record, name="elsewhere"),
]
