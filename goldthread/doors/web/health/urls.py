from django.urls import path

from goldthread.doors.web.health import views

app_name = "health"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
