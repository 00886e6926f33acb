from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.people.facts"
    label = "facts"
