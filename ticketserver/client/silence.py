"""A line that fell silent: a cable that is pulled says nothing, so somebody has to ask.

The line is held to be dead where nothing answers a ping within `SILENT_S`: what is shown counts as old at the latest
`PING_S` + `SILENT_S` after the server was last heard. websockets' own keepalive gives up as well where this loop itself
stood still for so long, as it may in a program that draws windows; here an answer that has come meanwhile counts.
"""

import asyncio

from websockets.asyncio.client import ClientConnection

PING_S = 1.0
SILENT_S = 1.5


async def until_silent(socket: ClientConnection) -> None:
    """Returns when it has given up a silent line. Raises ConnectionClosed where the line ended otherwise."""
    while True:
        await asyncio.sleep(PING_S)
        answered = asyncio.ensure_future(await socket.ping())
        await asyncio.wait([answered], timeout=SILENT_S)
        if not answered.done():
            socket.transport.abort()
            return


def given_up(watch: asyncio.Task[None]) -> bool:
    """Whether it was this watch that ended the line."""
    return watch.done() and watch.exception() is None
