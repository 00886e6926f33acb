"""Before Django reads a request: its text is UTF-8, whatever encoding its sender claims."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

CLAIMED = "goldthread.encoding"
"""Where the encoding stands that was claimed, for WholeTextMiddleware to turn away what is not ours."""
A_CLAIM = re.compile(r""";\s*charset\*?\s*=\s*("[^"]*"|[^;]*)""", re.IGNORECASE)
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class OneEncoding:
    """The application without the claim. Django would read the address in that encoding while it makes the request, before any of our
    code, and what cannot be read so (``charset=base64``) would be nobody's to answer."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        sent = environ.get("CONTENT_TYPE", "")
        if A_CLAIM.search(sent):
            environ[CLAIMED] = parse_header_parameters(sent)[1].get("charset", "")
            environ["CONTENT_TYPE"] = A_CLAIM.sub("", sent)
        return self.application(environ, start_response)
