"""Addresses of PostgreSQL databases: postgresql://user:password@host:port/name. Pure, but for the file of one's own."""

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from goldthread.foundation.lib.databases import KEPT_URL, own_url


def user_of(url: str) -> str:
    """The role that *url* signs in as."""
    return unquote(urlsplit(url).username or "")


def password_of(url: str) -> str:
    """Its password."""
    return unquote(urlsplit(url).password or "")


def as_user(url: str, user: str, password: str) -> str:
    """*url* with another role and password."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{place}"))


def same_place(one: str, other: str) -> bool:
    """Whether two addresses lead to the same database, whoever signs in."""
    return as_user(one, "x", "x") == as_user(other, "x", "x")


def kept_url(data: Path) -> str:
    """The application's own address, kept in the data folder; empty before the first start on PostgreSQL."""
    return own_url(data, "")


def keep_url(data: Path, url: str) -> None:
    """Keep the application's own address, readable by the owner of the data folder only."""
    data.mkdir(parents=True, exist_ok=True)
    draft = data / f".{KEPT_URL}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(url + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(data / KEPT_URL)
