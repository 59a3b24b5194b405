"""Virtual devices at work while a test runs, and what is heard on a line."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hardware.sim.server import DeviceServer

DEADLINE_S = 60.0


@contextmanager
def serving(server: DeviceServer) -> Iterator[None]:
    """The device in a thread of its own; it must end when it is asked to."""
    server.open()
    thread = threading.Thread(target=server.run, name="virtual device")
    thread.start()
    try:
        yield
    finally:
        server.stop()
        thread.join(DEADLINE_S)
        assert not thread.is_alive()


def read_until(read: Callable[[float], bytes], wanted: bytes) -> bytes:
    """Everything up to `wanted`; `AssertionError` when it does not come."""
    ends_s, data = time.monotonic() + DEADLINE_S, b""
    while wanted not in data:
        assert time.monotonic() < ends_s, data
        data += read(0.2)
    return data
