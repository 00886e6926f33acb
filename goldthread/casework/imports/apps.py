from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "goldthread.casework.imports"
    label = "imports"
