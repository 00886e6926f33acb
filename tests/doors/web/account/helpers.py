"""Signing in as a person does it: through the page."""

from typing import Any

from django.test import Client

from goldthread.foundation.workforce.models import Staff
from tests.factories import PASSWORD


def sign_in(client: Client, staff: Staff, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/account/sign-in/", {"login": staff.user.email, "password": password} | more)
