from django.apps import AppConfig


class Config(AppConfig):
    name = "goldthread.doors.demo"
    label = "demo"

    def ready(self) -> None:
        """Tell the front door whom one may be in the demo."""
        from goldthread.doors.demo.signins import signins  # here: the models must be ready
        from goldthread.doors.web.account.in_demo import offer

        offer(signins)
