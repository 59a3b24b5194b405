"""The way to the server: its machine, tried for less than a second at a time, then its WebSocket.

A machine that is off or behind a pulled cable says nothing at all, and the system asks it again after one second, then
two, then four: whoever waits on one attempt learns seconds later that the machine is back. The socket belongs to the
machine, not to the program, so it answers at once even where the program has much to do; only names take their time.

Compression is off (37 KiB a connection, and no gain on a LAN) and no proxy is asked: the server stands in the hall.
"""

import asyncio
import socket

from websockets.asyncio.client import ClientConnection, connect
from websockets.uri import parse_uri

DIAL_S = 0.7
OPEN_S = 5.0
CLOSE_S = 1.0
LARGEST_BYTES = 8 * 1024 * 1024


async def connected(url: str) -> ClientConnection:
    """Raises OSError, TimeoutError, WebSocketException, EOFError."""
    return await connect(
        url,
        sock=await dialled(url),
        compression=None,
        proxy=None,
        open_timeout=OPEN_S,
        ping_interval=None,
        close_timeout=CLOSE_S,
        max_size=LARGEST_BYTES,
    )


async def dialled(url: str) -> socket.socket:
    """A connected socket, of the first of the machine's addresses that answers. Raises OSError."""
    loop, uri = asyncio.get_running_loop(), parse_uri(url)
    problem = OSError(f"{uri.host} has no address")
    for family, kind, protocol, _, address in await loop.getaddrinfo(uri.host, uri.port, type=socket.SOCK_STREAM):
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        try:
            await _answered(asyncio.ensure_future(loop.sock_connect(made, address)))
        except BaseException as error:
            made.close()
            if not isinstance(error, OSError):
                raise
            problem = error
        else:
            return made
    raise problem


async def _answered(connecting: asyncio.Future[None]) -> None:
    """Raises OSError where there is none in time. One that came while this loop itself stood still counts."""
    try:
        done, _ = await asyncio.wait([connecting], timeout=DIAL_S)
        if not done:
            raise TimeoutError("no answer")
        connecting.result()
    finally:
        connecting.cancel()
