"""Panels follow the server's word, keep it for a while when the server is away, and then go dark."""

from hardware.bridge.logic import BoxId
from hardware.bridge.panel_looks import DARK, STALE_MS
from hardware.bridge.panels import PanelLogic, ShowPanel
from hardware.devices.panel_parts import PanelLook
from ticketserver.core.ids import CounterNo, ProfileId, TicketNumber, ZoneId
from ticketserver.core.terms import CounterState
from ticketserver.shared.texts import load_texts
from ticketserver.wire.views_counters import CounterView

ONE, TWO = BoxId(0, 1), BoxId(0, 2)
CALLING = PanelLook("calling", "A012", "请 A012 号")


def view(counter: int, state: CounterState, number: str = "") -> CounterView:
    return CounterView(
        counter=CounterNo(counter),
        state=state,
        zone=ZoneId("z"),
        profile=ProfileId("p"),
        number=TicketNumber(number),
    )


def logic() -> PanelLogic:
    return PanelLogic({ONE: 3, TWO: 4}, {3: "综合窗口", 4: "综合窗口"}, load_texts("zh"))


def test_each_panel_follows_its_counter() -> None:
    panels = logic()
    assert panels.start(0) == [ShowPanel(ONE, DARK), ShowPanel(TWO, DARK)]
    assert panels.next_deadline_ms() is None
    views = [view(3, CounterState.CALLING, "A012"), view(4, CounterState.IDLE)]
    idle = PanelLook("idle", "", "综合窗口 请听叫号")
    assert panels.connected(views, 50) == [ShowPanel(ONE, CALLING), ShowPanel(TWO, idle)]
    assert panels.counter_changed(views[0], 60) == []
    serving = PanelLook("serving", "A012", "正在办理 A012")
    assert panels.counter_changed(view(3, CounterState.SERVING, "A012"), 70) == [ShowPanel(ONE, serving)]
    assert panels.counter_changed(view(9, CounterState.IDLE), 80) == []


def test_a_number_that_may_be_over_does_not_stay() -> None:
    panels = logic()
    panels.start(0)
    panels.connected([view(3, CounterState.CALLING, "A012"), view(4, CounterState.CLOSED)], 0)
    panels.disconnected(1_000)
    panels.disconnected(5_000)
    assert panels.next_deadline_ms() == 1_000 + STALE_MS + 1
    assert panels.tick(1_000 + STALE_MS) == []
    assert panels.tick(1_000 + STALE_MS + 1) == [ShowPanel(ONE, DARK), ShowPanel(TWO, DARK)]
    assert panels.next_deadline_ms() is None
    back = panels.connected([view(3, CounterState.CALLING, "A012"), view(4, CounterState.CLOSED)], 30_000)
    assert back == [ShowPanel(ONE, CALLING), ShowPanel(TWO, PanelLook("closed", "", "未开放"))]


def test_a_server_back_in_time_changes_nothing_on_a_panel() -> None:
    panels = logic()
    panels.start(0)
    panels.connected([view(3, CounterState.CALLING, "A012")], 0)
    panels.disconnected(1_000)
    assert panels.connected([view(3, CounterState.CALLING, "A012")], 4_000) == []
    assert panels.next_deadline_ms() is None
