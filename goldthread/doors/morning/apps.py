from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.doors.morning"
    label = "morning"
