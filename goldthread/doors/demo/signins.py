"""The sign-ins of the demo that ``./run`` prints: one for each role."""

from goldthread.doors.demo.agency import COLLEAGUES, PASSWORD
from goldthread.foundation.workforce.enums import Role


def signins() -> list[tuple[Role, str, str, str]]:
    """(role, name, email, password) of one colleague for each role, in the order of the roles.

    The colleague is the first in the list for whom it is the first role.
    """
    first = {role: next(c for c in COLLEAGUES if c.roles[0] == role) for role in Role}
    return [(role, colleague.name, colleague.email, PASSWORD) for role, colleague in first.items()]


def _lines() -> list[str]:
    lines = [f"  {role.label:<22} {email}" for role, _, email, _ in signins()]
    return ["Sign in as (all invented, all with the same password):", *lines, f"  password: {PASSWORD}"]


SIGN_INS = _lines()
