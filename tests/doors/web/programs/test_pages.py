"""Programs in the settings, over HTTP: opened and read, by whom it may be."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.writing import to_yaml
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from tests.doors.web.account.helpers import sign_in
from tests.doors.web.programs.helpers import opened, page
from tests.factories import AgencyFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agency():
    cache.clear()
    return AgencyFactory()


@pytest.fixture
def gloria(client):
    staff = StaffFactory(role=Role.ADMINISTRATOR, name="Gloria Nakamura")
    sign_in(client, staff)
    return staff


def test_a_program_is_opened_from_a_template(client, gloria):
    team = TeamFactory(name="Harbor")
    assert client.get(page("list")).status_code == 200
    answer = client.get(page("new") + "?template=hospice")
    assert b'value="hospice" selected' in answer.content
    sent = {
        "form_id": str(new_id()),
        "template": "hospice",
        "name": "Hospice at home",
        "team": str(team.pk),
        "opened_on": "2026-11-01",
    }
    answer = client.post(page("new"), sent)
    program = Program.objects.get()
    assert answer.headers["Location"] == page("program", program.pk)
    assert (program.key, program.name, program.team, program.template_key) == (
        "hospice-at-home",
        "Hospice at home",
        team,
        "hospice",
    )
    assert client.post(page("new"), sent).status_code == 302
    assert Program.objects.count() == 1
    answer = client.get(page("program", program.pk))
    assert "A review of the plan, every 15 days, clock from the last one." in answer.content.decode()
    assert "not yet verified" in answer.content.decode()
    assert b"Hospice at home" in client.get(page("list")).content


def test_a_program_is_opened_from_a_file_and_a_wrong_file_is_explained(client, gloria):
    def send(text):
        file = SimpleUploadedFile("ours.yaml", text.encode())
        return client.post(
            page("new"),
            {"form_id": str(new_id()), "template": "", "name": "Ours", "opened_on": "2026-11-01", "file": file},
        )

    answer = send("template: ours\ntitel: Ours\nrequirements: []\n")
    assert answer.status_code == 422
    assert "Line 2: “titel” is not known here. Did you mean “title”?" in answer.content.decode()
    assert (
        client.post(
            page("new"), {"form_id": str(new_id()), "template": "", "name": "Ours", "opened_on": "2026-11-01"}
        ).status_code
        == 422
    )
    assert client.post(page("new"), {"form_id": str(new_id())}).status_code == 422
    assert send(to_yaml(shipped()["hospice"])).status_code == 302
    assert Program.objects.get().template_key == ""


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 900_000])
def test_what_is_no_file_of_text_is_refused(client, gloria, content):
    file = SimpleUploadedFile("ours.yaml", content)
    answer = client.post(
        page("new"), {"form_id": str(new_id()), "template": "", "name": "Ours", "opened_on": "2026-11-01", "file": file}
    )
    assert answer.status_code == 422


def test_name_and_team_are_changed(client, gloria):
    program = opened()
    team = TeamFactory()
    assert client.get(page("edit", program.pk)).status_code == 200
    answer = client.post(
        page("edit", program.pk), {"form_id": str(new_id()), "version": "1", "name": "Waiver", "team": str(team.pk)}
    )
    assert answer.headers["Location"] == page("program", program.pk)
    program.refresh_from_db()
    assert (program.name, program.team) == ("Waiver", team)
    assert (
        client.post(page("edit", program.pk), {"form_id": str(new_id()), "version": "1", "name": ""}).status_code == 422
    )


def test_templates_can_be_read_and_downloaded(client, gloria):
    assert client.get(page("templates")).status_code == 200
    for key in shipped():
        assert client.get(page("template", key)).status_code == 200
    answer = client.get(page("template_file", "hospice"))
    assert b"template: hospice" in answer.content
    assert client.get(page("template", "nonesuch")).status_code == 404


def test_who_has_no_program_to_manage_reads_the_rules_and_changes_none(client):
    program = opened()
    sign_in(client, StaffFactory(role=Role.CASE_MANAGER))
    for address in (
        page("list"),
        page("program", program.pk),
        page("version", program.pk, 1),
        page("file", program.pk),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"btn primary" not in answer.content
    for address in (
        page("new"),
        page("edit", program.pk),
        page("upload", program.pk),
        page("rule", program.pk, "plan"),
        page("new_rule", program.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404


def test_a_program_not_there_is_not_found(client, gloria):
    for name in ("program", "edit", "file", "upload", "new_rule"):
        assert client.get(page(name, new_id())).status_code == 404
    assert client.get(page("version", opened().pk, 9)).status_code == 404


def test_the_list_asks_the_same_however_many_programs(client, gloria, django_assert_max_num_queries):
    opened("hospice")
    client.get(page("list"))
    with django_assert_max_num_queries(12) as one:
        client.get(page("list"))
        many = len(one)
    for key in ("idd-hcbs", "occupational", "hiv-aids"):
        opened(key)
    client.get(page("list"))
    with django_assert_max_num_queries(many):
        client.get(page("list"))
