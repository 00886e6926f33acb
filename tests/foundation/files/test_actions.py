import io
import os
from datetime import timedelta

import pytest
from django.db import transaction
from PIL import Image

from goldthread.foundation.files import storage
from goldthread.foundation.files.actions import keep_image, read, sweep_orphans
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.files.rules import LARGEST
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.encryption import Tampered
from goldthread.foundation.lib.errors import DomainError

pytestmark = pytest.mark.django_db


def image(kind: str = "PNG", size: tuple[int, int] = (1200, 600), mode: str = "RGB", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(out, kind, **more)
    return out.getvalue()


def test_an_image_is_kept_small_encrypted_and_comes_back(actor: Actor) -> None:
    kept = keep_image(data=image(), by=actor)
    clean = read(kept)
    opened = Image.open(io.BytesIO(clean))
    assert (opened.format, opened.size) == ("JPEG", (800, 400))
    assert (kept.media_type, kept.size, kept.kept_at) == ("image/jpeg", len(clean), actor.at)
    path = storage.path_of(kept.digest)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"JFIF" not in path.read_bytes()
    assert not list(path.parent.glob(".*"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_all_three_kinds_and_transparency(kind: str, actor: Actor) -> None:
    assert read(keep_image(data=image(kind, (10, 10)), by=actor))
    assert read(keep_image(data=image("PNG", (10, 10), "RGBA"), by=actor))
    assert read(keep_image(data=image("PNG", (10, 10), "P"), by=actor))


def test_where_the_photo_was_taken_is_gone(actor: Actor) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    exif[0x8825] = {1: "N", 2: (40.0, 26.0, 46.0)}
    data = image("JPEG", (60, 40), exif=exif)
    assert b"SECRET-PLACE" in data
    clean = read(keep_image(data=data, by=actor))
    assert b"SECRET-PLACE" not in clean
    assert b"Exif" not in clean
    assert not Image.open(io.BytesIO(clean)).getexif()


def test_a_photo_taken_sideways_is_turned(actor: Actor) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = read(keep_image(data=image("JPEG", (60, 40), exif=exif), by=actor))
    assert Image.open(io.BytesIO(clean)).size == (40, 60)


def test_what_hangs_on_an_image_is_gone(actor: Actor) -> None:
    script = b"<script>alert(1)</script>"
    clean = read(keep_image(data=image() + script, by=actor))
    assert script not in clean


HUGE = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000186a0000186a00802000000")


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90\x00 this is an executable", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
     b"GIF89a" + bytes(40), image()[:200], image("JPEG")[:400], HUGE, b"%PDF-1.7 ", image("BMP", (5, 5)), bytes(LARGEST + 1)],
    ids=["empty", "program", "svg", "gif", "cut png", "cut jpeg", "huge", "pdf", "bmp", "over 10 MB"],
)  # fmt: skip
def test_hostile_uploads_are_refused_and_leave_nothing(data: bytes, actor: Actor) -> None:
    before = set(storage.all_files())
    with pytest.raises(DomainError) as caught:
        keep_image(data=data, by=actor)
    assert caught.value.field == "photo"
    assert set(storage.all_files()) == before
    assert not StoredFile.objects.exists()


def test_too_many_pixels_are_refused_before_they_are_unpacked(actor: Actor) -> None:
    data = image("PNG", (8000, 7000), "1")
    assert len(data) < 100_000
    with pytest.raises(DomainError, match="pixels"):
        keep_image(data=data, by=actor)


def test_a_file_changed_or_renamed_on_disk_does_not_open(actor: Actor) -> None:
    first = keep_image(data=image(size=(10, 10)), by=actor)
    second = keep_image(data=image(size=(20, 20)), by=actor)
    storage.path_of(first.digest).write_bytes(storage.path_of(second.digest).read_bytes())
    with pytest.raises(Tampered):
        read(first)


def _kept_and_taken_back(actor: Actor) -> str:
    with transaction.atomic():
        kept = keep_image(data=image(size=(40, 40)), by=actor)
        transaction.set_rollback(True)
    return kept.digest


def test_an_upload_taken_back_leaves_no_reachable_file_and_is_swept(actor: Actor) -> None:
    kept = keep_image(data=image(size=(30, 30)), by=actor)
    digest = _kept_and_taken_back(actor)
    assert not StoredFile.objects.filter(digest=digest).exists()
    long_ago = (actor.at - timedelta(days=2)).timestamp()
    for path in storage.all_files():
        os.utime(path, (long_ago, long_ago))
    fresh = storage.path_of("aa" + "0" * 62)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(b"an upload under way")
    later = (actor.at + timedelta(days=1)).timestamp()
    os.utime(fresh, (later, later))
    assert sweep_orphans(older_than=actor.at, by=actor) >= 1
    assert not storage.path_of(digest).exists()
    assert fresh.exists()
    assert read(kept)
    assert sweep_orphans(older_than=actor.at, by=actor) == 0
    fresh.unlink()
