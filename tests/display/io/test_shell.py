"""The shell: what the server tells becomes frames and sounds, reports go out, and nothing that fails stops it."""

import asyncio

import pytest
from msgspec.structs import replace

from display.announcer import Announcer
from display.board import Board
from display.io.hall import hall_of, voices
from display.io.shell import Shell
from display.io.sound import NO_SOUND, WELL
from display.model import Announced, Pair
from display.phrases import CHIME
from display.voice import CUT_OFF, OPENING, PAUSED, FreeText
from tests.display.displays import DISPLAY, HALL, NINE, SETTINGS, WORDS, announced, board, call, counter, row
from ticketserver.client.connection import Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.core.terms import CounterState, DeviceHealth, VisitState
from ticketserver.shared.voice_settings import Loudspeaker, Quiet
from ticketserver.wire.notes import BoardChanged, CounterChanged, QueueChanged, Snapshot, VisitCalled
from ticketserver.wire.views import HelloResult, HoursView
from ticketserver.wire.views_hall import Accepted, QueueView

WAIT_S = 30
NOTICES = {OPENING: Pair("opening"), PAUSED: Pair("paused"), CUT_OFF: Pair("cut off")}
HELLO = HelloResult(
    protocol=1, hall_id="sample", name_zh="", name_en="", server_time_ms=NINE, seq=1, hours=board().hours
)


class Room:
    """A shell in a running loop, a loudspeaker that plays when told, and a server that answers."""

    def __init__(self, speaks=True, silent=(), refuses=None, hall=HALL, apart=(), quiet=False):
        self.frames, self.sounds, self.asked = [], [], []
        self.refuses, self.voices = refuses, max(1, len(apart)) if speaks else 0
        self.play_on = asyncio.Event()
        self.moved = asyncio.Event()
        loudspeakers = tuple(Loudspeaker(zones=(zone,), device=zone) for zone in apart)
        whole = (Quiet(starts="00:00", ends="23:59"),) if quiet else ()
        settings = replace(SETTINGS, voice=replace(SETTINGS.voice, quiet=whole))
        told = voices(settings, replace(DISPLAY, loudspeaker=loudspeakers)) if speaks else []
        announcers = [Announcer(each.rules) for each in told]
        self.shell = Shell("display1", Board(hall, WORDS), self._draw, announcers, NOTICES, silent)

    async def play(self, names):
        self.sounds.append(names)
        self.moved.set()
        await self.play_on.wait()

    async def call(self, method, params, give_up_s=10.0):
        self.asked.append((method, params))
        self.moved.set()
        if self.refuses is not None:
            raise self.refuses
        return Accepted()

    def _draw(self, frame):
        self.frames.append(frame)
        self.moved.set()

    async def until(self, true):
        async with asyncio.timeout(WAIT_S):
            while not true():
                self.moved.clear()
                await self.moved.wait()

    def connect(self, *rows):
        self.shell.on_client_event(Connected(HELLO, Snapshot(seq=1, server_time_ms=NINE, board=board(*rows))))

    async def drawn(self):
        """The last frame, when what was told has been drawn: some turns of the loop later, without time passing."""
        for _ in range(10):
            await asyncio.sleep(0)
        return self.frames[-1]

    def told(self, method):
        return [params for name, params in self.asked if name == method]


@pytest.fixture
async def running():
    tasks = []

    def start(room, sound=True, server=True):
        if sound:
            room.shell.speak_with([room] * room.voices)
        if server:
            room.shell.reports.use(room)
        tasks.append(asyncio.create_task(room.shell.run()))
        return room

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_from_call_to_report(running):
    room = running(Room())
    room.connect()
    room.shell.on_client_event(Notified("visit_called", VisitCalled(seq=2, n=1, call=call(7))))
    assert (await room.drawn()).calls[0].number == "A007"
    await room.until(lambda: room.sounds)
    assert room.sounds[0][0] == CHIME
    assert room.told("report_spoken") == []
    room.play_on.set()
    await room.until(lambda: room.told("report_spoken"))
    (report,) = room.told("report_spoken")
    assert (report.call_id, report.device) == (7, "display1")
    await room.until(lambda: len(room.sounds) == 2)
    assert room.told("report_shown") == []


