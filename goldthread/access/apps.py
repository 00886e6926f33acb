from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.access"
    label = "access"
