"""A hall in the test's own process: the real rules behind real sockets, whose line a test can break.

The sample hall with the real core and the server's own tables from request to command to answer; the journal is left
out. `mute` swallows replies after the work is done, `skip_note` makes a gap, `drop` cuts every line, `refuse_lines`
hangs up on every new one.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.noon import noon_zone
from ticketserver.core import commands as c
from ticketserver.core.engine import run
from ticketserver.core.ids import CounterNo, Ms, ProfileId, Seq, ServiceId, ZoneId
from ticketserver.core.refusal import RefusedError, Rejection
from ticketserver.core.state import new_state
from ticketserver.core.terms import Basis, Role, Source
from ticketserver.server import replies, views, views_counters, views_visits
from ticketserver.server.announced import Announced
from ticketserver.server.asking import Context
from ticketserver.server.commands import COMMANDS
from ticketserver.server.finding import Finder
from ticketserver.server.guidance import guidance_view
from ticketserver.server.hallday import HallDays
from ticketserver.server.hallplan import hall_rules
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.shared.texts import load_texts
from ticketserver.wire import codec, guidance, params, reports
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, View
from ticketserver.wire.views_board import ZoneWaiting
from ticketserver.wire.views_catalogue import CatalogueView, PriorityView, ServiceView, ZoneView
from ticketserver.wire.views_hall import QueueView

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "ticketserver" / "shared" / "sample" / "hall.toml"
WEB = ROOT / "ticketserver" / "web"
TOKEN = "a-clerks-token"


class Line:
    def __init__(self, socket: ServerConnection, locale: str) -> None:
        self.socket = socket
        self.locale = locale
        self.n: int | None = None

    async def note(self, method: str, seq: int, tail: bytes) -> None:
        if self.n is not None:
            self.n += 1
            try:
                await self.socket.send(codec.encode_note(method, seq, self.n, tail), text=True)
            except ConnectionClosed:
                self.n = None


class TestHall:
    """`later_ms` moves the hall's clock on."""

    __test__ = False

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.finder = Finder(settings)
        self.state = new_state()
        self.announced = Announced()
        self.seq = 0
        self.later_ms = 0
        self.lines: list[Line] = []
        self.replies: dict[str, View] = {}
        self.decided: list[str] = []
        self.mute: set[str] = set()
        self.skip_note = False
        self.refuse_lines = False
        self.url = ""
        self._tokens = count(1)
        days = HallDays(settings.calendar, settings.hall.timezone, open_now=True)
        today = days.business_day(self.now)
        self.command(c.OpenDay(rules=hall_rules(settings, days, today), plan=days.plan(today)))

    @property
    def now(self) -> Ms:
        return Ms(time.time_ns() // 1_000_000 + self.later_ms)

    def command(self, command: c.Command) -> list[Any]:
        answer = run(self.state, command, self.now)
        if isinstance(answer, Rejection):
            raise RefusedError(answer.code)
        self.seq += 1
        self.announced.apply(answer, self.now)
        return answer

    async def act(self, command: c.Command) -> list[Any]:
        """Somebody else does something: a kiosk, a call box, the clock."""
        events = self.command(command)
        await self.tell()
        return events

    async def issue(self, *services: str, priority: str = "", basis: Basis | None = None, quantity: int = 1) -> str:
        """Take a number; → the number."""
        token = f"token-{next(self._tokens):016d}"
        assert self.state.plan is not None
        await self.act(
            c.IssueTicket(
                token=token,
                day=self.state.plan.day,
                items=tuple(c.Item(ServiceId(each), quantity) for each in services),
                source=Source.KIOSK,
                priority=priority,
                basis=basis,
            )
        )
        return str(self.state.visits[self.state.by_token[token]].number)

    async def tell(self) -> None:
        now = self.now
        if self.skip_note:
            self.skip_note = False
            for line in self.lines:
                line.n = None if line.n is None else line.n + 1
            return
        for counter in self.state.counters.values():
            tail = codec.note_tail("counter", views_counters.counter_view(self.state, counter, now))
            for line in self.lines:
                await line.note("counter_changed", self.seq, tail)
        tail = codec.note_tail("queue", self.queue())
        for line in self.lines:
            await line.note("queue_changed", self.seq, tail)

    def queue(self) -> QueueView:
        zones = []
        for rule in self.state.rules.zones:
            waiting = [each for each in self.state.visits.values() if each.state == "waiting"]
            here = sum(1 for each in waiting if each.stages and each.stages[0].zone == rule.zone)
            zones.append(ZoneWaiting(zone=rule.zone, waiting=here, wait_p50_ms=8 * 60_000, wait_p90_ms=15 * 60_000))
        return QueueView(zones=zones, hours=views.hours_view(self.state, Ms(0)))

    def read(self, call: codec.Call) -> View:
        """Answers to what changes nothing."""
        asked, now = call.params, self.now
        if isinstance(asked, params.Hello):
            if asked.token != TOKEN:
                raise RefusedError("wrong_token")
            hall = self.settings.hall
            hours = views.hours_view(self.state, Ms(0))
            return HelloResult(
                protocol=1, hall_id=hall.id, name_zh=hall.name_zh, name_en=hall.name_en, server_time_ms=now,
                seq=Seq(self.seq), hours=hours,
            )  # fmt: skip
        if isinstance(asked, params.Subscribe):
            counters = [views_counters.counter_view(self.state, each, now) for each in self.state.counters.values()]
            return Snapshot(seq=Seq(self.seq), server_time_ms=now, counters=counters, queue=self.queue())
        if isinstance(asked, params.ListWaiting):
            return views_counters.waiting_view(self.state, self.state.counters[asked.counter], asked.limit, now)
        if isinstance(asked, reports.GetWaitReport):
            return self.announced.report()
        if isinstance(asked, guidance.FindServices):
            return self.finder.find(asked.text)
        if isinstance(asked, guidance.GetGuidance):
            return guidance_view(self.settings.catalogue)
        if isinstance(asked, params.ListVisits):
            return views_visits.visits_view(self.state, asked, now)
        return catalogue(self.settings)

    def change(self, call: codec.Call) -> View:
        asked: Any = call.params
        if asked.request_id not in self.replies:
            context = Context(self.state, Role.CLERK, self.lines[0].socket.id.hex, {}, True)
            command = COMMANDS[call.name](context, asked)
            events = self.command(command)
            self.decided.append(call.name)
            decided = replies.Decided(self.state, command, events, self.now, Seq(self.seq), Ms(0))
            self.replies[asked.request_id] = replies.ANSWERS.get(call.name, replies.done)(decided, asked)
        return self.replies[asked.request_id]

    async def serve(self, socket: ServerConnection) -> None:
        if self.refuse_lines:
            return
        line = Line(socket, "zh")
        self.lines.append(line)
        try:
            async for data in socket:
                await self.reply(line, codec.decode_request(data))
        except ConnectionClosed:
            pass
        finally:
            self.lines.remove(line)

    async def reply(self, line: Line, call: codec.Call) -> None:
        changes = call.method.journalled
        if isinstance(call.params, params.Hello):
            line.locale = call.params.locale
        try:
            answer = codec.encode_result(call.id, self.change(call) if changes else self.read(call))
        except RefusedError as error:
            sentence = load_texts(line.locale)(f"errors.{error.code}")
            answer = codec.encode_error(codec.refusal(error.code, sentence, call.id))
        if changes:
            await self.tell()
        if call.name not in self.mute:
            await line.socket.send(answer, text=True)
        if isinstance(call.params, params.Subscribe):
            line.n = 0

    def drop(self) -> None:
        """Cut every line, as a server that is killed does."""
        for line in list(self.lines):
            line.socket.transport.abort()


def catalogue(settings: Settings) -> CatalogueView:
    rows = [(each.code, each, False) for each in settings.catalogue.service]
    services = [
        ServiceView(
            code=ServiceId(code), name_zh=each.name_zh, name_en=each.name_en, plain_zh=each.plain_zh,
            plain_en=each.plain_en, zone=ZoneId(each.zone), minutes=each.minutes, keywords=list(each.keywords),
            purpose=purpose,
        )
        for code, each, purpose in rows
    ]  # fmt: skip
    services += [
        ServiceView(
            code=ServiceId(each.id), name_zh=each.name_zh, name_en=each.name_en, plain_zh=each.name_zh,
            plain_en=each.name_en, zone=ZoneId(each.zone), minutes=each.minutes, purpose=True,
        )
        for each in settings.purpose
    ]  # fmt: skip
    zones = [
        ZoneView(
            zone=ZoneId(zone.id), name_zh=zone.name_zh, name_en=zone.name_en,
            counters=[CounterNo(each.number) for each in settings.counter if each.zone == zone.id],
        )
        for zone in settings.zone
    ]  # fmt: skip
    names = [PriorityView(class_id=p.id, name_zh=p.name_zh, name_en=p.name_en) for p in settings.queue.priority]
    return CatalogueView(
        services=services,
        zones=zones,
        profiles=[ProfileId(each.id) for each in settings.profile],
        priority_classes=[each.class_id for each in names],
        priorities=names,
    )


def pages(ws_url: str) -> web.Application:
    """The pages as http.py serves them."""

    async def client(request: web.Request) -> web.Response:
        hall = {"public_url": "", "languages": ["zh", "en"], "timezone": "Asia/Shanghai"}
        return web.json_response({"ws_url": ws_url, "protocol": 1, **hall})

    async def texts(request: web.Request) -> web.Response:
        return web.json_response(load_texts(request.match_info["language"]).sentences)

    async def clerk(request: web.Request) -> web.FileResponse:
        return web.FileResponse(WEB / "clerk.html")

    app = web.Application()
    app.add_routes(
        [web.get("/client.json", client), web.get("/texts/{language}.json", texts), web.get("/clerk", clerk)]
    )
    app.router.add_static("/", WEB)
    return app


@asynccontextmanager
async def running_hall(**queue: Any) -> AsyncIterator[TestHall]:
    """The sample hall on free ports, always open; `queue` replaces settings of its `[queue]`."""
    settings = load_settings(SAMPLE)
    here = replace(settings.hall, timezone=noon_zone())
    hall = TestHall(replace(settings, hall=here, queue=replace(settings.queue, **queue)))
    async with serve(hall.serve, "127.0.0.1", 0, compression=None, close_timeout=0.2) as listening:
        ws_port = next(iter(listening.sockets)).getsockname()[1]
        runner = web.AppRunner(pages(f"ws://127.0.0.1:{ws_port}"), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        hall.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield hall
        finally:
            await runner.cleanup()
