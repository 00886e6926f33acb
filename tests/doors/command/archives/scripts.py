"""What the tests of archives do inside installations, and agencies to do it with."""

import json
from pathlib import Path
from typing import Any

from tests.doors.command.installations import Installation

PASSWORD = "harbor-gold-thread-demo"
FILL = """
from datetime import UTC, date, datetime
from allauth.mfa.models import Authenticator
from goldthread.doors.demo import make_demo
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.secrets import lock
from goldthread.foundation.audit.actions import record
from goldthread.casework.imports.models import Import
from goldthread.foundation.files.actions import keep_image, keep_made
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions.identifiers import add_identifier
from goldthread.people.persons.models import Change, Person
from PIL import Image
import io
make_demo()
by = Actor(at=datetime(2026, 11, 19, 15, tzinfo=UTC), today=date(2026, 11, 19))
plain = {"text": "tab\\t newline\\n backslash\\\\ ễ", "whole": 2.0, "none": None, "list": [True, 1.5]}
odd = plain | {"text": "tab\\t newline\\n backslash\\\\ ễ \\U0001f33e", "large": 1e22, "small": 1e-7, "zero": -0.0, "long": 12345678901234567890}
record(by=by, action="persons.read", kind="person", details=plain)
person = Person.objects.exclude(client_number=None).order_by("client_number").first()
picture = io.BytesIO()
Image.new("RGB", (60, 40), "teal").save(picture, "PNG")
person.photo = keep_image(data=picture.getvalue(), by=by)
person.save(update_fields=["photo"])
Change.objects.create(person=person, section="x", field="x", old=odd, by_name="x", at=by.at, version=person.version)
add_identifier(person=person, values={"kind": "mrn", "value": "QX-778 9876"}, by=by)
listed = keep_made(data=b"given,family", media_type="text/csv", by=by)
Import.objects.create(file=listed, name="clients.csv", made_by_name="x", made_at=by.at)
user = User.objects.get(email=EMAIL)
Authenticator.objects.create(user=user, type="totp", data={"secret": lock("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")})
"""
A_LITTLE = """
from datetime import UTC, date, datetime
from goldthread.foundation.files.actions import keep_image
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.set_up import FirstRun, set_up_agency
from goldthread.people.persons.actions.identifiers import add_identifier
from tests.factories import PersonFactory
from PIL import Image
import io
by = Actor(at=datetime(2026, 11, 19, 15, tzinfo=UTC), today=date(2026, 11, 19))
set_up_agency(said=FirstRun("North", "client", "UTC", "", "Ann Ó Briain", "ann@north.test", "seven quiet herons wade"), by=by)
picture = io.BytesIO()
Image.new("RGB", (60, 40), "teal").save(picture, "PNG")
person = PersonFactory(client_number=5001, photo=keep_image(data=picture.getvalue(), by=by))
add_identifier(person=person, values={"kind": "mrn", "value": "QX-778 9876"}, by=by)
"""
EMAIL = "renee.baptiste@alderquay.example"
LOOK = """
import json, time
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.imports.models import Import
from goldthread.foundation.files.actions import read
from goldthread.people.persons.actions.identifiers import reveal_identifier
from goldthread.people.persons.identifiers import opened
from goldthread.people.persons.models import Identifier, NameToken, Person
from goldthread.people.persons.queries.keys import Key
client = Client(HTTP_HOST=DOMAIN)
first = client.post("/account/sign-in/", {"login": EMAIL, "password": PASSWORD})
code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", int(time.time()) // 30))
second = client.post(first["Location"], {"code": code})
photo = Person.objects.exclude(photo=None).get()
numbers = [opened(row) for row in Identifier.objects.all()]
print(json.dumps({
    "signed_in": [first.status_code, second.status_code, "_auth_user_id" in client.session],
    "home": client.get("/", follow=True).status_code,
    "photo": read(photo.photo)[:3].hex(),
    "documents": sorted(read(one.file)[:4].hex() for one in DocumentVersion.objects.select_related("file")),
    "brought": read(Import.objects.get().file).decode(),
    "found": [list(Key(typed).people().values()) for typed in ("qx7789876", "9876", "QX-778 9875")],
    "identifiers": [len(numbers), "QX-778 9876" in numbers],
    "tokens": NameToken.objects.filter(text__contains="ferreir").count(),
}))
Identifier.objects.create(person=photo, kind="mrn", sealed=b"x", digest="d", last4_digest="d")
from goldthread.people.persons.models import Change
from goldthread.foundation.audit.models import Event
Change.objects.create(person=photo, section="x", field="x", by_name="x", at="2026-11-20T00:00:00Z", version=9)
Event(at="2026-11-20T00:00:00Z", action="after", kind="import").save()
NameToken.objects.create(text="neu")
"""
EXPECTED = {
    "signed_in": [302, 302, True],
    "home": 200,
    "photo": "ffd8ff",
    "documents": ["25504446", "25504446", "52656c65", "ffd8ffe0", "ffd8ffe0", "ffd8ffe0"],
    "brought": "given,family",
    "found": [["identifier"], ["identifier"], []],
    "tokens": 1,
}


def fill(place: Installation, agency: str = "north") -> None:
    """The demo agency with a photo, a second step and words that are hard to carry."""
    place.script(FILL.replace("EMAIL", repr(EMAIL)), agency=agency)


def fill_a_little(place: Installation) -> None:
    """An agency with its administrator, and one client with a photo and a number that is kept sealed."""
    place.script(A_LITTLE)


def look(place: Installation, agency: str = "north", host: str = "localhost") -> dict[str, Any]:
    """Sign in, read, find, and write one more row of each kind that counts its ids."""
    names = {"EMAIL": EMAIL, "PASSWORD": PASSWORD, "DOMAIN": host}
    text = LOOK
    for name, value in names.items():
        text = text.replace(name, repr(value))
    told: dict[str, Any] = json.loads(place.script(text, agency=agency).splitlines()[-1])
    number, found = told.pop("identifiers")
    assert number > 100
    assert found
    return told


def export(place: Installation, file: Path, agency: str = "north") -> bytes:
    """The bytes of the archive of *agency*."""
    place.run("agency", "export", *([agency] if place.admin_url else []), file)
    return file.read_bytes()
