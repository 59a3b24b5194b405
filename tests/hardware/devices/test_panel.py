"""A bus of panels on an in-memory line in hand-moved time: looks, flashing, repaints, silence, reconnecting."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from hardware.codecs import number_boards
from hardware.devices.kept_link import REOPEN_MS
from hardware.devices.panel import PanelBus
from hardware.devices.panel_boards import DigitBoards, SunpnBoards, Ub485Boards
from hardware.devices.panel_parts import PanelHealth, PanelLanguage, PanelLook, PanelSpec
from hardware.devices.panel_turns import ASK_AGAIN_MS, FLASH_MS, LOST_MISSES, REPAINT_MS
from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import memory_pair

BYTE_MS = 10_000 / 9600
CALLING = PanelLook("calling", "A012")
SERVING = PanelLook("serving", "A012")


class Bench:
    """A bus, its far end, and the clock. `answering` boards answer each SUNPN frame at once."""

    def __init__(self, language: Callable[[], PanelLanguage], panels: Sequence[PanelSpec]) -> None:
        self.now_ms = 1_000_000
        self.down = ""
        self.opened = 0
        self.answering: set[int] = set()
        self.sent: list[tuple[int, bytes]] = []
        self.far: Link
        self.bus = PanelBus(self._open, language, panels, BYTE_MS)

    def _open(self) -> Link:
        if self.down:
            raise LinkDown(self.down)
        near, self.far = memory_pair()
        self.opened += 1
        return near

    def run(self, span_ms: int, step_ms: int = 5) -> list[bytes]:
        """Turn the bus round; → the frames of this while."""
        before = len(self.sent)
        for _ in range(0, span_ms, step_ms):
            assert self.bus.poll(self.now_ms) == ()
            if not self.bus.link_down:
                for frame in iter(lambda: self.far.read(0), b""):
                    self.sent.append((self.now_ms, frame))
                    if frame[0] == 0x3A and frame[4] in self.answering:
                        said = b"\x2a" + frame[1:5]
                        self.far.write(said + bytes([sum(said) & 0xFF, 0x0A]), 0)
            self.now_ms += step_ms
        return [frame for _, frame in self.sent[before:]]


def boards(*addresses: int) -> Bench:
    """SUNPN boards that all answer."""
    specs = [PanelSpec(address, characters=3, alphabet="digits", blank=0) for address in addresses]
    bench = Bench(SunpnBoards, specs)
    bench.answering = set(addresses)
    bench.run(100 * len(addresses))
    return bench


def lit(address: int, number: int = 12) -> bytes:
    return number_boards.sunpn(address, number, 0)


def dark(address: int) -> bytes:
    return lit(address, 0)


def test_panels_are_dark_before_anybody_said_anything() -> None:
    bench = boards(1, 2)
    assert [frame for _, frame in bench.sent] == [dark(1), dark(2)]


def test_a_look_is_sent_once_and_painted_anew() -> None:
    bench = boards(1)
    bench.bus.show(1, SERVING)
    assert bench.run(REPAINT_MS - 100) == [lit(1)]
    assert bench.run(REPAINT_MS) == [lit(1)]
    assert bench.bus.health()[1] == PanelHealth("online")


def test_only_the_newest_look_is_shown() -> None:
    bench = boards(1)
    for number in ("A001", "A002", "A003"):
        bench.bus.show(1, PanelLook("serving", number))
    assert bench.run(1000) == [lit(1, 3)]


def test_one_frame_is_on_the_line_at_a_time() -> None:
    bench = boards(*range(1, 6))
    start = len(bench.sent)
    for address in range(1, 6):
        bench.bus.show(address, SERVING)
    bench.run(500)
    times = [at for at, _ in bench.sent[start:]]
    assert len(times) == 5
    assert all(after - before >= 20 for before, after in pairwise(times))


def test_a_call_flashes_and_its_service_does_not() -> None:
    bench = boards(1)
    bench.bus.show(1, CALLING)
    assert bench.run(4 * FLASH_MS + 50) == [lit(1), dark(1), lit(1), dark(1), lit(1)]
    bench.run(FLASH_MS)
    bench.bus.show(1, SERVING)
    assert bench.run(2000) == [lit(1)]


def test_a_board_that_cannot_be_dark_does_not_flash() -> None:
    bench = Bench(DigitBoards, [PanelSpec(5, characters=3, alphabet="digits")])
    bench.bus.show(5, CALLING)
    assert bench.run(5000) == [number_boards.digit_board(5, 12)]


def test_flashing_leaves_half_of_a_crowded_line_and_every_panel_is_lit_again() -> None:
    bench = boards(*range(1, 21))
    for address in range(1, 21):
        bench.bus.show(address, CALLING)
    bench.run(2000)
    frames = bench.run(20_000)
    dark_since: dict[int, int] = {}
    longest = 0
    for at, frame in bench.sent[-len(frames) :]:
        if frame == dark(frame[4]):
            dark_since[frame[4]] = at
        elif frame[4] in dark_since:
            longest = max(longest, at - dark_since.pop(frame[4]))
    assert longest <= 2 * FLASH_MS
    assert {frame[4] for frame in frames if frame == dark(frame[4])} == set(range(1, 21))
    start = bench.now_ms
    bench.bus.show(7, PanelLook("serving", "A777"))
    bench.run(500)
    at = next(at for at, frame in bench.sent if frame == lit(7, 777))
    assert at - start <= 60


def test_a_dead_panel_costs_the_others_a_short_time_out_and_is_then_asked_rarely() -> None:
    bench = boards(1, 2)
    bench.answering = {2}
    bench.bus.show(1, SERVING)
    bench.run(20)
    start = bench.now_ms
    bench.bus.show(2, SERVING)
    bench.run(2000)
    assert next(at for at, frame in bench.sent if frame == lit(2)) - start <= 200
    assert bench.bus.health() == {1: PanelHealth("offline", "silent"), 2: PanelHealth("online")}
    assert bench.run(4 * ASK_AGAIN_MS).count(lit(1)) <= 4
    bench.answering = {1, 2}
    bench.run(ASK_AGAIN_MS + 500)
    assert bench.bus.health()[1] == PanelHealth("online")
    assert bench.sent[-1][1] == lit(1)


def test_a_lost_answer_is_not_a_lost_panel() -> None:
    bench = boards(1)
    bench.answering = set()
    bench.bus.show(1, SERVING)
    assert bench.run(100) == [lit(1)]
    bench.answering = {1}
    assert bench.run(500) == [lit(1)]
    assert bench.bus.health()[1] == PanelHealth("online")


def test_a_panel_never_heard_is_no_panel_online() -> None:
    bench = boards()
    bench = Bench(SunpnBoards, [PanelSpec(1, characters=3, alphabet="digits")])
    bench.run(20)
    assert bench.bus.health()[1] == PanelHealth("unheard")
    bench.run(LOST_MISSES * 300)
    assert bench.bus.health()[1] == PanelHealth("offline", "silent")


def test_what_others_say_is_no_answer() -> None:
    bench = boards(1)
    bench.run(3000)
    bench.answering = set()
    bench.bus.show(1, SERVING)
    bench.run(10)
    said = bytes.fromhex("2A 00 0C 00 07 3D 0A")
    for _ in range(30):
        bench.far.write(said, 0)
        bench.run(50)
    assert bench.bus.health()[1] == PanelHealth("offline", "silent")
    # A word of the panel itself so long after its question is none either.
    late = Bench(SunpnBoards, [PanelSpec(1, characters=3, alphabet="digits")])
    late.run(3000)
    late.far.write(bytes.fromhex("2A 00 00 00 01 2B 0A"), 0)
    late.bus.poll(late.now_ms)
    assert late.bus.health()[1] == PanelHealth("offline", "silent")


def test_frames_to_ub485_boards_are_300_ms_apart() -> None:
    bench = Bench(Ub485Boards, [PanelSpec(0x21), PanelSpec(0x22)])
    bench.bus.show(0x21, SERVING)
    bench.bus.show(0x22, CALLING)
    bench.run(10_000)
    times = [at for at, _ in bench.sent]
    assert len(times) > 10
    assert all(after - before >= 300 for before, after in pairwise(times))
    assert bench.bus.health()[0x21] == PanelHealth("unheard")


def test_a_vanished_port_is_opened_again_and_the_newest_look_shown() -> None:
    bench = boards(1)
    bench.bus.show(1, SERVING)
    bench.run(500)
    bench.far.close()
    bench.down = "serial:x: cannot open the port"
    bench.run(20)
    assert bench.bus.link_down
    assert bench.bus.health()[1] == PanelHealth("offline", "link_down")
    assert not bench.bus.wait(0)
    bench.bus.show(1, PanelLook("serving", "A013"))
    bench.run(sum(REOPEN_MS) + 100)
    assert bench.bus.link_down == "serial:x: cannot open the port"
    bench.down = ""
    assert bench.run(REOPEN_MS[-1] + 500) == [lit(1, 13)]
    assert bench.opened == 2
    assert bench.bus.health()[1] == PanelHealth("online")


def test_a_link_that_breaks_at_once_is_not_hammered() -> None:
    bench = boards(1)
    for _ in range(600):
        bench.run(100, step_ms=50)
        bench.far.close()
    assert bench.opened <= 60_000 / REOPEN_MS[-1] + len(REOPEN_MS) + 1


def test_a_line_that_takes_nothing_is_dropped() -> None:
    bench = boards(1)
    near = bench.bus._link._link
    assert near is not None
    near.write(b"x" * 4096, 0)
    bench.bus.show(1, SERVING)
    bench.bus.poll(bench.now_ms)
    assert "took no data" in bench.bus.link_down


def test_close_leaves_the_panels_dark() -> None:
    bench = boards(1, 2)
    bench.bus.show(1, SERVING)
    bench.run(100)
    bench.answering = {1}
    bench.bus.show(2, SERVING)
    bench.run(2000)
    assert bench.bus.health()[2] == PanelHealth("offline", "silent")
    bench.bus.show(1, CALLING)
    bench.run(20)
    bench.bus.close()
    left = b"".join(iter(lambda: _rest(bench.far), b""))
    assert left.endswith(dark(1))
    assert dark(2) not in left
    assert bench.bus.link_down == "closed"
    bench.bus.close()


def _rest(far: Link) -> bytes:
    try:
        return far.read(0)
    except LinkDown:
        return b""


def test_a_panel_nobody_set_up_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        boards(1).bus.show(9, SERVING)
