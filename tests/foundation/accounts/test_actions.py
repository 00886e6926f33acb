"""What can be done to accounts."""

from datetime import timedelta

import pytest

from goldthread.foundation.accounts import actions
from goldthread.foundation.accounts.models import Invitation, User
from goldthread.foundation.accounts.secrets import lock, unlock
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_account_is_opened_once_whatever_the_capitals(actor):
    user = actions.open_account(email="Ada@Example.org", by=actor)
    assert (user.email, user.has_usable_password()) == ("ada@example.org", False)
    with pytest.raises(DomainError) as refused:
        actions.open_account(email="aDA@example.org", by=actor)
    assert refused.value.field == "email"


def test_an_invitation_is_kept_for_seven_days_and_noted(actor):
    user = UserFactory()
    actions.invite(user=user, by=actor)
    made = Invitation.objects.get()
    assert made.expires_at - made.sent_at == timedelta(days=7)
    assert Event.objects.get().action == "accounts.invited"


def test_a_link_that_is_not_ours_sets_no_password(actor):
    with pytest.raises(DomainError):
        actions.accept(token="0" * 64, password="seven quiet herons wade", by=actor)


def test_signing_out_everywhere_and_disabling_end_what_was_valid(actor):
    user = UserFactory()
    before = user.get_session_auth_hash()
    actions.sign_out_everywhere(user=user, by=actor)
    assert user.get_session_auth_hash() != before
    before = user.get_session_auth_hash()
    actions.disable(user=user, by=actor)
    actions.enable(user=user, by=actor)
    assert user.is_active
    assert user.get_session_auth_hash() != before


def test_a_new_password_does_not_open_an_account_that_was_closed_meanwhile(actor):
    stale = UserFactory()
    actions.disable(user=User.objects.get(pk=stale.pk), by=actor)
    actions.set_password(user=stale, password="seven quiet herons wade", by=actor, how="changed")
    assert not User.objects.get(pk=stale.pk).is_active


def test_what_is_locked_can_be_read_again_and_looks_different_each_time():
    assert unlock(lock("secret")) == "secret"
    assert lock("secret") != lock("secret")
