"""Files that people brought, handed out so that nothing in them runs or fetches anything."""

from django.http import HttpResponse

PDF = "application/pdf"
ENDINGS = {PDF: "pdf", "image/jpeg": "jpg"}
FRAMED = {"default-src": "'none'", "object-src": "'self'", "style-src": "'unsafe-inline'", "frame-ancestors": "'self'"}
"""Of a PDF, for the browser's own viewer, which a sandbox switches off. Nothing in it is fetched or run."""
ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Of everything else: an image, or words."""


def handed_out(data: bytes, media_type: str, name: str, *, to_keep: bool = False) -> HttpResponse:
    """The answer that shows a file, or saves it (*to_keep*). *name*: of the file, without its ending."""
    answer = HttpResponse(data, content_type=media_type)
    shown = "attachment" if to_keep else "inline"
    answer["Content-Disposition"] = f'{shown}; filename="{name}.{ENDINGS.get(media_type, "txt")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    framed = media_type == PDF and not to_keep
    policy = "; ".join(f"{part} {value}" for part, value in FRAMED.items()) if framed else ALONE
    answer["Content-Security-Policy"] = policy
    answer["X-Frame-Options"] = "SAMEORIGIN" if framed else "DENY"
    return answer
