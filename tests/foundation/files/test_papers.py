"""What is taken as a document, and what is refused, with the reason (ADR 0050)."""

import io
import tracemalloc

import pytest
from PIL import Image

from goldthread.foundation.files import straining
from goldthread.foundation.files.papers import LARGEST, REFUSALS, Sort, refusal, taken
from goldthread.foundation.files.strainer import LONGEST_SIDE, Refused, answer, strained_pdf
from goldthread.foundation.files.straining import strained
from goldthread.foundation.lib.errors import DomainError
from tests.foundation.files.corpus import hostile, image, pdf, slipping

CORPUS = list(hostile())


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The strainer sets a limit of Pillow's, of its own process; here that is ours."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def decide(data: bytes) -> bytes:
    """As ``strained``, in this process: forty times a process of its own would only take time."""
    paper = taken(data)
    if paper.sort == Sort.TEXT:
        return paper.data
    said, clean = answer(paper.sort.value, paper.data)
    if "refused" in said:
        raise refusal(str(said["refused"]))
    return clean


def test_every_hostile_file_is_refused_with_its_reason_and_little_memory():
    assert len(CORPUS) >= 40
    wrong = {}
    for name, data, reason in CORPUS:
        tracemalloc.start()
        with pytest.raises(DomainError) as refused:
            decide(data)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        if (
            reason not in str(refused.value.message)
            or refused.value.field != "file"
            or most > 3 * len(data) + 16_000_000
        ):
            wrong[name] = (str(refused.value.message), most)
    assert wrong == {}


@pytest.mark.parametrize(
    ("data", "sort"),
    [
        (pdf(), Sort.PDF),
        (image(), Sort.IMAGE),
        (pdf(catalog=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/Named/N/Print>>>>"), Sort.PDF),
        (pdf(b"<</Type/Annot/Subtype/Link/A<</S/URI/URI(http://a.example)>>>>", page=b"/Annots[4 0 R]"), Sort.PDF),
        (b"\r\n" + pdf(), Sort.PDF),
        (image("PNG"), Sort.IMAGE),
        (image("WEBP"), Sort.IMAGE),
        (b"BMI 24, MZ is his mother. PK: none.", Sort.TEXT),
        ("Señora, a < b".encode("cp1252"), Sort.TEXT),
    ],
)
def test_what_agencies_have_is_taken_by_its_content(data: bytes, sort: Sort):
    assert taken(data).sort == sort
    assert decide(data)


def test_text_is_kept_as_utf_8():
    assert decide("Señora".encode("cp1252")) == decide("Señora".encode("utf-16")) == "Señora".encode()


def test_of_an_image_only_the_pixels_survive_upright_and_not_too_large():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # on its side
    exif[0x010F] = "where it was taken"
    Image.new("RGBA", (3000, 1500), (0, 0, 0, 0)).save(out, "PNG", exif=exif)
    clean = decide(out.getvalue() + slipping())
    assert b"slipped" not in clean
    kept = Image.open(io.BytesIO(clean))
    assert (kept.format, kept.size, len(kept.getexif())) == ("JPEG", (LONGEST_SIDE // 2, LONGEST_SIDE), 0)
    assert kept.getpixel((0, 0)) == (255, 255, 255)


def test_a_photo_of_a_telephone_of_today_is_taken(monkeypatch: pytest.MonkeyPatch):
    """They have 48 to 200 million pixels, as JPEG, which is read smaller. A PNG cannot be."""
    monkeypatch.setattr("goldthread.foundation.files.strainer.MOST_PIXELS", 1000)
    assert Image.open(io.BytesIO(decide(image()))).size == (40, 30)
    with pytest.raises(DomainError, match="too many pixels"):
        decide(image("PNG"))


def test_what_was_appended_to_a_pdf_is_cut_off():
    assert decide(pdf() + b"<script>alert(1)</script>").rstrip().endswith(b"%%EOF")


def test_too_many_pages_and_too_many_objects_are_refused(monkeypatch: pytest.MonkeyPatch):
    many = b"[" + b"3 0 R " * 5 + b"]"
    for limit, code in (("MOST_PAGES", "pages"), ("MOST_OBJECTS", "complex")):
        with monkeypatch.context() as patch:
            patch.setattr(f"goldthread.foundation.files.strainer.{limit}", 0)
            with pytest.raises(Refused) as refused:
                strained_pdf(pdf(pages=b"<</Type/Pages/Kids%s/Count 5>>" % many))
            assert refused.value.code == code


def test_the_process_of_its_own_gives_back_what_may_be_kept_or_the_code():
    assert strained(b"words").media_type == "text/plain; charset=utf-8"
    assert strained(pdf()).data.startswith(b"%PDF-")
    with pytest.raises(DomainError, match="broken"):
        strained(image()[:200])


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(9)",
        "import sys; sys.exit(3)",
        "print('{\"kept\": 5}')",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 26, 1 << 26)); bytearray(1 << 28)",
    ],
)
def test_a_process_that_hangs_dies_or_lies_is_a_file_too_complicated(program: str, tmp_path, monkeypatch):
    (tmp_path / "strainer.py").write_text(program)
    monkeypatch.setattr(straining, "PROGRAM", tmp_path / "strainer.py")
    monkeypatch.setattr(straining, "PATIENCE", 0.5)
    with pytest.raises(DomainError, match="too complicated"):
        strained(pdf())


def test_every_code_has_words():
    assert {"encrypted", "active", "files_inside", "pages", "broken_pdf", "broken_image", "pixels", "complex"} <= set(
        REFUSALS
    )
    assert LARGEST == 26_214_400
