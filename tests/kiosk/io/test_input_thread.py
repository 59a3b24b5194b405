"""The thread of a scanner or card reader: what was read is told, health is told and logged once for each change."""

import logging
import queue

import pytest

from kiosk.io.input_thread import InputThread
from kiosk.reading_events import InputSeen, Scanned
from ticketserver.core.terms import DeviceHealth

WAIT_S = 30


class Health:
    def __init__(self, state: str, reason: str = "") -> None:
        self.state, self.reason = state, reason


class Device:
    """Says what a script has, a turn each; `codes` and `states` are taken from the front, the last state stays."""

    def __init__(self, codes=(), states=()) -> None:
        self.codes, self.states = list(codes), list(states) or [Health("online")]
        self.link_down = ""
        self.closed = False
        self.done = []
        self.turns = queue.Queue()

    def wait(self, timeout_s: float) -> bool:
        return False

    def poll(self, now_ms: int):
        if self.codes and isinstance(self.codes[0], Exception):
            raise self.codes.pop(0)
        codes, self.codes = self.codes, []
        return codes

    def health(self):
        self.turns.put(None)
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def run():
    """Starts threads and ends them."""
    threads = []

    def start(device, tell, failed=lambda error: None):
        thread = InputThread("scanner1", "scanner", device, Scanned, tell, failed)
        threads.append(thread)
        thread.start()
        return thread

    yield start
    for thread in threads:
        thread.stop()
        thread.join(WAIT_S)


def test_what_was_read_is_told_and_never_logged(run, caplog) -> None:
    told = queue.Queue()
    with caplog.at_level(logging.DEBUG):
        run(Device(["AbCdEf"]), told.put)
        assert told.get(timeout=WAIT_S) == Scanned("AbCdEf")
        assert told.get(timeout=WAIT_S) == InputSeen("scanner1", "scanner", DeviceHealth.ONLINE)
    assert "AbCdEf" not in caplog.text


def test_health_is_told_and_logged_once_for_each_change(run, caplog) -> None:
    told = queue.Queue()
    states = [
        Health("unheard"), Health("offline", "silent"), Health("offline", "silent"), Health("unheard"),
        Health("degraded", "not_authorised"), Health("online"), Health("online"),
    ]  # fmt: skip
    device = Device(states=states)
    with caplog.at_level(logging.INFO):
        run(device, told.put)
        for _ in range(len(states) + 3):
            device.turns.get(timeout=WAIT_S)
    assert [told.get_nowait() for _ in range(told.qsize())] == [
        InputSeen("scanner1", "scanner", DeviceHealth.OFFLINE, "silent"),
        InputSeen("scanner1", "scanner", DeviceHealth.DEGRADED, "not_authorised"),
        InputSeen("scanner1", "scanner", DeviceHealth.ONLINE),
    ]
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("WARNING", "scanner1: offline silent"), ("WARNING", "scanner1: degraded not_authorised"),
        ("INFO", "scanner1: online"),
    ]  # fmt: skip


def test_why_the_line_is_down_is_logged(run, caplog) -> None:
    told = queue.Queue()
    device = Device(states=[Health("offline", "link_down")])
    device.link_down = "serial:/dev/ttyUSB9: cannot open the port"
    with caplog.at_level(logging.INFO):
        run(device, told.put)
        told.get(timeout=WAIT_S)
    assert caplog.messages == ["scanner1: offline link_down serial:/dev/ttyUSB9: cannot open the port"]


def test_wishes_are_carried_out_in_the_thread_in_order(run) -> None:
    device, done = Device(), queue.Queue()
    thread = run(device, lambda event: None)
    thread.do(lambda: done.put("first"))
    thread.do(lambda: done.put("second"))
    assert [done.get(timeout=WAIT_S), done.get(timeout=WAIT_S)] == ["first", "second"]


def test_an_end_gives_the_link_back(run) -> None:
    device = Device()
    thread = run(device, lambda event: None)
    thread.stop()
    thread.join(WAIT_S)
    assert device.closed


def test_an_error_that_nothing_expects_ends_the_thread_and_is_told(run, caplog) -> None:
    failed = queue.Queue()
    error = RuntimeError("unexpected")
    device = Device([error])
    thread = run(device, lambda event: None, failed.put)
    assert failed.get(timeout=WAIT_S) is error
    thread.join(WAIT_S)
    assert device.closed
    assert "the thread of scanner1" in caplog.text
