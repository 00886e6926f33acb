"""No test reaches beyond this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class NetworkForbidden(BaseException):
    """A test tried to leave this machine. Not an Exception, so that no handler swallows it."""


def _stays_here(address: Any) -> bool:
    if not isinstance(address, tuple):  # a socket file
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def forbid_network() -> Iterator[None]:
    """Within it, connecting anywhere but to loopback addresses or socket files fails."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(address: Any) -> None:
        if not _stays_here(address):
            raise NetworkForbidden(f"A test tried to reach {address!r}.")

    def checked_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def checked_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in (None, "", b""):
            check((host.decode() if isinstance(host, bytes) else host,))
        return resolve(host, *args, **kwargs)

    socket.socket.connect = checked_connect  # type: ignore[method-assign]  # forbidden on purpose
    socket.socket.connect_ex = checked_connect_ex  # type: ignore[method-assign]  # forbidden on purpose
    socket.getaddrinfo = checked_resolve  # type: ignore[assignment]  # forbidden on purpose
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]  # forbidden on purpose
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]  # forbidden on purpose
        socket.getaddrinfo = resolve
