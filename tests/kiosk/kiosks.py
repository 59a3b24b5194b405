"""A kiosk without a screen: a flow with a hall of a few services, a hand-moved clock and scripted answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk import events as e
from kiosk.flow import Flow
from kiosk.model import Frame
from kiosk.printer_look import PrinterLook
from kiosk.services import Group, Hall, Names, OtherKiosk, Priority, Service, Zone
from kiosk.state import Step
from kiosk.voice_events import VoiceSeen
from ticketserver.core.terms import DeviceHealth, Phase, PrintOutcome, VisitState
from ticketserver.shared.texts import Texts, load_texts
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, HoursView, View
from ticketserver.wire.views_board import NoticeView
from ticketserver.wire.views_hall import DeviceView, HelpView, QueueView
from ticketserver.wire.views_visits import PlanView, StageView, TicketView, VisitService

MINUTE = 60_000
HOUR = 60 * MINUTE
NOON = 1_764_043_200_000
"""2025-11-25 12:00 in China, by the server's clock."""
TOKEN = "AbCdEfGhIjKlMnOpQrStUv"
TEXTS = {language: load_texts(language) for language in ("zh", "en")}


def service(code: str, plain: str, name: str, **other: Any) -> Service:
    return Service(code, Names(plain, f"{code} plain"), Names(name, f"{code} official"), **other)


HALL = Hall(
    name=Names("示例大厅", "Sample hall"),
    services={
        each.code: each
        for each in (
            service("ARC-01", "存档案", "人事代理新增", keywords=("档案托管",), papers=(Names("身份证", "ID card"),)),
            service("PAY-02", "自己交社保", "灵活就业人员缴纳社会保险费", keywords=("灵活就业",),
                    papers=(Names("身份证", "ID card"), Names("社保卡", "Card"))),
            service("REG-06", "第一次自己参保", "灵活就业人员参保登记", keywords=("灵活就业",)),
            service("REG-04", "公司加人参保", "职工参保登记", counted=True),
            service("INJ-02", "工伤认定", "工伤认定"),
        )
    },
    purposes={"enquiry": Names("咨询", "Enquiry"), "collect": Names("取结果", "Collect a result")},
    tiles=(
        Group("own", Names("自己交社保", "Pay"), ("PAY-02", "REG-06")),
        Group("firm", Names("单位", "Firm"), ("REG-04",)),
    ),
    situations=(Group("on-my-own", Names("自己干", "On my own"), ("REG-06", "PAY-02")),),
    categories=(
        Group("ARC", Names("档案", "Files"), ("ARC-01",)),
        Group("INJ", Names("工伤", "Injury"), ("INJ-02",)),
    ),
    zones={
        "comprehensive": Zone(Names("综合窗口", "Comprehensive counters"), Names("综合", "Comprehensive")),
        "pension": Zone(Names("养老审核窗口", "Pension counters"), Names("养老审核", "Pension")),
    },
    others=(OtherKiosk(2, "printer2"), OtherKiosk(3, "printer3")),
    priorities=(Priority("veteran", Names("军人", "Military")), Priority("age", Names("老人", "Aged"))),
    age_priority=Priority("age", Names("老人", "Aged")),
    prefixes="AC",
)  # fmt: skip


def local(at_ms: int) -> datetime:
    """China's time."""
    return datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(hours=8)


def hours(phase: Phase = Phase.CALLING, **other: Any) -> HoursView:
    values: dict[str, Any] = {
        "day": "2025-11-25", "numbers_from_ms": NOON - 4 * HOUR, "calling_from_ms": NOON - 3 * HOUR - 30 * MINUTE,
        "last_number_ms": NOON + 4 * HOUR, "ends_ms": NOON + 5 * HOUR, "lunch_from_ms": NOON,
        "lunch_to_ms": NOON + 90 * MINUTE, "next_opening_ms": NOON + 20 * HOUR, "not_at_lunch": ["INJ-02"],
    }  # fmt: skip
    return HoursView(phase=phase, **(values | other))


def stage(zone: str = "comprehensive", *services: str, **other: Any) -> StageView:
    return StageView(zone=zone, services=list(services), **other)


def plan(*stages: StageView, **other: Any) -> PlanView:
    values: dict[str, Any] = {"ahead": 12, "wait_p50_ms": 22 * MINUTE, "wait_p90_ms": 34 * MINUTE}
    return PlanView(zone="comprehensive", stages=list(stages or (stage(),)), **(values | other))


