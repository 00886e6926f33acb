"""What may be kept as an image, and how it is made safe. Pure."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from goldthread.foundation.lib.errors import DomainError

LARGEST = 10 * 1024 * 1024
"""Bytes of an upload."""
MOST_PIXELS = 50_000_000
"""More than any phone's camera takes; fewer than would fill the memory."""
LONGEST_SIDE = 800
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"


def clean_image(data: bytes) -> bytes:
    """*data* as a fresh JPEG of at most 800 pixels a side: only the pixels survive, turned upright; no metadata, nothing
    appended. Told by its content, never by its name. Raises DomainError when it is no image, broken, or too large."""
    if len(data) > LARGEST:
        raise DomainError(_("The image is larger than 10 MB. Choose a smaller one."), "photo")
    try:
        return _as_jpeg(data)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DomainError(_("This is not a JPEG, PNG or WebP image, or it is broken."), "photo") from error


def _as_jpeg(data: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _encoded(_on_white(upright))


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise DomainError(_("The image has too many pixels. Choose a smaller one."), "photo")


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, on white."""
    if image.mode == "RGB":
        return image
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _encoded(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
