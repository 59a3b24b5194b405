"""Ports of this machine for what tests start, stop and start again.

The kernel gives ports of `net.ipv4.ip_local_port_range` (from 32768 on) to every connection that anybody opens, so a
port found by binding to 0 may be somebody else's by the time a server is started there, or started again. These lie
below that range; processes whose numbers are near take from different ones.
"""

from contextlib import suppress
from itertools import cycle
from os import getpid
from socket import create_server

FIRST, EACH, SLOTS = 20_000, 100, 120
_begin = FIRST + getpid() % SLOTS * EACH
_ports = cycle(range(_begin, _begin + EACH))


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens; the next one is another."""
    while True:
        port = next(_ports)
        with suppress(OSError):
            create_server(("127.0.0.1", port)).close()
            return port
