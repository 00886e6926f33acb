"""The names of the roles of an installation, and which schemas an agency may have. Pure.

Roles belong to the whole PostgreSQL cluster, not to one database: every name starts with that of the installation's own
login role, which is random, so that two installations on one cluster never meet.
"""

import re

from goldthread.foundation.lib.errors import DomainError

PUBLIC = "public"
NO_ROLE = "none"
"""PostgreSQL's word for: the role that signed in."""

_SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TAKEN = ("pg_", "information_schema", PUBLIC)


def owner_role(login: str, schema: str) -> str:
    """Owns the schema and its tables: migrations, restore, retention. ``public`` has one, too."""
    return f"{login}_{schema}_owner"


def app_role(login: str, schema: str) -> str:
    """Answers requests and does jobs: rows of its own schema, of the audit log only reading and adding."""
    return f"{login}_{schema}_app"


def check_schema(schema: str) -> str:
    """Return *schema* when an agency may have it as its schema; raise DomainError otherwise.

    The limit of 40 characters leaves room for the role names, which PostgreSQL cuts at 63 bytes.
    """
    if not _SCHEMA.fullmatch(schema) or schema.startswith(_TAKEN):
        raise DomainError(
            "A schema's name has 1 to 40 small letters, digits or underscores, starts with a letter, and is not "
            "one of PostgreSQL's own.",
            "schema",
        )
    return schema
