"""Which web pages may open a socket: the hall's own, and those of its public address.

A page's Origin is its own when it names the same host as the socket's Host, at the port of the pages, and that host is
no name that a stranger could point here: an IP address, `localhost`, or a name of this machine in the settings.
Programs send no Origin and prove themselves by their token alone.
"""

from collections.abc import Callable
from ipaddress import ip_address
from socket import gethostname
from urllib.parse import urlsplit


class Origins:
    """`address` and `public_url` as in hall.toml; `http_port` tells the port of the pages."""

    def __init__(self, address: str, public_url: str, http_port: Callable[[], int]) -> None:
        self._names = {name.lower() for name in ("localhost", gethostname(), address) if name}
        self._public = _origin(public_url) if public_url else None
        self._http_port = http_port

    def admits(self, origin: str | None, host: str | None) -> bool:
        if origin is None:
            return True
        try:
            page = _origin(origin)
            asked = urlsplit(f"//{host or ''}").hostname
        except ValueError:
            return False
        if page == self._public:
            return True
        _, name, port = page
        return port == self._http_port() and name == asked and self._ours(name)

    def _ours(self, name: str) -> bool:
        try:
            ip_address(name)
        except ValueError:
            return name in self._names
        return True


def _origin(address: str) -> tuple[str, str, int]:
    """(scheme, host, port) of an address, the port filled in. Raises ValueError."""
    parts = urlsplit(address)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return parts.scheme, (parts.hostname or "").lower(), port
