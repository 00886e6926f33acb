"""What goes into an archive."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from goldthread.doors.command.archives.tables import LEFT_OUT, kept_apps, kept_models

pytestmark = pytest.mark.both


def test_every_model_goes_or_has_a_reason_to_stay() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    kept = [model._meta.label for model in kept_models()]
    assert set(kept) == known - set(LEFT_OUT)
    assert len(kept) == len(set(kept))
    assert {label for label in LEFT_OUT if label.partition(".")[0] != "tenancy"} <= known
    assert all(LEFT_OUT.values())


def test_nothing_that_is_a_persons_or_an_accounts_stays_behind() -> None:
    kept = {model._meta.label for model in kept_models()}
    own = {model._meta.label for model in apps.get_models() if model.__module__.startswith("goldthread.")}
    assert own - kept - {"tenancy.AgencyPlace", "tenancy.Domain"} == {"accounts.Session"}
    assert {"mfa.Authenticator", "account.EmailAddress"} <= kept
    assert {"audit", "persons", "mfa"} <= kept_apps()


def test_a_model_comes_after_those_that_it_points_to() -> None:
    order = [model._meta.label for model in kept_models()]
    for model in kept_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is not model:
                assert order.index(field.related_model._meta.label) < order.index(model._meta.label)
