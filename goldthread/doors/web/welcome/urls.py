"""The address in an invitation."""

from django.urls import path

from goldthread.doors.web.welcome import pages

app_name = "welcome"
urlpatterns = [path("<str:token>/", pages.open_invitation, name="open")]