async def test_what_no_loudspeaker_says_is_told_when_it_is_shown(running):
    room = running(Room(speaks=False, silent={"comprehensive"}))
    room.connect(row(call(1)), row(call(2, at=NINE - 10 * 60_000)), row(call(3, zone="labour")))
    await room.until(lambda: room.told("report_shown"))
    assert [told.call_id for told in room.told("report_shown")] == [1]
    assert room.sounds == []


async def test_a_notice_is_written_while_it_is_said(running):
    room = running(Room())
    room.connect()
    paused = board(when=HoursView(phase=board().hours.phase, calling_paused=True))
    room.shell.on_client_event(Notified("board_changed", BoardChanged(seq=2, n=1, board=paused)))
    assert (await room.drawn()).bar == Pair("paused")
    room.play_on.set()
    await room.until(lambda: room.frames[-1].bar != Pair("paused"))


async def test_a_lost_line_marks_the_screen_and_the_voice_goes_on(running):
    room = running(Room())
    room.connect(row(call(1)))
    room.shell.on_client_event(Disconnected("gone"))
    assert (await room.drawn()).stale is not None
    room.play_on.set()
    await room.until(lambda: room.told("report_spoken"))


@pytest.mark.parametrize("problem", [Refused("unknown_call", "…"), Unreachable("gone")])
async def test_a_report_that_is_not_taken_stops_nothing(running, problem, caplog):
    room = running(Room(refuses=problem))
    room.play_on.set()
    room.connect(row(call(1)), row(call(2, at=NINE + 1)))
    await room.until(lambda: len(room.told("report_spoken")) == 2)
    await room.until(lambda: "report_spoken" in caplog.text)


async def test_calls_wait_for_the_loudspeakers_and_what_is_over_by_then_is_not_said(running):
    room = running(Room(), sound=False)
    room.connect(row(call(1)), row(call(2, at=NINE + 1)))
    await room.drawn()
    come = board(row(call(1), VisitState.SERVING), row(call(2, at=NINE + 1)))
    room.shell.on_client_event(Notified("board_changed", BoardChanged(seq=2, n=1, board=come)))
    await room.drawn()
    assert room.told("report_spoken") == []
    room.play_on.set()
    room.shell.speak_with([room])
    await room.until(lambda: room.told("report_spoken"))
    assert [each.call_id for each in room.told("report_spoken")] == [2]


async def test_a_call_that_the_snapshot_had_already_is_not_called_again(running):
    """Decided before the snapshot was taken, told after it; its person may have come."""
    room = running(Room())
    room.connect(row(call(7), VisitState.SERVING))
    room.shell.on_client_event(Notified("visit_called", VisitCalled(seq=1, n=1, call=call(7))))
    (card,) = (await room.drawn()).calls
    assert (card.number, card.called) == ("A007", False)
    assert room.sounds == []


async def test_what_comes_together_is_drawn_together(running):
    """However much there is to hear, the next picture shows all of it."""
    room = running(Room())
    room.connect()
    await room.drawn()
    before = len(room.frames)
    for number in range(1, 201):
        told = VisitCalled(seq=1 + number, n=number, call=call(number, at=NINE + number))
        room.shell.on_client_event(Notified("visit_called", told))
    frame = await room.drawn()
    assert len(room.frames) == before + 1
    assert {card.number for card in (*frame.calls, *frame.rows)} == {f"A{number:03d}" for number in range(1, 201)}


async def test_health_is_told_at_every_connection_and_change(running):
    room = running(Room())
    room.connect()
    room.shell.on_health(NO_SOUND)
    room.connect()
    await room.until(lambda: len(room.told("report_health")) == 3)
    told = [(each.device, each.kind, each.health, each.reason) for each in room.told("report_health")]
    degraded = ("display1", "display", DeviceHealth.DEGRADED, "no_sound")
    assert told == [("display1", "display", DeviceHealth.ONLINE, ""), degraded, degraded]


async def test_before_there_is_a_server_nothing_is_told(running):
    room = running(Room(), server=False)
    room.shell.on_health(NO_SOUND)
    await room.until(lambda: room.frames)
    assert room.asked == []
    assert (await room.drawn()).stale is not None


