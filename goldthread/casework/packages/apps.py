from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.casework.packages"
    label = "packages"
