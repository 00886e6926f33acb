from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.foundation.workforce"
    label = "workforce"
