from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.foundation.tenancy"
    label = "tenancy"
