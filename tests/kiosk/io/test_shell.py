"""The shell: effects carried out in order, replies as events, a disk that fails, a server that is not there yet."""

import asyncio
from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.duty_events import CheckPin, PinChecked, PinVerdict
from kiosk.duty_state import Page
from kiosk.flow import Flow
from kiosk.io.shell import Shell
from kiosk.printer_look import PrinterLook
from kiosk.state import Step
from tests.kiosk.kiosks import HALL, TEXTS, TOKEN, help_call, hours, link_up, local, plan, ticket
from ticketserver.client.connection import Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.core.terms import DeviceHealth, Phase, PrintOutcome
from ticketserver.wire.notes import BoardChanged, DeviceChanged, HelpRequested, QueueChanged
from ticketserver.wire.prints import PrintJob, PrintRequested
from ticketserver.wire.views_board import BoardView
from ticketserver.wire.views_hall import Accepted, DeviceView, QueueView, VisitsView

ANSWERS = {"plan_visit": plan(), "issue_ticket": ticket(), "report_print": Accepted(), "report_health": Accepted()}
WAIT_S = 30


class Server:
    """Answers at once what is scripted; an exception is raised."""

    def __init__(self, **answers):
        self.answers = {**ANSWERS, **answers}
        self.asked = []

    async def call(self, method, params, give_up_s=10.0):
        self.asked.append(method)
        answer = self.answers[method]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Disk:
    def __init__(self, pending=(), broken=False):
        self.pending, self.broken, self.log = pending, broken, []

    def load(self):
        return self.pending

    def save(self, pending):
        self.log.append(("save", pending.request_id, pending.shown))
        if self.broken:
            raise OSError("read-only file system")

    def forget(self, request_id):
        self.log.append(("forget", request_id))
        if self.broken:
            raise OSError("read-only file system")


class Room:
    """A shell in a running loop, with a hand-moved clock for the flow."""

    def __init__(self, server=None, disk=None):
        self.now = 10_000
        self.frames = []
        self.drawn = asyncio.Event()
        self.slips = []
        self.wanted = []
        self.server = server or Server()
        self.disk = disk or Disk()
        ids = iter(f"request-{no}" for no in range(1, 100))
        self.flow = Flow(HALL, TEXTS, local, lambda: (next(ids), TOKEN))
        self.shell = Shell(self.flow, self, self, self.disk, self._draw, self)
        self.shell._now_ms = lambda: self.now

    def print(self, job):
        self.slips.append(job)

    def use_key(self, told):
        self.wanted.append((told.key, told.day))

    def trigger(self):
        self.wanted.append("trigger")

    def do(self, wish, tell):
        self.wanted.append(wish)
        self.told = tell

    def _draw(self, frame):
        self.frames.append(frame)
        self.drawn.set()

    async def until(self, true):
        async with asyncio.timeout(WAIT_S):
            while not true():
                self.drawn.clear()
                await self.drawn.wait()

    def tap(self, *taps):
        for tap in taps:
            name, _, value = tap.partition(":")
            self.now += 500
            self.shell.tap(e.Tap(name, value))

    @property
    def step(self):
        return self.flow.desk.visit.step


@pytest.fixture
async def running():
    """Starts rooms and stops them."""
    tasks = []

    def start(room, use=True):
        if use:
            room.shell.use(room.server)
        tasks.append(asyncio.create_task(room.shell.run()))
        up = link_up()
        room.shell.on_client_event(Connected(up.hello, up.snapshot))
        room.shell.feed(e.PrinterSeen(PrinterLook.OK))
        return room

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_from_tap_to_paper(running):
    room = running(Room())
    room.tap("group:own", "toggle:PAY-02", "done")
    await room.until(lambda: room.flow.desk.visit.planned)
    room.tap("take")
    await room.until(lambda: room.slips)
    assert room.disk.log == [("save", "request-1", False), ("save", "request-1", True)]
    room.shell.feed(e.Printed(room.slips[0].job, PrintOutcome.CONFIRMED))
    assert room.step is Step.DONE
    room.tap("end")
    await room.until(lambda: "report_print" in room.server.asked)
    await room.until(lambda: ("forget", "request-1") in room.disk.log)


