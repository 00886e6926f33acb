"""A program of its own: takes one upload on its input, and gives back what may be kept of it. Run by ``straining.py``.

It is a process, because what reads a stranger's file can be made to eat memory or time: here it has so much of both and no
more, and dies alone. It imports nothing of Goldthread, reads no other file, and knows no key.

Answer: one line of JSON, ``{"refused": code}`` or ``{"kept": n}``, then the n bytes to keep.
"""

import io
import json
import resource
import sys
import warnings
from typing import Any

MEMORY = 640 * 1024 * 1024
SECONDS = 15
MOST_PIXELS = 40_000_000
MOST_JPEG_PIXELS = 220_000_000
"""A JPEG is read at a fraction of its size, and telephones take pictures of 200 million. One that cannot be (it holds the whole
picture until its end) runs out of memory here, and is too complicated."""
LONGEST_SIDE = 2400
"""A letter-sized page stays readable: some 215 dots an inch."""
MOST_PAGES = 500
MOST_OBJECTS = 300_000
IMAGES = ("JPEG", "PNG", "WEBP")
ACTIVE_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
        "/GoTo3DView",
    }
)
HARMLESS_ACTIONS = frozenset({"/GoTo", "/Named", "/Hide", "/SetOCGState", "/ResetForm", "/Trans"})
"""All that may happen by itself: turning to a page, hiding a layer."""
ACTIVE_PARTS = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/FileAttachment", "/Screen"})
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
FILE_KEYS = frozenset({"/EF", "/EmbeddedFiles", "/AF"})


class Refused(Exception):
    """``code``: why, as ``straining.py`` puts it into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def strained_image(data: bytes) -> bytes:
    """The pixels of *data* alone, upright, on white, as a fresh JPEG; no metadata (where it was taken), nothing appended."""
    from PIL import Image, ImageOps

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # told below, with a reason of its own
    with Image.open(io.BytesIO(data), formats=IMAGES) as image:
        most = MOST_JPEG_PIXELS if image.format in ("JPEG", "MPO") else MOST_PIXELS
        if image.width * image.height > most:
            raise Refused("pixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before anything copies it
        upright = ImageOps.exif_transpose(image)
        if upright.mode != "RGB":
            seen = upright.convert("RGBA")
            upright = Image.new("RGB", seen.size, "white")
            upright.paste(seen, mask=seen.getchannel("A"))
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=85, optimize=True)
        return out.getvalue()


def strained_pdf(data: bytes) -> bytes:
    """*data* without what was appended to it. Refused: locked, with programs or files in it, without pages, or with too many."""
    from pypdf import PdfReader

    warnings.simplefilter("ignore")
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused("broken_pdf")
    whole = data[: end + 5]
    reader = PdfReader(io.BytesIO(whole), strict=False)
    if reader.is_encrypted:
        raise Refused("encrypted")
    pages = _walk(reader.trailer)
    if not pages:
        raise Refused("broken_pdf")
    if pages > MOST_PAGES:
        raise Refused("pages")
    return whole + b"\n"


def _walk(trailer: Any) -> int:
    """Look at everything that the file's own table leads to, however deep. Returns the number of pages."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[Any] = [trailer]
    seen: set[tuple[int, int]] = set()
    pages = looked = 0
    while waiting:
        one = waiting.pop()
        looked += 1
        if looked > MOST_OBJECTS:
            raise Refused("complex")
        if isinstance(one, IndirectObject):
            key = (one.idnum, one.generation)
            if key not in seen:
                seen.add(key)
                waiting.append(one.get_object())
        elif isinstance(one, DictionaryObject):
            _check(one)
            pages += one.raw_get("/Type") == "/Page" if "/Type" in one else 0
            waiting.extend(dict.values(one))
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
    return pages


def _check(one: Any) -> None:
    if FILE_KEYS & one.keys():
        raise Refused("files_inside")
    if ACTIVE_KEYS & one.keys():
        raise Refused("active")
    if str(_at(one, "/S")) in ACTIVE_ACTIONS:  # whatever it calls itself: viewers ask no /Type of an action
        raise Refused("active")
    if any(str(_at(action, "/S")) not in HARMLESS_ACTIONS for action in _by_itself(one)):
        raise Refused("active")
    if str(_at(one, "/Subtype")) in ACTIVE_PARTS:
        raise Refused("active")


def _at(one: Any, key: str) -> Any:
    """What *one* says under *key*, also where it says so in another place of the file (``dict.get`` gives the way there)."""
    return one[key] if key in one else None  # noqa: SIM401  # as above


def _by_itself(one: Any) -> list[Any]:
    """The actions that start when *one* (the whole, a page, a part of a page) is opened, shown or passed over, and what follows them."""
    from pypdf.generic import ArrayObject, DictionaryObject

    waiting = [_at(one, "/OpenAction")]
    triggers = _at(one, "/AA")
    if isinstance(triggers, DictionaryObject):
        waiting += [triggers[name] for name in triggers]
    found: list[Any] = []
    while waiting and len(found) <= MOST_PAGES:
        action = waiting.pop()
        if not isinstance(action, DictionaryObject) or action in found:
            continue
        found.append(action)
        further = _at(action, "/Next")
        waiting += [step.get_object() for step in further] if isinstance(further, ArrayObject) else [further]
    return found


def answer(kind: str, data: bytes) -> tuple[dict[str, object], bytes]:
    """What is said of *data*, and what may be kept of it. Never raises: a file that breaks its reader is a broken file."""
    try:
        clean = strained_pdf(data) if kind == "pdf" else strained_image(data)
    except Refused as refused:
        return {"refused": refused.code}, b""
    except MemoryError:
        return {"refused": "complex"}, b""
    except Exception:  # whatever a reader of strange files raises
        return {"refused": "broken_pdf" if kind == "pdf" else "broken_image"}, b""
    return {"kept": len(clean)}, clean


def main() -> None:
    """Read, strain, answer, within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    said, clean = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(clean)


if __name__ == "__main__":
    main()