def ticket(**other: Any) -> TicketView:
    values: dict[str, Any] = {
        "visit_id": 7, "number": "A012", "check_code": "4821", "day": "2025-11-25", "state": VisitState.WAITING,
        "zone": "comprehensive", "services": [VisitService(service="ARC-01"), VisitService(service="PAY-02")],
        "stages": [stage()], "issued_at_ms": NOON, "ahead": 12, "wait_p50_ms": 22 * MINUTE,
        "wait_p90_ms": 34 * MINUTE, "returns_left": 2,
    }  # fmt: skip
    return TicketView(**(values | other))


def help_call(**other: Any) -> HelpView:
    return HelpView(**({"help_id": 3, "device": "kiosk1", "number": "A012", "at_ms": NOON} | other))


def link_up(
    hours_view: HoursView | None = None, at_ms: int = NOON, notices: tuple[NoticeView, ...] = (), **other: Any
) -> e.LinkUp:
    hours_view = hours_view or hours()
    hello = HelloResult(
        protocol=1, hall_id="h", name_zh="", name_en="", server_time_ms=at_ms, seq=1, hours=hours_view, **other
    )
    device = DeviceView(device="printer2", kind="printer", health=DeviceHealth.ONLINE)
    queue = QueueView(zones=[], hours=hours_view, notices=list(notices))
    return e.LinkUp(hello, Snapshot(seq=1, server_time_ms=at_ms, queue=queue, devices=[device]))


class Kiosk:
    """Steps are methods that return the kiosk, so that a test reads as a list of steps."""

    def __init__(self, hall: Hall = HALL, texts: dict[str, Texts] = TEXTS) -> None:
        self.now = 10_000
        self.minted = 0
        self.effects: list[e.Effect] = []
        self.saving = True
        self.flow = Flow(hall, texts, local, self._mint)

    def _mint(self) -> tuple[str, str]:
        self.minted += 1
        return f"request-{self.minted}", TOKEN

    # ---- steps

    def see(self, *events: e.Event) -> "Kiosk":
        for event in events:
            for effect in self.flow.handle(event, self.now):
                self.effects.append(effect)
                if isinstance(effect, e.Save) and self.saving:
                    self.see(e.Saved(effect.pending.request_id))
        return self

    def up(self, **other: Any) -> "Kiosk":
        return self.see(e.PrinterSeen(PrinterLook.OK), e.Started(), link_up(**other))

    def with_voice(self, *languages: str, volume: int = 80) -> "Kiosk":
        return self.see(VoiceSeen(frozenset(languages or ("zh", "en")), volume))

    def tap(self, *taps: str) -> "Kiosk":
        """`group:own` taps the group `own`; half a second passes before each."""
        for tap in taps:
            name, _, value = tap.partition(":")
            self.wait(500)
            self.see(e.Tapped(e.Tap(name, value)))
        return self

    def wait(self, span_ms: int) -> "Kiosk":
        self.now += span_ms
        return self

    def tick(self, span_ms: int) -> "Kiosk":
        return self.wait(span_ms).see(e.Ticked())

    def answer(self, method: str, result: View) -> "Kiosk":
        return self.see(e.Answered(self.asked(method).ask, result))

    def refuse(self, method: str, code: str) -> "Kiosk":
        return self.see(e.AskRefused(self.asked(method).ask, code))

    def lose(self, method: str) -> "Kiosk":
        return self.see(e.AskLost(self.asked(method).ask))

    def choose(self) -> "Kiosk":
        return self.tap("group:own", "toggle:PAY-02")

    def confirm(self, *stages: StageView, **other: Any) -> "Kiosk":
        return self.choose().tap("done").answer("plan_visit", plan(*stages, **other))

    def take(self) -> "Kiosk":
        return self.confirm().tap("take").answer("issue_ticket", ticket())

    def printed(self, outcome: PrintOutcome, cause: PrinterLook = PrinterLook.OK) -> "Kiosk":
        return self.see(e.Printed(self.last(e.Print).job, outcome, cause))

    # ---- what came of it

    @property
    def frame(self) -> Frame:
        return self.flow.frame()

    @property
    def screen(self) -> Any:
        return self.frame.screen

    @property
    def step(self) -> Step:
        return self.flow.desk.visit.step

    def asked(self, method: str) -> e.Ask:
        return [effect for effect in self.all(e.Ask) if effect.method == method][-1]

    def methods(self) -> list[str]:
        return [effect.method for effect in self.all(e.Ask)]

    def all(self, kind: type[Any]) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def last(self, kind: type[Any]) -> Any:
        return self.all(kind)[-1]

    def labels(self) -> list[str]:
        return [button.label for button in self.screen.buttons]
