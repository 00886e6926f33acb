"""The addresses of enrolment and cover."""

from django.urls import path

from goldthread.doors.web.episodes import changing, covering, enrolling, handing_over, membership, moving, views

app_name = "episodes"
urlpatterns = [
    path("clients/<uuid:pk>/programs/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/programs/enroll/", enrolling.enroll, name="enroll"),
    path("clients/<uuid:pk>/programs/<uuid:row>/transfer/", handing_over.transfer, name="transfer"),
    path("clients/<uuid:pk>/programs/<uuid:row>/pause/", changing.pause, name="pause"),
    path("clients/<uuid:pk>/programs/<uuid:row>/resume/", changing.resume, name="resume"),
    path("clients/<uuid:pk>/programs/<uuid:row>/join/", membership.join, name="join"),
    path("clients/<uuid:pk>/programs/<uuid:row>/join/undo/", membership.undo_join, name="undo_join"),
    path("clients/<uuid:pk>/programs/<uuid:row>/leave/", membership.leave, name="leave"),
    path("clients/<uuid:pk>/programs/<uuid:row>/leave/undo/", membership.undo_leave, name="undo_leave"),
    path("clients/<uuid:pk>/programs/<uuid:row>/undo/", changing.undo, name="undo"),
    path("clients/<uuid:pk>/hand-over/<uuid:row>/", handing_over.hand_over, name="hand_over"),
    path("clients/<uuid:pk>/hand-over/<uuid:row>/read/", handing_over.confirm, name="confirm"),
    path("programs/<uuid:program>/move/", moving.move_all, name="move_all"),
    path("cover/", covering.own, name="cover"),
    path("cover/<uuid:pk>/", covering.of_worker, name="cover_of"),
    path("cover/<uuid:pk>/end/<uuid:row>/", covering.end, name="cover_end"),
]
