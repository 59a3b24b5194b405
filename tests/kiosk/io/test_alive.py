"""Signs of life: only after a frame, only where somebody watches, to a path or an abstract address."""

import asyncio
import os
import socket

import pytest

from kiosk.io.alive import Alive

WAIT_S = 30
EVERY_USEC = "40000"


class Watcher:
    """The socket that systemd would give."""

    def __init__(self, place):
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind("\0" + place[1:] if place.startswith("@") else place)
        self.line.setblocking(False)
        self.environ = {"NOTIFY_SOCKET": place, "WATCHDOG_USEC": EVERY_USEC}

    async def heard(self):
        async with asyncio.timeout(WAIT_S):
            return await asyncio.get_running_loop().sock_recv(self.line, 100)


@pytest.fixture
def watch(tmp_path):
    watchers = []

    def watching(place=""):
        watchers.append(Watcher(place or str(tmp_path / "notify")))
        return watchers[-1]

    yield watching
    for watcher in watchers:
        watcher.line.close()


@pytest.fixture
async def beating():
    tasks = []

    def beat(alive):
        tasks.append(asyncio.create_task(alive.run()))
        return tasks[-1]

    yield beat
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize("abstract", [False, True])
async def test_each_frame_that_was_drawn_is_a_sign_of_life(watch, beating, abstract):
    watcher = watch(f"@yihao-test-{os.getpid()}" if abstract else "")
    alive = Alive(lambda: alive.drawn(), watcher.environ)
    beating(alive)
    assert [await watcher.heard() for _ in range(3)] == [b"WATCHDOG=1"] * 3


async def test_a_window_that_draws_no_more_is_silent(watch, beating):
    asked = asyncio.Queue()
    watcher = watch()
    beating(Alive(lambda: asked.put_nowait(None), watcher.environ))
    for _ in range(5):
        await asyncio.wait_for(asked.get(), WAIT_S)
    with pytest.raises(BlockingIOError):
        watcher.line.recv(100)


@pytest.mark.parametrize(
    "environ",
    [{}, {"WATCHDOG_USEC": "1000"}, {"NOTIFY_SOCKET": "/x"}, {"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "soon"},
     {"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}],
)  # fmt: skip
async def test_where_nobody_watches_nothing_is_done(beating, environ):
    asked = []
    await asyncio.wait_for(beating(Alive(lambda: asked.append(1), environ)), WAIT_S)
    assert asked == []


async def test_a_watcher_that_has_gone_is_told_once(tmp_path, beating, caplog):
    asked = asyncio.Queue()
    environ = {"NOTIFY_SOCKET": str(tmp_path / "gone"), "WATCHDOG_USEC": EVERY_USEC, "WATCHDOG_PID": str(os.getpid())}
    alive = Alive(lambda: (alive.drawn(), asked.put_nowait(None)), environ)
    beating(alive)
    for _ in range(4):
        await asyncio.wait_for(asked.get(), WAIT_S)
    assert caplog.text.count("the watchdog hears nothing") == 1
