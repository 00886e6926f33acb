"""Which host name leads to which agency's schema."""

import re
import time

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.tenancy.roles import PUBLIC

REMEMBERED_SECONDS = 30
REMEMBERED_HOSTS = 1_000
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]+\]")
_remembered: dict[str, tuple[float, str]] = {}


def schema_of(host: str) -> str:
    """The schema of the agency that *host* (without a port) leads to; empty when no agency has it.

    Answers are remembered in this process for half a minute, unknown hosts too; a flood of invented host names
    only empties the memory.
    """
    host = host.lower()
    now = time.monotonic()
    known = _remembered.get(host)
    if known and known[0] > now:
        return known[1]
    schema = _look_up(host)
    if len(_remembered) >= REMEMBERED_HOSTS:
        _remembered.clear()
    _remembered[host] = (now + REMEMBERED_SECONDS, schema)
    return schema


def forget_hosts() -> None:
    """Look every host up afresh."""
    _remembered.clear()


def check_host(domain: str) -> str:
    """*domain* as it is compared: small letters, no port. Raises DomainError when it is no host name."""
    host = domain.strip().lower()
    if not _HOST.fullmatch(host):
        raise DomainError(_("%s is not a host name. Example: north.example.org") % domain, "domains")
    return host


def _look_up(host: str) -> str:
    with schema_context(PUBLIC):
        domains = apps.get_model(settings.TENANT_DOMAIN_MODEL).objects
        return domains.filter(domain=host).values_list("tenant__schema_name", flat=True).first() or ""
