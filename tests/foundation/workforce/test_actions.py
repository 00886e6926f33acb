"""Staff, roles, teams: what an administrator does, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.foundation.accounts.models import Invitation, User
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce import actions, queries
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, SavedView, Staff, TeamMembership
from tests.factories import LONG_AGO, AgencyFactory, SiteFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
YESTERDAY = date(2026, 11, 18)
TOMORROW = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def agency():
    return AgencyFactory()


@pytest.fixture
def gloria(actor):
    """The administrator who does things here, as ``by``."""
    staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    return replace(actor, staff=staff.pk, name=staff.name)


def add(gloria, **given):
    values = {
        "form_id": new_id(),
        "name": "Renee Baptiste",
        "email": "renee@example.org",
        "started_on": gloria.today,
        "roles": [Role.CASE_MANAGER],
    }
    return actions.add_staff(by=gloria, **values | given)


class TestAddingStaff:
    def test_a_new_colleague_gets_role_team_and_invitation(self, gloria, today):
        team = TeamFactory()
        staff = add(gloria, team=team, site=team.site)
        assert queries.roles_on(staff, today) == {Role.CASE_MANAGER}
        assert list(queries.staff_of_team(team, today)) == [staff]
        assert Invitation.objects.get().user == staff.user
        assert not staff.user.has_usable_password()

    def test_the_same_form_sent_twice_adds_one(self, gloria):
        form_id = new_id()
        assert add(gloria, form_id=form_id) == add(gloria, form_id=form_id)
        assert Staff.objects.count() == 2
        assert Invitation.objects.count() == 1

    @pytest.mark.parametrize(
        ("given", "field"),
        [({"name": " "}, "name"), ({"roles": []}, "roles"), ({"email": "TAKEN@example.org"}, "email")],
    )
    def test_what_is_missing_or_taken(self, gloria, given, field):
        User.objects.create_user("taken@example.org")
        with pytest.raises(DomainError) as caught:
            add(gloria, **given)
        assert caught.value.field == field
        assert Staff.objects.count() == 1

    def test_an_invitation_is_sent_again_until_it_was_used(self, gloria):
        staff = add(gloria)
        actions.invite_again(staff=staff, by=gloria)
        assert Invitation.objects.filter(voided_at=None).count() == 1
        with pytest.raises(DomainError, match="signed in already"):
            actions.invite_again(staff=StaffFactory(), by=gloria)
        staff.user.is_active = False
        with pytest.raises(DomainError, match="switched off"):
            actions.invite_again(staff=staff, by=gloria)

    def test_editing_and_two_tabs(self, gloria):
        staff = StaffFactory(name="Renee")
        values = {"name": "Renée", "title": "", "phone": "", "site": None}
        actions.edit_staff(staff=staff, values=values, version=1, by=gloria)
        with pytest.raises(EditConflict):
            actions.edit_staff(staff=staff, values=values | {"name": "R."}, version=1, by=gloria)
        with pytest.raises(DomainError):
            actions.edit_staff(staff=staff, values=values | {"name": ""}, version=2, by=gloria)
        assert Staff.objects.get(pk=staff.pk).name == "Renée"
        assert queries.history_of(staff)[0].actor_name == "Gloria Nakamura"


class TestRoles:
    def test_a_role_holds_from_its_first_to_its_last_day(self, gloria, today):
        staff = StaffFactory(role=None)
        actions.give_role(staff=staff, role=Role.BILLING, starts_on=today, ends_on=TOMORROW, by=gloria)
        assert [queries.roles_on(staff, day) for day in (YESTERDAY, today, TOMORROW, TOMORROW + timedelta(1))] == [
            set(),
            {Role.BILLING},
            {Role.BILLING},
            set(),
        ]

    def test_nobody_gives_themselves_a_role_or_a_team(self, gloria, today):
        me = Staff.objects.get(pk=gloria.staff)
        with pytest.raises(DomainError, match="another administrator"):
            actions.give_role(staff=me, role=Role.QUALITY, starts_on=today, by=gloria)
        with pytest.raises(DomainError, match="another administrator"):
            actions.join_team(staff=me, team=TeamFactory(), supervises=True, starts_on=today, by=gloria)
        assert queries.roles_on(me, today) == {Role.ADMINISTRATOR}

    def test_the_same_form_twice_gives_one_role(self, gloria, today):
        staff, form_id = StaffFactory(role=None), new_id()
        for _again in range(2):
            actions.give_role(staff=staff, role=Role.BILLING, starts_on=today, by=gloria, form_id=form_id)
        assert staff.roles.count() == 1

    def test_what_cannot_be_given(self, gloria, today):
        staff = StaffFactory(role=Role.BILLING)
        with pytest.raises(DomainError, match="already"):
            actions.give_role(staff=staff, role=Role.BILLING, starts_on=today, by=gloria)
        with pytest.raises(DomainError, match="before the first"):
            actions.give_role(staff=staff, role=Role.QUALITY, starts_on=today, ends_on=YESTERDAY, by=gloria)
        with pytest.raises(DomainError, match="one site"):
            actions.give_role(staff=staff, role=Role.QUALITY, starts_on=today, site=SiteFactory(), by=gloria)

    def test_a_program_manager_of_one_site(self, gloria, today):
        staff, site = StaffFactory(role=None), SiteFactory()
        row = actions.give_role(staff=staff, role=Role.PROGRAM_MANAGER, site=site, starts_on=today, by=gloria)
        assert row.site == site

    def test_a_role_ends_and_may_end_earlier_but_not_later(self, gloria, today):
        row = StaffFactory().roles.get()
        actions.end_role(assignment=row, last_day=TOMORROW, by=gloria)
        actions.end_role(assignment=row, last_day=TOMORROW, by=gloria)
        actions.end_role(assignment=row, last_day=YESTERDAY, by=gloria)
        assert RoleAssignment.objects.get(pk=row.pk).ends_on == YESTERDAY
        with pytest.raises(DomainError):
            actions.end_role(assignment=row, last_day=TOMORROW, by=gloria)
        assert Event.objects.filter(action="workforce.role_ended").count() == 2

    def test_a_role_given_today_is_taken_back_today(self, gloria, today):
        staff = StaffFactory(role=None)
        row = actions.give_role(staff=staff, role=Role.BILLING, starts_on=today, by=gloria)
        kept = RoleAssignment.objects.get(pk=row.pk)
        actions.end_role(assignment=row, last_day=YESTERDAY, by=gloria)
        actions.end_role(assignment=kept, last_day=YESTERDAY, by=gloria)
        assert not queries.roles_on(staff, today)

    def test_the_last_administrator_keeps_the_role(self, gloria, today):
        me = Staff.objects.get(pk=gloria.staff)
        only_invited = add(gloria, roles=[Role.ADMINISTRATOR])
        switched_off = StaffFactory(role=Role.ADMINISTRATOR)
        User.objects.filter(pk=switched_off.user_id).update(is_active=False)
        leaving = StaffFactory(role=Role.ADMINISTRATOR, ended_on=date(2027, 1, 31))
        assert {only_invited, switched_off, leaving}
        with pytest.raises(DomainError, match="last administrator"):
            actions.end_role(assignment=me.roles.get(), last_day=today, by=gloria)
        StaffFactory(role=Role.ADMINISTRATOR)
        actions.end_role(assignment=me.roles.get(), last_day=today, by=gloria)
        assert me.roles.get().ends_on == today


class TestTeams:
    def test_join_supervise_leave(self, gloria, today):
        team = TeamFactory()
        worker, head = StaffFactory(), StaffFactory(role=Role.SUPERVISOR)
        joined = actions.join_team(staff=worker, team=team, supervises=False, starts_on=today, by=gloria)
        actions.join_team(staff=head, team=team, supervises=True, starts_on=today, by=gloria)
        assert list(queries.supervisors_of(worker, today)) == [head]
        people = queries.people_of_teams([team.pk], today)[team.pk]
        assert (people.supervisors, people.members) == ([head], [worker])
        actions.leave_team(membership=joined, last_day=today, by=gloria)
        actions.leave_team(membership=joined, last_day=today, by=gloria)
        assert not queries.supervisors_of(worker, TOMORROW).exists()
        with pytest.raises(DomainError):
            actions.leave_team(membership=joined, last_day=TOMORROW, by=gloria)

    def test_joined_today_by_mistake_is_taken_back(self, gloria, today):
        row = actions.join_team(staff=StaffFactory(), team=TeamFactory(), supervises=False, starts_on=today, by=gloria)
        actions.leave_team(membership=row, last_day=YESTERDAY, by=gloria)
        assert not TeamMembership.objects.exists()
        actions.leave_team(membership=row, last_day=YESTERDAY, by=gloria)

    def test_twice_is_once_and_overlaps_are_refused(self, gloria, today):
        staff, team, form_id = StaffFactory(), TeamFactory(), new_id()
        for _again in range(2):
            actions.join_team(staff=staff, team=team, supervises=False, starts_on=today, by=gloria, form_id=form_id)
        with pytest.raises(DomainError, match="already"):
            actions.join_team(staff=staff, team=team, supervises=False, starts_on=TOMORROW, by=gloria)

    def test_nobody_joins_a_team_that_will_be_closed_then(self, gloria, today):
        team = TeamFactory(closed_on=date(2026, 12, 1))
        staff = StaffFactory()
        with pytest.raises(DomainError, match="closed"):
            actions.join_team(staff=staff, team=team, supervises=False, starts_on=today, by=gloria)
        actions.join_team(
            staff=staff, team=team, supervises=False, starts_on=today, ends_on=date(2026, 11, 30), by=gloria
        )

    def test_a_team_with_people_cannot_be_closed(self, gloria, today):
        team = TeamFactory()
        row = StaffFactory(team=team).memberships.get()
        with pytest.raises(DomainError, match="People are in this team"):
            actions.close_team(team=team, on=TOMORROW, by=gloria)
        actions.leave_team(membership=row, last_day=today, by=gloria)
        team = actions.close_team(team=team, on=TOMORROW, by=gloria)
        assert team.closed_on == TOMORROW
        assert actions.reopen_team(team=team, by=gloria).closed_on is None

    def test_a_site_closes_when_nobody_works_from_it(self, gloria, today):
        team = TeamFactory()
        site = team.site
        with pytest.raises(DomainError, match="Teams"):
            actions.close_site(site=site, on=TOMORROW, by=gloria)
        team = actions.close_team(team=team, on=TOMORROW, by=gloria)
        worker = StaffFactory(site=site)
        with pytest.raises(DomainError, match="People"):
            actions.close_site(site=site, on=TOMORROW, by=gloria)
        worker.delete()
        site = actions.close_site(site=site, on=TOMORROW, by=gloria)
        team.site = site
        with pytest.raises(DomainError, match="site is closed"):
            actions.reopen_team(team=team, by=gloria)
        assert actions.reopen_site(site=site, by=gloria).closed_on is None


class TestLeaving:
    def test_switched_off_today(self, gloria, today):
        staff = StaffFactory(team=TeamFactory())
        later = actions.give_role(staff=staff, role=Role.BILLING, starts_on=TOMORROW, by=gloria)
        actions.disable_staff(staff=staff, last_day=today, by=gloria)
        assert not User.objects.get(pk=staff.user_id).is_active
        assert Staff.objects.get(pk=staff.pk).ended_on == today
        assert not queries.roles_on(staff, TOMORROW)
        assert not RoleAssignment.objects.filter(pk=later.pk).exists()
        assert staff.memberships.get().ends_on == today

    def test_a_last_day_to_come_leaves_the_account_open_until_then(self, gloria, today):
        staff = StaffFactory()
        actions.disable_staff(staff=staff, last_day=date(2026, 12, 31), by=gloria)
        assert User.objects.get(pk=staff.user_id).is_active
        assert queries.roles_on(staff, date(2026, 12, 31))
        assert not queries.roles_on(staff, date(2027, 1, 1))

    def test_who_cannot_be_switched_off(self, gloria, today):
        me = Staff.objects.get(pk=gloria.staff)
        with pytest.raises(DomainError, match="your own"):
            actions.disable_staff(staff=me, last_day=today, by=gloria)
        system = replace(gloria, staff=None)
        with pytest.raises(DomainError, match="last administrator"):
            actions.disable_staff(staff=me, last_day=today, by=system)
        with pytest.raises(DomainError, match="before the day they started"):
            actions.disable_staff(staff=StaffFactory(), last_day=LONG_AGO - timedelta(1), by=gloria)

    def test_coming_back(self, gloria, today):
        staff = StaffFactory()
        actions.disable_staff(staff=staff, last_day=today, by=gloria)
        actions.enable_staff(staff=staff, by=gloria)
        assert User.objects.get(pk=staff.user_id).is_active
        assert Staff.objects.get(pk=staff.pk).ended_on is None
        with pytest.raises(DomainError):
            actions.enable_staff(staff=Staff.objects.get(pk=gloria.staff), by=gloria)


class TestStaffList:
    def test_filters(self, gloria, today):
        team = TeamFactory()
        renee = StaffFactory(name="Renee Baptiste", team=team, site=team.site)
        invited = add(gloria, name="Invited Person", email="new@example.org")
        left = StaffFactory(name="Left Long Ago", ended_on=YESTERDAY)

        def names(**wanted):
            return [staff.name for staff in queries.staff_list(today=today, **wanted)]

        assert names() == ["Gloria Nakamura", "Invited Person", "Renee Baptiste"]
        assert names(text="bapt ren") == ["Renee Baptiste"]
        assert names(role=Role.CASE_MANAGER) == ["Invited Person", "Renee Baptiste"]
        assert names(team=team.pk) == [renee.name]
        assert names(site=team.site_id) == [renee.name]
        assert names(state="invited") == [invited.name]
        assert names(state="left") == [left.name]
        assert len(names(state="all")) == 4

    def test_the_list_takes_three_queries_however_long(self, today, django_assert_num_queries):
        for _number in range(8):
            StaffFactory(team=TeamFactory())
        with django_assert_num_queries(3):
            for staff in queries.staff_list(today=today):
                assert [staff.user.email, *staff.roles_now, *[row.team.name for row in staff.teams_now]]

    def test_holders_of_a_role_can_sign_in(self, today):
        quality = StaffFactory(role=Role.QUALITY)
        StaffFactory(role=Role.QUALITY, ended_on=YESTERDAY)
        assert list(queries.holders(Role.QUALITY, today)) == [quality]


class TestKeptViews:
    def test_save_rename_delete(self, gloria, actor):
        me, other = StaffFactory(), StaffFactory()
        view = actions.save_view(staff=me, page="clients", name=" Mine ", query="a=1", by=actor)
        actions.save_view(staff=me, page="clients", name="Mine", query="a=2", by=actor)
        assert [(kept.name, kept.query) for kept in queries.saved_views(me, "clients")] == [("Mine", "a=2")]
        actions.rename_view(staff=me, pk=view.pk, name="Ours", by=actor)
        actions.delete_view(staff=other, pk=view.pk, by=actor)
        assert SavedView.objects.get().name == "Ours"
        actions.delete_view(staff=me, pk=view.pk, by=actor)
        assert not SavedView.objects.exists()

    def test_a_forgotten_view_comes_back_as_it_was_unless_its_name_is_taken(self, gloria, actor):
        me = StaffFactory()
        view = actions.save_view(staff=me, page="clients", name="Mine", query="a=1", by=actor)
        gone = actions.delete_view(staff=me, pk=view.pk, by=actor)
        assert actions.delete_view(staff=me, pk=view.pk, by=actor) is None
        said = {"staff": me, "pk": gone.pk, "page": "clients", "name": gone.name, "query": gone.query, "by": actor}
        assert actions.restore_view(**said) == actions.restore_view(**said) == view
        assert queries.saved_views(me, "clients")[0].query == "a=1"
        happened = Event.objects.filter(kind="view").order_by("id").values_list("action", flat=True)
        assert list(happened) == ["workforce.view_forgotten", "workforce.view_restored"]
        actions.delete_view(staff=me, pk=view.pk, by=actor)
        actions.save_view(staff=me, page="clients", name="Mine", query="a=2", by=actor)
        with pytest.raises(DomainError, match="of this name"):
            actions.restore_view(**said)

    @pytest.mark.parametrize("name", ["", "x" * 61])
    def test_a_view_needs_a_name_that_fits(self, actor, name):
        with pytest.raises(DomainError):
            actions.save_view(staff=StaffFactory(), page="clients", name=name, query="", by=actor)

    def test_names_are_taken_once_and_a_gone_view_says_so(self, actor):
        me = StaffFactory()
        actions.save_view(staff=me, page="clients", name="A", query="", by=actor)
        view = actions.save_view(staff=me, page="clients", name="B", query="", by=actor)
        with pytest.raises(DomainError):
            actions.rename_view(staff=me, pk=view.pk, name="A", by=actor)
        with pytest.raises(DomainError, match="gone"):
            actions.rename_view(staff=me, pk=new_id(), name="C", by=actor)

    def test_not_more_than_twenty(self, actor):
        me = StaffFactory()
        for number in range(20):
            actions.save_view(staff=me, page="clients", name=str(number), query="", by=actor)
        with pytest.raises(DomainError, match="20"):
            actions.save_view(staff=me, page="clients", name="more", query="", by=actor)
