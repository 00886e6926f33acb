"""From which address a request comes. Behind a proxy only the part that our own proxies wrote is believed."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address; of an IPv6 address the network (/64) that one household or office has.

    ``GOLDTHREAD_PROXIES`` says how many of our own proxies stand in front: so many entries are counted from the right
    of X-Forwarded-For, since everything further left is the caller's own claim.
    """
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    found = said[-settings.PROXIES] if 0 < settings.PROXIES <= len(said) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(found)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - not a bind: stands for an address that cannot be read
    if address.version == 6:
        return str(ip_network(f"{address}/64", strict=False).network_address)
    return str(address)
