from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.foundation.audit"
    label = "audit"
