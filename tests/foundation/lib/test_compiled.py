"""A queryset compiled once answers as Django's own would, each time from the database, with each time's values."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from goldthread.foundation.agency.models import Site, Team
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given, GivenIds, IsIn
from goldthread.foundation.lib.ids import new_id
from tests.factories import SiteFactory, TeamFactory

TEAMS_AT = Compiled(lambda: Team.objects.filter(site=Given("site")).select_related("site").order_by("name"))


@pytest.mark.django_db
def test_rows_are_whole_with_what_is_related_and_take_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # the fixture has no type to name
    north, south = SiteFactory(name="North"), SiteFactory(name="South")
    TeamFactory(name="Day", site=north)
    TeamFactory(name="Night", site=north)
    TeamFactory(name="Far", site=south)
    with django_assert_num_queries(1):
        teams = TEAMS_AT.ask(site=north.pk)
        assert [(team.name, team.site.name, team.pk.version) for team in teams] == [
            ("Day", "North", 7),
            ("Night", "North", 7),
        ]
    assert [team.name for team in TEAMS_AT.ask(site=south.pk)] == ["Far"]


@pytest.mark.django_db
def test_no_answer_is_kept() -> None:
    site = SiteFactory()
    assert TEAMS_AT.first(site=site.pk) is None
    team = TeamFactory(name="Day", site=site)
    assert TEAMS_AT.first(site=site.pk) == team
    Team.objects.filter(pk=team.pk).update(name="Renamed")
    assert [found.name for found in TEAMS_AT.ask(site=site.pk)] == ["Renamed"]


@pytest.mark.django_db
def test_a_row_can_be_changed_and_saved_like_any_other() -> None:
    site = SiteFactory()
    TeamFactory(site=site)
    team = TEAMS_AT.first(site=site.pk)
    assert team is not None
    team.name = "Evening"
    team.save()
    assert Team.objects.get().name == "Evening"


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", [[], ["A"], ["A", "C"], ["A", "B", "C", "D"]])
def test_any_of_takes_lists_of_any_length(wanted: list[str]) -> None:
    sites = {name: SiteFactory(name=name).pk for name in "ABC"}
    any_site = Compiled(lambda: Site.objects.filter(AnyOf(F("pk"), Given("ids"))).order_by("name").values_list("name"))
    ids = [sites.get(name) or new_id() for name in wanted]
    found = [(name,) for name in wanted if name in sites]
    assert any_site.ask(ids=ids) == found
    assert any_site.ask(ids=frozenset(ids)) == found


@pytest.mark.django_db
def test_a_compiled_query_can_be_part_of_another() -> None:
    north, south = SiteFactory(name="North"), SiteFactory(name="South")
    TeamFactory(name="Day", site=north)
    TeamFactory(name="Far", site=south)
    either = Compiled(
        lambda: (
            Team.objects.filter(name=Given("one"))
            .values_list("site")
            .union(Team.objects.filter(name=Given("other")).values_list("site"))
        )
    )

    def sites(one: str, other: str) -> set[str]:
        found = Site.objects.filter(IsIn(F("pk"), either.part(one=one, other=other)))
        return set(found.exclude(name="").values_list("name", flat=True))

    assert sites("Day", "Far") == {"North", "South"}
    assert sites("Far", "nothing") == {"South"}
    assert sites("nothing", "' OR ''='") == set()


@pytest.mark.django_db
def test_any_of_takes_a_plain_list_too() -> None:
    north = SiteFactory(name="North")
    SiteFactory(name="South")
    assert list(Site.objects.filter(AnyOf(F("pk"), {north.pk, new_id()}))) == [north]
    assert not Site.objects.filter(AnyOf(F("pk"), [])).exists()


@pytest.mark.django_db
def test_days_instants_and_json_come_back_as_they_went_in() -> None:
    at = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    Site.objects.create(name="Closed", closed_on=date(2026, 11, 1))
    Event.objects.create(at=at, action="a.b", kind="k", details={"page": "é"})
    closed = Compiled(lambda: Site.objects.filter(closed_on__lte=Given("today")).values_list("closed_on"))
    assert closed.ask(today=date(2026, 11, 1)) == [(date(2026, 11, 1),)]
    assert closed.ask(today=date(2026, 10, 31)) == []
    since = Compiled(lambda: Event.objects.filter(at__gte=Given("at")).values_list("at", "details"))
    assert since.ask(at=at) == [(at, {"page": "é"})]
    assert since.ask(at=at.replace(second=1)) == []


@pytest.mark.django_db
def test_what_is_typed_is_a_value_and_never_sql() -> None:
    named = Compiled(lambda: Site.objects.filter(name=Given("name")))
    SiteFactory(name="North")
    assert named.ask(name="x' OR '1'='1") == []
    assert named.ask(name="%s") == []


@pytest.mark.django_db
def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        TEAMS_AT.ask()


@pytest.mark.django_db
def test_other_shapes_are_refused() -> None:
    with pytest.raises(TypeError):
        Compiled(lambda: Site.objects.values_list("name", flat=True)).ask()
    with pytest.raises(TypeError):
        Compiled(lambda: Site.objects.values("name")).ask()


@pytest.mark.django_db
def test_it_keeps_answering_when_postgresql_has_prepared_it_and_a_transaction_was_rolled_back() -> None:
    site = SiteFactory(name="North")
    named = Compiled(lambda: Site.objects.filter(name=Given("name")))
    for _use in range(12):
        assert named.ask(name="North") == [site]
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _ = named.ask(name="North")[0].pk.int / 0
    assert connection.is_usable()


@pytest.mark.django_db
def test_a_part_left_open_takes_the_values_of_the_whole() -> None:
    north, south = SiteFactory(name="North"), SiteFactory(name="South")
    team = TeamFactory(name="Day", site=north)
    TeamFactory(name="Far", site=south)
    ids = Compiled(lambda: Team.objects.filter(site=Given("site")).values_list("pk"))
    teams = Compiled(lambda: Team.objects.filter(IsIn(F("pk"), ids.open_part()), name=Given("name")))
    assert teams.ask(site=north.pk, name="Day") == [team]
    assert teams.ask(site=south.pk, name="Day") == []


@pytest.mark.django_db
def test_what_can_hold_nothing_is_not_asked(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # the fixture has no type to name
    with django_assert_num_queries(0):
        assert Compiled(lambda: Team.objects.none()).ask() == []


@pytest.mark.django_db
def test_a_day_so_much_before_or_after_the_one_that_is_given() -> None:
    """Also through a part of another query, whose own Given stands for it."""
    team = TeamFactory(site=SiteFactory(), closed_on=date(2026, 3, 8))
    within = Compiled(lambda: Team.objects.filter(closed_on__lte=Given("day") + timedelta(days=7)).values_list("pk"))
    assert within.ask(day=date(2026, 3, 1)) == [(team.pk,)]
    assert within.ask(day=date(2026, 2, 28)) == []
    before = Compiled(
        lambda: Team.objects.filter(IsIn(F("pk"), within.part(day=Given("today") - timedelta(days=30)))).values_list(
            "pk"
        )
    )
    assert before.ask(today=date(2026, 3, 31)) == [(team.pk,)]
    assert before.ask(today=date(2026, 3, 30)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Day", "Day's", "100 %", "%s", "a\\b", "Ärzte", "x'; --", ""])
def test_a_fixed_word_of_any_kind_is_compared_as_it_is(name: str) -> None:
    site = SiteFactory()
    TeamFactory(name=name, site=site)
    TeamFactory(name="Other", site=site)
    named = Compiled(lambda: Team.objects.filter(name=name, site=Given("site")).values_list("name"))
    assert named.ask(site=site.pk) == [(name,)]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", "A", "AC", "ABC"])
def test_ids_that_the_planner_is_not_told_of_are_found_all_the_same(wanted: str) -> None:
    sites = {name: SiteFactory(name=name).pk for name in "ABC"}
    any_site = Compiled(
        lambda: Site.objects.filter(AnyOf(F("pk"), GivenIds("ids"))).order_by("name").values_list("name")
    )
    for _again in range(7):  # the last ones by the plan that PostgreSQL keeps
        assert any_site.ask(ids=[sites[name] for name in wanted]) == [(name,) for name in wanted]
