from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.casework.eligibility"
    label = "eligibility"