async def test_what_concerns_others_changes_nothing(running):
    room = running(Room())
    room.connect()
    drawn = await room.drawn()
    snapshot = Snapshot(seq=1, server_time_ms=NINE)
    room.shell.on_client_event(Connected(HELLO, snapshot))
    queue = QueueChanged(seq=2, n=1, queue=QueueView(zones=[], hours=board().hours))
    room.shell.on_client_event(Notified("queue_changed", queue))
    assert await room.drawn() == drawn


async def test_an_urgent_announcement_breaks_off_a_call_and_stands_on_the_screen(running):
    room = running(Room())
    room.connect(row(call(7)))
    await room.until(lambda: room.sounds)
    urgent = announced(1, "请马上离开大厅", "Leave the hall now", urgent=True)
    told = board(row(call(7)), announcements=[urgent])
    room.shell.on_client_event(Notified("board_changed", BoardChanged(seq=3, n=2, board=told)))
    assert (await room.drawn()).announced == Announced(Pair("请马上离开大厅", "Leave the hall now"), urgent=True)
    await room.until(lambda: len(room.sounds) == 2)
    assert room.sounds[1] == (CHIME, FreeText("zh", "请马上离开大厅"), FreeText("en", "Leave the hall now"))
    assert room.told("report_spoken") == []
    room.play_on.set()
    await room.until(lambda: room.told("report_spoken"))
    assert room.sounds[2] == room.sounds[0]


async def test_the_sign_over_a_window_follows_its_counter(running):
    hall = hall_of(SETTINGS, replace(DISPLAY, layout="counter", counter=21))
    room = running(Room(speaks=False, hall=hall))
    views = [counter(CounterState.CALLING, "C012")]
    snapshot = Snapshot(seq=1, server_time_ms=NINE, board=board(), counters=views)
    room.shell.on_client_event(Connected(HELLO, snapshot))
    assert (await room.drawn()).sign.number == "C012"
    changed = CounterChanged(seq=2, n=1, counter=counter(CounterState.PAUSED))
    room.shell.on_client_event(Notified("counter_changed", changed))
    assert (await room.drawn()).sign.says.main == "暂停服务"
    room.shell.on_client_event(Disconnected("gone"))
    assert (await room.drawn()).sign.says.main == ""


async def test_two_loudspeakers_speak_for_their_zones_at_the_same_time(running):
    room = Room(apart=("comprehensive", "pension-review"))
    running(room)
    room.connect(row(call(1, counter=3)), row(call(2, counter=21, zone="pension-review")), row(call(3, counter=4)))
    await room.until(lambda: len(room.sounds) == 2)
    assert "zone-pension-review" in room.sounds[1]
    assert "zone-pension-review" not in room.sounds[0]
    room.play_on.set()
    await room.until(lambda: len(room.told("report_spoken")) == 3)
    assert sorted(params.call_id for params in room.told("report_spoken")) == [1, 2, 3]


async def test_the_worst_loudspeaker_is_the_health_of_the_display(running):
    room = running(Room(apart=("comprehensive", "pension-review")))
    room.shell.on_health(NO_SOUND, 1)
    room.shell.on_health(WELL, 0)
    await room.until(lambda: len(room.told("report_health")) == 2)
    assert {params.reason for params in room.told("report_health")} == {"no_sound"}
    room.shell.on_health(WELL, 1)
    await room.until(lambda: len(room.told("report_health")) == 3)
    assert room.told("report_health")[-1].health is DeviceHealth.ONLINE


async def test_a_notice_stays_until_the_last_loudspeaker_has_said_it(running):
    room = running(Room(apart=("comprehensive", "pension-review")))
    room.connect()
    paused = board(when=HoursView(phase=board().hours.phase, calling_paused=True))
    room.shell.on_client_event(Notified("board_changed", BoardChanged(seq=2, n=1, board=paused)))
    await room.until(lambda: len(room.sounds) == 2)
    assert (await room.drawn()).bar == Pair("paused")
    room.play_on.set()
    await room.until(lambda: room.frames[-1].bar != Pair("paused"))


async def test_in_quiet_hours_a_call_is_reported_as_shown(running):
    room = running(Room(quiet=True))
    room.connect(row(call(1)))
    await room.until(lambda: room.told("report_shown"))
    (report,) = room.told("report_shown")
    assert report.call_id == 1
    assert (room.sounds, room.told("report_spoken")) == ([], [])
