"""What a panel shows for each state of its counter, in both languages, and when the server is away."""

import pytest

from hardware.bridge.panel_looks import DARK, STALE_MS, PanelLook, panel_look
from ticketserver.core.ids import CounterNo, ProfileId, TicketNumber, ZoneId
from ticketserver.core.terms import CounterState
from ticketserver.shared.texts import load_texts
from ticketserver.wire.views_counters import CounterView

ZH, EN = load_texts("zh"), load_texts("en")


def view(state: CounterState, number: str = "") -> CounterView:
    return CounterView(
        counter=CounterNo(3), state=state, zone=ZoneId("general"), profile=ProfileId("all"), number=TicketNumber(number)
    )


@pytest.mark.parametrize(
    ("state", "number", "zh", "en"),
    [
        (CounterState.IDLE, "", ("idle", "", "综合窗口 请听叫号"), "Windows 1-20: wait for call"),
        (CounterState.READY, "", ("idle", "", "综合窗口 请听叫号"), "Windows 1-20: wait for call"),
        (CounterState.CALLING, "A012", ("calling", "A012", "请 A012 号"), "A012 please"),
        (CounterState.SERVING, "A012", ("serving", "A012", "正在办理 A012"), "Serving A012"),
        (CounterState.PAUSED, "", ("paused", "", "暂停服务"), "Paused"),
        (CounterState.CLOSED, "", ("closed", "", "未开放"), "Closed"),
    ],
)
def test_each_state_in_both_languages(state: CounterState, number: str, zh: tuple[str, str, str], en: str) -> None:
    assert panel_look(view(state, number), None, ZH, "综合窗口") == PanelLook(*zh)  # type: ignore[arg-type]
    assert panel_look(view(state, number), None, EN, "Windows 1-20").text == en


def test_every_state_has_a_look() -> None:
    for state in CounterState:
        assert panel_look(view(state, "A1"), None, ZH, "x").state != "stale"


def test_a_number_does_not_outlive_the_server() -> None:
    serving = view(CounterState.SERVING, "A012")
    assert panel_look(serving, 0, ZH, "x").number == "A012"
    assert panel_look(serving, STALE_MS, ZH, "x").number == "A012"
    assert panel_look(serving, STALE_MS + 1, ZH, "x") == DARK


def test_a_counter_that_the_server_does_not_know_is_closed_and_one_never_heard_of_is_dark() -> None:
    assert panel_look(None, None, ZH, "x") == PanelLook("closed", "", "未开放")
    assert panel_look(None, 0, ZH, "x") == DARK
