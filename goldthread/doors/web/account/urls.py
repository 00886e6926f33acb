"""Addresses of one's own account."""

from django.urls import path

from goldthread.doors.web.account import profile

app_name = "account"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("name/", profile.save_name, name="name"),
    path("screen/", profile.save_screen, name="screen"),
    path("morning/", profile.save_morning, name="morning"),
    path("sign-out-everywhere/", profile.sign_out_everywhere, name="sign-out-everywhere"),
    path("kept/", profile.kept, name="kept"),
]
