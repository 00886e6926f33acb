"""The addresses of enrolment and cover."""

from django.urls import path

from goldthread.doors.web.episodes import changing, covering, enrolling, handing_over, views

app_name = "episodes"
urlpatterns = [
    path("clients/<uuid:pk>/programs/", views.of_client, name="of_client"),
    path("clients/<uuid:pk>/programs/enroll/", enrolling.enroll, name="enroll"),
    path("clients/<uuid:pk>/programs/<uuid:row>/transfer/", handing_over.transfer, name="transfer"),
    path("clients/<uuid:pk>/programs/<uuid:row>/pause/", changing.pause, name="pause"),
    path("clients/<uuid:pk>/programs/<uuid:row>/resume/", changing.resume, name="resume"),
    path("clients/<uuid:pk>/programs/<uuid:row>/discharge/", changing.discharge, name="discharge"),
    path("clients/<uuid:pk>/programs/<uuid:row>/undo/", changing.undo, name="undo"),
    path("clients/<uuid:pk>/hand-over/<uuid:row>/", handing_over.hand_over, name="hand_over"),
    path("clients/<uuid:pk>/hand-over/<uuid:row>/read/", handing_over.confirm, name="confirm"),
    path("cover/", covering.own, name="cover"),
    path("cover/<uuid:pk>/", covering.of_worker, name="cover_of"),
    path("cover/<uuid:pk>/end/<uuid:row>/", covering.end, name="cover_end"),
]