async def test_a_refusal_and_a_lost_answer_are_events(running):
    room = running(Room(Server(plan_visit=Refused("no_counter_today", "…"))))
    room.tap("group:own", "toggle:PAY-02", "done")
    await room.until(lambda: room.flow.desk.visit.problem == "no_counter_today")
    room.server.answers["plan_visit"] = Unreachable("gone")
    room.tap("back", "done")
    await room.until(lambda: room.flow.desk.visit.planned)
    assert room.flow.desk.visit.problem == ""


async def test_before_there_is_a_server_every_ask_is_lost(running):
    room = running(Room(), use=False)
    room.tap("group:own", "toggle:PAY-02", "done")
    await room.until(lambda: room.flow.desk.visit.planned)
    assert room.server.asked == []


async def test_a_disk_that_fails_does_not_stop_the_hall(running, caplog):
    room = running(Room(disk=Disk(broken=True)))
    room.tap("group:own", "toggle:PAY-02", "done")
    await room.until(lambda: room.flow.desk.visit.planned)
    room.tap("take")
    await room.until(lambda: room.slips)
    room.shell.feed(e.Printed(room.slips[0].job, PrintOutcome.CONFIRMED))
    await room.until(lambda: "could not be removed" in caplog.text)
    assert "could not be saved" in caplog.text


async def test_what_an_earlier_run_left_is_looked_up(running):
    room = Room(Server(find_request=ticket()), Disk((e.Pending("old-request", TOKEN, shown=True),)))
    running(room)
    await room.until(lambda: room.step is Step.OFFER)
    assert "issue_ticket" not in room.server.asked


async def test_news_of_the_server_reach_the_flow(running):
    room = running(Room())
    changed = QueueChanged(seq=2, n=1, queue=QueueView(zones=[], hours=hours(Phase.CUT_OFF)))
    room.shell.on_client_event(Notified("queue_changed", changed))
    assert room.flow.desk.phase is Phase.CUT_OFF
    device = DeviceView(device="printer3", kind="printer", health=DeviceHealth.ONLINE)
    room.shell.on_client_event(Notified("device_changed", DeviceChanged(seq=2, n=2, device=device)))
    assert room.flow.desk.machine.devices["printer3"] == device
    room.shell.feed(e.PrinterSeen(PrinterLook.OK))
    job = PrintJob(print_id=1, kiosk=HALL.kiosk, ticket=ticket(), token=TOKEN)
    room.shell.on_client_event(Notified("print_requested", PrintRequested(seq=2, n=3, job=job)))
    assert [slip.job for slip in room.slips] == [1]
    room.shell.on_client_event(Notified("help_requested", HelpRequested(seq=2, n=4, help=help_call(accepted=True))))
    called = BoardChanged(seq=3, n=3, board=BoardView(hours=hours()))
    room.shell.on_client_event(Notified("board_changed", called))
    room.shell.on_client_event(Disconnected("gone"))
    assert not room.flow.desk.machine.connected


async def test_a_touch_beside_everything_is_no_tap(running):
    room = running(Room())
    room.now += 7
    room.shell.tap(e.Tap("touch"))
    assert room.flow.desk.touched_ms == room.now
    assert room.flow.desk.last_tap is None


async def test_what_is_wanted_of_scanner_and_card_reader(running):
    room = Room(Server(list_visits=VisitsView(visits=[])))
    room.flow.desk.hall = replace(HALL, scanner="scanner1", card_reader="reader1")
    running(room)
    key = "ab" * 32
    up = link_up(day_key=key)
    room.shell.on_client_event(Connected(up.hello, up.snapshot))
    assert room.wanted == [("", "2025-11-25"), (key, "2025-11-25")]
    room.tap("have_number")
    await room.until(lambda: "trigger" in room.wanted)
    ended = QueueChanged(seq=2, n=1, queue=QueueView(zones=[], hours=hours(Phase.ENDED)))
    room.shell.on_client_event(Notified("queue_changed", ended))
    assert room.wanted[-1] == ("", "")


async def test_what_the_duty_menu_wants_and_is_told(running):
    room = running(Room())
    room.tap("duty")
    assert room.wanted == [CheckPin("")]
    room.told(PinChecked(PinVerdict.UNSET))
    assert room.flow.desk.machine.duty.page is Page.NO_PIN
