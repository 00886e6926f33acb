"""Notices: told once, counted cheaply, mailed without a name."""

from dataclasses import replace

import pytest
from django.core import mail

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce import queries
from goldthread.foundation.workforce.models import Notice
from goldthread.foundation.workforce.notices import mark_seen, tell
from goldthread.foundation.workforce.tasks import mail_notice
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def test_each_is_told_once_and_not_whoever_did_it(actor):
    me, head = StaffFactory(), StaffFactory()
    tell(to=[head, head, me], kind="glass_broken", by=replace(actor, staff=me.pk), about_person=new_id())
    assert [notice.to for notice in Notice.objects.all()] == [head]


def test_unseen_are_counted_in_one_query_and_marked_one_by_one_or_all(actor, django_assert_num_queries):
    head = StaffFactory()
    first = tell(to=[head], kind="one", by=actor)[0]
    tell(to=[head], kind="two", by=actor)
    tell(to=[head], kind="three", by=actor)
    with django_assert_num_queries(1):
        assert queries.unseen_notices(head) == 3
    assert mark_seen(staff=StaffFactory(), by=actor, notice=first.pk) == 0
    assert mark_seen(staff=head, by=actor, notice=first.pk) == 1
    assert mark_seen(staff=head, by=actor) == 2
    assert queries.unseen_notices(head) == 0


def test_the_newest_come_first_and_pages_go_on_where_they_ended(actor):
    head = StaffFactory()
    made = [tell(to=[head], kind=str(number), by=actor)[0].pk for number in range(3)]
    newest_first = sorted(made, reverse=True)
    assert [notice.pk for notice in queries.notices_of(head, limit=2)] == newest_first[:2]
    assert [notice.pk for notice in queries.notices_of(head, before=newest_first[1])] == newest_first[2:]


def test_the_mail_is_a_job_and_names_nobody(actor, django_capture_on_commit_callbacks):
    head = StaffFactory(name="Gloria Nakamura")
    with django_capture_on_commit_callbacks() as later:
        notice = tell(to=[head], kind="glass_broken", by=actor, about_staff=StaffFactory(name="Renee").pk)[0]
    assert len(later) == 1
    mail_notice.func(actor, str(notice.pk))
    (letter,) = mail.outbox
    assert letter.to == [head.user.email]
    assert "Renee" not in letter.subject + letter.body
    assert "Gloria" not in letter.subject + letter.body


def test_no_mail_when_it_was_seen_meanwhile_or_the_account_is_off(actor):
    head = StaffFactory()
    seen, off = tell(to=[head], kind="one", by=actor)[0], tell(to=[StaffFactory()], kind="two", by=actor)[0]
    mark_seen(staff=head, by=actor)
    User.objects.filter(pk=off.to.user_id).update(is_active=False)
    mail_notice.func(actor, str(seen.pk))
    mail_notice.func(actor, str(off.pk))
    assert not mail.outbox
