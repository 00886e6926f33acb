from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.foundation.programs"
    label = "programs"
