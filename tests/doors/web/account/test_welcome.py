"""Invitations and forgotten passwords: the links, and what makes them useless."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from goldthread.doors.jobs import worker
from goldthread.foundation.accounts import actions
from goldthread.foundation.accounts.models import Invitation
from goldthread.foundation.lib.actor import Actor
from tests.databases import in_public
from tests.doors.web.account.helpers import sign_in
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
CHOSEN = "seven quiet herons wade"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    AgencyFactory()
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def staff():
    made = StaffFactory(name="Noor Haddad", user__language="es")
    made.user.set_unusable_password()
    made.user.save()
    return made


def actor_now():
    return Actor(at=AT, today=AT.date(), request="test")


def test_an_invited_person_sets_a_password_once_and_is_in(client, staff):
    token = actions.invite(user=staff.user, by=actor_now())
    page = client.get(f"/welcome/{token}/").content.decode()
    assert "Noor Haddad" in page
    assert "At least 15 characters" in page
    answer = client.post(f"/welcome/{token}/", {"password": CHOSEN, "again": CHOSEN})
    assert answer["Location"] == "/"
    assert client.get("/me/").status_code == 200
    again = client.post(
        f"/welcome/{token}/", {"password": "other words that are long", "again": "other words that are long"}
    )
    assert again.status_code == 410
    assert "This link was used" in Client().get(f"/welcome/{token}/").content.decode()
    staff.user.refresh_from_db()
    assert staff.user.check_password(CHOSEN)


@pytest.mark.parametrize(("days", "status"), [(7, 200), (7.00002, 410)])
def test_a_link_lasts_seven_days(client, staff, clock, days, status):
    token = actions.invite(user=staff.user, by=actor_now())
    clock.shift(timedelta(days=days))
    assert client.get(f"/welcome/{token}/").status_code == status


def test_a_newer_invitation_voids_the_older(client, staff):
    old = actions.invite(user=staff.user, by=actor_now())
    new = actions.invite(user=staff.user, by=actor_now())
    page = client.get(f"/welcome/{old}/")
    assert page.status_code == 410
    assert "There is a newer link" in page.content.decode()
    assert client.get(f"/welcome/{new}/").status_code == 200


def test_a_changed_link_opens_nothing_and_says_whom_to_ask(client, staff):
    token = actions.invite(user=staff.user, by=actor_now())
    page = client.get(f"/welcome/{token[:-1]}x/")
    assert page.status_code == 410
    assert "Your administrator can send you a new one" in page.content.decode()


def test_a_closed_account_cannot_be_entered_by_its_invitation(client, staff):
    token = actions.invite(user=staff.user, by=actor_now())
    actions.disable(user=staff.user, by=actor_now())
    assert client.get(f"/welcome/{token}/").status_code == 410


def test_weak_and_different_passwords_are_refused_and_the_link_stays_good(client, staff):
    token = actions.invite(user=staff.user, by=actor_now())
    assert (
        client.post(f"/welcome/{token}/", {"password": "noor haddad 2026!", "again": "noor haddad 2026!"}).status_code
        == 422
    )
    assert client.post(f"/welcome/{token}/", {"password": CHOSEN, "again": CHOSEN + "x"}).status_code == 422
    assert client.get(f"/welcome/{token}/").status_code == 200


def test_only_the_digest_of_the_link_is_kept(staff):
    token = actions.invite(user=staff.user, by=actor_now())
    assert token not in str(list(Invitation.objects.values()))


def test_the_mail_holds_the_link_to_where_the_inviter_was(
    client, staff, mailoutbox, django_capture_on_commit_callbacks
):
    from goldthread.foundation.lib.origin import remember_origin

    remember_origin("https://agency.example")
    with django_capture_on_commit_callbacks(execute=True):
        token = actions.invite(user=staff.user, by=actor_now())
    worker.run_all()
    assert mailoutbox[0].to == [staff.user.email]
    assert f"https://agency.example/welcome/{token}/" in mailoutbox[0].body
    remember_origin("")


def test_a_forgotten_password_is_set_by_a_link_that_works_once(client, mailoutbox, django_capture_on_commit_callbacks):
    staff = StaffFactory()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/forgotten/", {"email": staff.user.email})
    assert answer["Location"] == "/account/forgotten/sent/"
    worker.run_all()
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    here = page.request["PATH_INFO"]
    assert "New password" in page.content.decode()
    client.post(here, {"password1": CHOSEN, "password2": CHOSEN})
    assert sign_in(client, staff, CHOSEN).status_code == 302
    client.post("/account/sign-out/")
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_neither_token_nor_email_waits_in_the_queue(client, staff, django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        token = actions.invite(user=staff.user, by=actor_now())
        client.post("/account/forgotten/", {"email": staff.user.email})
    with in_public():
        waiting = str([row.args_kwargs for row in DBTaskResult.objects.all()])
    assert str(staff.user.pk) in waiting
    assert token not in waiting
    assert staff.user.email not in waiting


def test_an_invitation_replaced_before_it_was_mailed_is_not_mailed(
    staff, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(user=staff.user, by=actor_now())
        newer = actions.invite(user=staff.user, by=actor_now())
    worker.run_all()
    assert [newer in mail.body for mail in mailoutbox] == [True]


def test_nobody_learns_from_it_who_has_an_account(client, mailoutbox):
    known = client.post("/account/forgotten/", {"email": StaffFactory().user.email})
    unknown = client.post("/account/forgotten/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert all(mail.to != ["nobody@example.org"] for mail in mailoutbox)
