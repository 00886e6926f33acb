"""What a file is, told by its content, and which are taken as documents (ADR 0050). Pure."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.foundation.lib.errors import DomainError

LARGEST = 25 * 1024 * 1024
"""Bytes of a document: a scan of some forty pages."""
LARGEST_TEXT = 1024 * 1024
FIELD = "file"
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
"""In two parts, so that scanners leave this file alone."""


class Sort(StrEnum):
    """What is taken."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


MEDIA_TYPES = {Sort.PDF: "application/pdf", Sort.IMAGE: "image/jpeg", Sort.TEXT: "text/plain; charset=utf-8"}

AS_PDF: StrOrPromise = gettext_lazy("Open it, save or print it as a PDF, and upload that.")
PHOTO: StrOrPromise = gettext_lazy(
    "This is a HEIC photo, as iPhones take them. Take the photo from this page instead, or set the phone to Most "
    "Compatible (Settings, Camera, Formats)."
)
OFFICE: StrOrPromise = gettext_lazy("Word, Excel and other office files can carry programs.")
ARCHIVE: StrOrPromise = gettext_lazy("This is an archive of files. Unpack it, and upload the documents one by one.")
PROGRAM: StrOrPromise = gettext_lazy("This is a program, not a document. It was not kept.")
WEB: StrOrPromise = gettext_lazy("This is a web page or a drawing that can carry programs.")
OTHER_IMAGE: StrOrPromise = gettext_lazy(
    "This kind of picture is not taken. Save it as JPEG, PNG or PDF, and upload that."
)
SOUND: StrOrPromise = gettext_lazy("Sound and film are not taken as documents.")
REFUSALS: dict[str, StrOrPromise] = {
    "encrypted": gettext_lazy("The PDF is locked with a password. Print it to a new PDF without one, and upload that."),
    "active": gettext_lazy(
        "The PDF carries a program or an action that could start by itself. Print it to a new PDF, and upload that."
    ),
    "files_inside": gettext_lazy(
        "The PDF has other files attached inside. Save those apart; print the PDF to a new one, and upload that."
    ),
    "pages": gettext_lazy("The PDF has more than 500 pages. Divide it, and upload the parts."),
    "broken_pdf": gettext_lazy("The PDF is broken, or only calls itself one. Scan or print it anew, and upload that."),
    "broken_image": gettext_lazy("The picture is broken, or only calls itself one. Take it again."),
    "pixels": gettext_lazy("The picture has too many pixels. Take it at a lower size."),
    "complex": gettext_lazy("The file is too complicated to be read safely. Print it to a new PDF, and upload that."),
    "two_in_one": gettext_lazy("The PDF is an archive of files as well. Print it to a new PDF, and upload that."),
}
"""Why what looked like a PDF or a picture is not kept, by the code of ``strainer.py``; each with what to do."""
BEGINNINGS: tuple[tuple[bytes, StrOrPromise], ...] = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\x00asm", PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"\x1f\x8b", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"GIF8", OTHER_IMAGE),
    (b"BM", OTHER_IMAGE),
    (b"II*\x00", OTHER_IMAGE),
    (b"MM\x00*", OTHER_IMAGE),
    (b"8BPS", OTHER_IMAGE),
    (b"\x00\x00\x01\x00", OTHER_IMAGE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"\x1aE\xdf\xa3", SOUND),
)
WRITTEN: tuple[tuple[str, StrOrPromise], ...] = (("#!", PROGRAM), ("{\\rtf", OFFICE), ("%!PS", OFFICE))
"""Beginnings of texts that are more than texts."""
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
OFFICE_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
ACTIVE_TEXT = re.compile(
    r"<\s*(?:!doctype|!entity|html|head|body|script|svg|iframe|object|embed|style|link|meta|form|img|\?xml|\?php|xml|%)",
    re.IGNORECASE,
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Taken:
    """Told by its content; PDFs and images are still to be strained."""

    sort: Sort
    data: bytes


def taken(data: bytes) -> Taken:
    """What *data* is, when it may be taken as a document; its name is never asked. DomainError says what it is instead, and
    what to do. Nothing is unpacked or decoded here."""
    if not data:
        raise DomainError(_("The file is empty. Choose another one."), FIELD)
    if len(data) > LARGEST:
        raise too_large()
    if TEST_VIRUS in data:
        raise DomainError(_("The file holds the signature of the test virus EICAR. It was not kept."), FIELD)
    data = _from_its_head(data)
    if data.startswith(b"%PDF-"):
        return Taken(Sort.PDF, _single(data))
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Taken(Sort.IMAGE, data)
    text = _text(data)
    if text is None:
        raise DomainError(_known(data), FIELD)
    return Taken(Sort.TEXT, _plain(text))


def _from_its_head(data: bytes) -> bytes:
    """*data* from the head of the PDF on, when nothing but blanks come before it. DomainError: something else does, which
    would be words to us and a PDF to others."""
    place = data[:1024].find(b"%PDF-")
    if place <= 0 or b"%%EOF" not in data:
        return data
    if data[:place].strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise refusal("broken_pdf")
    return data[place:]


def too_large() -> DomainError:
    """Said before it is read, where its size is known."""
    words = _("The file is larger than %(most)d MB. Scan it in black and white or at a lower size, or divide it.")
    return DomainError(words % {"most": LARGEST >> 20}, FIELD)


def refusal(code: str) -> DomainError:
    """In words, why ``strainer.py`` refused."""
    return DomainError(REFUSALS[code], FIELD)


def _single(data: bytes) -> bytes:
    """A PDF that can be opened as an archive, too, says one thing to us and another to somebody else."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise refusal("two_in_one")
    return data


def _known(data: bytes) -> str:
    """What it is instead of a document, as far as it is known."""
    for beginning, reason in BEGINNINGS:
        if data.startswith(beginning):
            return _office() if reason is OFFICE else str(reason)
    if data[4:8] == b"ftyp":
        return str(PHOTO if data[8:12] in HEIC_BRANDS else OTHER_IMAGE if data[8:12] == b"avif" else SOUND)
    if data[257:262] == b"ustar":
        return str(ARCHIVE)
    if data.startswith(b"PK") or zipfile.is_zipfile(io.BytesIO(data)):
        office = any(part in data[:2000] or part in data[-20_000:] for part in OFFICE_PARTS)
        return _office() if office else str(ARCHIVE)
    return _("This kind of file is not taken: only PDF, JPEG, PNG, WebP and plain text are.")


def _office() -> str:
    return f"{OFFICE} {AS_PDF}"


def _text(data: bytes) -> str | None:
    """*data* as text; None when it is none."""
    text = _decoded(data)
    return None if text is None or CONTROLS.search(text) else text


def _plain(text: str) -> bytes:
    """Plain text as UTF-8. DomainError: too long, a page of the web, or a program."""
    for beginning, reason in WRITTEN:
        if text.startswith(beginning):
            raise DomainError(_office() if reason is OFFICE else str(reason), FIELD)
    if ACTIVE_TEXT.search(text):
        raise DomainError(f"{WEB} {AS_PDF}", FIELD)
    if len(text) > LARGEST_TEXT:
        raise DomainError(_("A text may have at most 1 MB. Save it as a PDF, and upload that."), FIELD)
    return text.encode()


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
