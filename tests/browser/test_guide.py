"""The guide's page in a real browser against the real server, by keyboard: take, print, find, change, help."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import tab
from tests.ticketserver.server.servers import Running, Talk, running, settings_in
from tests.ticketserver.server.test_appointments import made
from ticketserver.core.ids import Ms
from ticketserver.server.line import wall_ms
from ticketserver.shared.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE_MS = 60_000


class Desk(NamedTuple):
    page: Page
    hall: Running
    kiosk: Talk
    clock: list[int]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def shown(self, part: str, text: str | re.Pattern[str]) -> None:
        await expect(self.page.locator(part)).to_contain_text(text)

    async def number(self, number: str) -> None:
        await expect(self.page.locator("#card .number")).to_have_text(number)

    async def open(self, number: str) -> None:
        await self.press("F3")
        await self.type(number)
        await self.press("Enter")
        await self.number(number)

    async def dialog(self) -> None:
        await self.page.wait_for_selector("dialog[open]")

    def visits(self) -> list[Any]:
        return list(self.hall.server.line.sequencer.state.visits.values())

    def appointment(self, *services: str) -> str:
        """A code that the hall signed, for now."""
        return made(self.hall, *services)

    async def job(self) -> dict[str, Any]:
        job: dict[str, Any] = (await self.kiosk.note("print_requested"))["job"]
        return job


async def enter(page: Page, hall: Running, language: str = "zh") -> None:
    await page.add_init_script(f"localStorage.getItem('language') || localStorage.setItem('language', '{language}')")
    await page.goto(f"{hall.http}/guide#token={hall.token('guide')}")
    await expect(page.locator("#take .search")).to_be_focused()


@asynccontextmanager
async def at_desk(
    browser: Browser, folder: Path, settings: Settings | None = None, **queue: Any
) -> AsyncIterator[Desk]:
    """The page, and a kiosk that is connected as number 1."""
    later = [0]

    def clock() -> Ms:
        return Ms(wall_ms() + later[0])

    settings = settings or settings_in(folder, **queue)
    async with running(settings, clock=clock) as hall, hall.talk("kiosk", "kiosk1") as kiosk:
        await kiosk.call("subscribe", topics=["print_jobs"])
        async with tab(browser) as page:
            await enter(page, hall)
            yield Desk(page, hall, kiosk, later)


# ---- taking a number


async def test_two_keys_are_a_number_and_its_slip_comes_out_at_a_kiosk(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("1", "Enter")
        await desk.number("A001")
        (visit,) = desk.visits()
        assert [str(each.service) for each in visit.services] == ["enquiry"]
        assert visit.source == "guide"
        await desk.shown("#print-status", "已请 1 号取号机 打印")
        job = await desk.job()
        assert (job["kiosk"], job["ticket"]["number"], job.get("reprint", False)) == ("kiosk1", "A001", False)
        await desk.kiosk.change("report_print", visit_id=visit.visit_id, outcome="confirmed")
        await desk.kiosk.call("end_print", print_id=job["print_id"], outcome="confirmed")
        await expect(desk.page.locator("#print-status")).to_have_text("1 号取号机 打好了,请他去拿")
        await expect(desk.page.locator("#take .search")).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("shebaokaguashi", "CRD-04"), ("sbkgs", "CRD-04"), ("存档案", "ARC-01"), ("inj-02", "INJ-02"),
     ("档案存", "ARC-01"), ("shebaokaguahsi", "CRD-04"), ("xinshebaoka", "CRD-01"), ("Deposit my", "ARC-01")],
)  # fmt: skip
async def test_letters_then_enter_twice(browser: Browser, tmp_path: Path, typed: str, found: str) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type(typed)
        await expect(desk.page.locator("#take .options li .code").first).to_have_text(found)
        await desk.press("Enter", "Enter")
        await desk.number("A001" if found[:3] != "INJ" else "F001")
        assert [str(each.service) for each in desk.visits()[0].services] == [found]


async def test_several_services_with_quantity_priority_and_for_somebody_else(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type("arc-01")
        await desk.press("Enter")
        await desk.type("qry-02")
        await desk.press("Enter")
        await desk.page.locator("#take .chips input").nth(1).fill("3")
        await desk.shown("#plan", "综合窗口 · 前面没有人 · 目前没有开放的窗口")
        await desk.shown("#plan", "要带:")
        await desk.page.select_option("#priority", "veteran")
        await desk.page.check("#on-behalf")
        await desk.page.locator("#take .search").focus()
        await desk.press("Enter")
        await desk.number("A001")
        (visit,) = desk.visits()
        assert [(str(each.service), each.quantity) for each in visit.services] == [("ARC-01", 1), ("QRY-02", 3)]
        assert (visit.priority, visit.basis, visit.confirmed, visit.on_behalf) == ("veteran", "seen", True, True)
        await desk.shown("#card .priority", "优先:军人")
        await expect(desk.page.locator("#take .chips li")).to_have_count(0)
        await expect(desk.page.locator("#priority")).to_have_value("")
        await expect(desk.page.locator("#on-behalf")).not_to_be_checked()


async def test_what_two_places_mean_is_said_before(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        for typed in ("pay-02", "une-07"):
            await desk.type(typed)
            await desk.press("Enter")
        await desk.shown("#plan", "要去 2 处:综合窗口、失业")


async def test_nothing_chosen_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Enter")
        await desk.shown("#message", "还没有选要办的事。按 1–9")
        assert desk.visits() == []


async def test_a_closed_hall_refuses_with_what_to_do(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk, desk.hall.talk("supervisor") as supervisor:
        await supervisor.change("set_hours", last_number_ms=wall_ms() - 1)
        await desk.press("1", "Enter")
        await desk.shown("#message", "今天已停止取号。请下一个工作日再来")
        await expect(desk.page.locator("#take .chips li")).to_have_count(1)


async def test_an_answer_that_is_lost_makes_no_second_number(browser: Browser, tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as hall, tab(browser) as page:
        lost: list[str] = []

        def relay(socket: Any) -> None:
            server = socket.connect_to_server()

            def told(message: str) -> None:
                if '"check_code"' in message and '"stages"' in message and not lost:
                    lost.append(message)
                else:
                    socket.send(message)

            server.on_message(told)

        await page.route_web_socket(re.compile("^ws:"), relay)
        await enter(page, hall)
        await page.keyboard.press("1")
        await page.keyboard.press("Enter")
        await expect(page.locator("#card .number")).to_have_text("A001")
        assert len(lost) == 1
        assert len(hall.server.line.sequencer.state.visits) == 1


# ---- paper


async def test_a_slip_that_did_not_come_out_is_printed_elsewhere(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk, desk.hall.talk("kiosk", "kiosk2") as other:
        await other.call("subscribe", topics=["print_jobs"])
        await desk.press("1", "Enter")
        job = await desk.job()
        await desk.kiosk.call("end_print", print_id=job["print_id"], reason="busy")
        await desk.shown("#message", "A001 1 号取号机 一直有人在用,没有打。请换一台打(P),或写给他(W)")
        await other.note("print_requested")
        await desk.press("Alt+p")
        await desk.dialog()
        await desk.press("2", "Enter")
        job = (await other.note("print_requested"))["job"]
        assert (job["kiosk"], job.get("reprint", False)) == ("kiosk2", False)
        await other.call("end_print", print_id=job["print_id"], outcome="failed", reason="paper_out")
        await desk.shown("#print-status", "2 号取号机 没打出来:缺纸,请换纸。请换一台打(P),或写给他(W)")
        await expect(desk.page.locator("#printer")).to_have_value("kiosk2")


async def test_a_kiosk_that_is_away_is_marked_and_refuses(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await expect(desk.page.locator("#printer option").nth(1)).to_contain_text("2 号取号机:它的程序没有连上")
        await desk.press("1", "Enter")
        await desk.number("A001")
        await desk.press("Alt+p")
        await desk.dialog()
        await desk.press("2", "Enter")
        await desk.shown("dialog .error", "这台取号机没有连上服务器,打不了。请换一台,或把号码写给他。")


async def test_written_by_hand_it_is_missing_no_more(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        issued = await desk.kiosk.issue("ARC-01")
        await desk.press("F3")
        await desk.page.select_option("#find-state", "not_printed")
        await expect(desk.page.locator("#found .no")).to_have_text([issued["number"]])
        await desk.page.locator("#find-text").focus()
        await desk.press("Enter")
        await desk.number(issued["number"])
        await desk.press("w")
        await expect(desk.page.locator("dialog .big")).to_have_text(issued["number"])
        await expect(desk.page.locator("dialog .check b")).to_have_text(issued["check_code"])
        await desk.press("Enter")
        await expect(desk.page.locator("#found .no")).to_have_count(0)
        assert desk.visits()[0].printed


async def test_a_desk_without_a_printer_writes_by_hand_at_once(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.page.select_option("#printer", "")
        await desk.page.locator("#take .search").focus()
        await desk.press("1", "Enter")
        await expect(desk.page.locator("dialog .big")).to_have_text("A001")
        await desk.press("Enter")
        await desk.shown("#print-status", "号票打过了")


# ---- a number that is there already


async def test_a_number_is_found_by_service_and_time(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        first = await desk.kiosk.issue("ARC-01")
        desk.clock[0] += 40 * MINUTE_MS
        later = await desk.kiosk.issue("ARC-01")
        other = await desk.kiosk.issue("CRD-01")
        rows = desk.page.locator("#found .no")
        await expect(rows).to_have_text([other["number"], later["number"], first["number"]])
        await desk.press("F3")
        await desk.type("cunda")
        await expect(rows).to_have_text([later["number"], first["number"]])
        await desk.shown("#find-by", "按事项找:存档案")
        at = await desk.page.evaluate(f"import('/clock.js').then((clock) => clock.clockTime({first['issued_at_ms']}))")
        await desk.page.locator("#find-time").fill(at.zfill(5))
        await expect(rows).to_have_text([first["number"]])
        await desk.page.locator("#find-text").focus()
        await desk.press("ArrowDown", "Enter")
        await desk.number(first["number"])
        await expect(desk.page.locator("#card")).to_be_focused()
        await desk.press("F3")
        await desk.type("没有这件事")
        await desk.press("Enter")
        await desk.shown("#message", "没有找到。号码只当天有效")


async def test_add_and_cancel(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        issued = await desk.kiosk.issue("ARC-01")
        await desk.press("F3")
        await desk.type("a 1")
        await desk.press("Enter")
        await desk.number(issued["number"])
        await desk.press("a")
        await desk.dialog()
        await desk.press("Enter")
        await desk.shown("dialog .error", "还没有选事项")
        await desk.type("sbkgs")
        await desk.press("Enter", "Enter")
        await expect(desk.page.locator("#card .services-line")).to_have_text("存档案、社保卡挂失解挂")
        await desk.press("x")
        await desk.dialog()
        await desk.press("Enter")
        await desk.shown("#card .facts .dot", "作废")
        await desk.press("p")
        await desk.shown("#message", f"{issued['number']} 现在作废,“打印号票”用不上")


async def test_priority_is_confirmed(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        issued = await desk.kiosk.issue("ARC-01", priority={"class_id": "veteran", "basis": "declared"})
        plain = await desk.kiosk.issue("ARC-01")
        await desk.open(issued["number"])
        await desk.shown("#card .priority", "证件待核对")
        await desk.press("y")
        await desk.dialog()
        await desk.press("1", "Enter")
        await expect(desk.page.locator("#card .priority")).to_have_class("priority sure")
        await desk.open(plain["number"])
        await desk.press("y")
        await desk.shown("#message", f"{plain['number']} 没有申请优先,不用核对")


async def test_a_missed_number_checks_in(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, calls=1) as desk, desk.hall.talk("clerk") as clerk:
        issued = await desk.kiosk.issue("ARC-01")
        await clerk.change("open_counter", counter=3)
        await clerk.change("call_next", counter=3)
        desk.clock[0] += 5 * MINUTE_MS
        await clerk.change("mark_no_show", counter=3)
        await desk.open(issued["number"])
        await desk.shown("#card .facts .dot", "过号")
        await desk.press("k")
        await desk.shown("#card .facts .dot", "等候")
        await desk.press("k")
        await desk.shown("#message", "“过号报到”用不上")


async def test_what_others_do_is_seen_on_the_card(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk, desk.hall.talk("clerk") as clerk:
        issued = await desk.kiosk.issue("ARC-01")
        await desk.open(issued["number"])
        await clerk.change("open_counter", counter=3)
        await clerk.change("call_next", counter=3)
        await desk.shown("#card .facts .dot", "已呼叫")
        await desk.shown("#card .wait", "3 号窗口")


async def test_without_a_number_or_a_line_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+k")
        await desk.shown("#message", "还没有号码。请先取号,或按 F3 找号")
        await desk.press("1")
        await desk.hall.server.gateway.stop()
        await expect(desk.page.locator("#stale")).to_be_visible()
        await desk.press("Enter")
        await desk.shown("#message", "连接断开,“取号”没有发出")


# ---- help and devices

COUNT_TONES = """
window.tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { window.tones.push(at); return start.apply(this, at); };
"""


async def test_a_call_for_help_rings_until_somebody_goes(browser: Browser, tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk", "kiosk2") as kiosk, tab(browser) as page:
        await page.add_init_script(COUNT_TONES)
        await enter(page, hall)
        await kiosk.change("request_help", number="A001")
        await expect(page.locator("#calls span").first).to_have_text("2 号取号机 有人请工作人员帮忙,号码 A001")
        await expect(page.locator("#sound")).to_contain_text("点一下,求助才会响")
        assert await page.evaluate("window.tones.length") == 0
        await page.keyboard.press("F2")
        await expect(page.locator("#sound")).to_contain_text("铃声开")
        async with asyncio.timeout(30):
            while await page.evaluate("window.tones.length") < 4:
                await page.wait_for_timeout(100)
        await page.keyboard.press("F4")
        await expect(page.locator("#calls")).to_be_hidden()
        rung = await page.evaluate("window.tones.length")
        await page.wait_for_timeout(3_500)
        assert await page.evaluate("window.tones.length") == rung
        await page.keyboard.press("Alt+m")
        await kiosk.change("request_help")
        await expect(page.locator("#calls")).to_be_visible()
        await expect(page.locator("#sound")).to_contain_text("铃声关")
        assert await page.evaluate("window.tones.length") == rung


async def test_faults_of_devices_are_counted_and_told(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.kiosk.call("report_health", device="printer1", kind="printer", health="offline", reason="paper_out")
        await desk.shown("#devices", "设备 1 处有问题")
        await expect(desk.page.locator("#printer")).to_have_class("faulty")
        await desk.press("Alt+v")
        await desk.shown("#device-list li.offline", "缺纸,请换纸")


# ---- the page itself

CLIPPED = """[...document.querySelectorAll('button, #card p, #plan p, dialog p, #find h2')].filter((each) =>
  each.offsetParent && !each.closest('.favourites, #found') &&
  (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
).map((each) => each.textContent)"""
NAMELESS = """[...document.querySelectorAll('button, input, select, [role=listbox]')].filter((each) =>
  !(each.textContent.trim() || each.getAttribute('aria-label') || each.closest('label'))
).map((each) => each.outerHTML)"""
IN_SIGHT = """['#take-button', '#act-cancel', '#found'].every((each) => {
  const box = document.querySelector(each).getBoundingClientRect();
  return box.height > 20 && box.bottom <= innerHeight && box.right <= innerWidth;
})"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1366, 768)])
async def test_everything_fits(browser: Browser, tmp_path: Path, language: str, width: int, height: int) -> None:
    async with (
        running(settings_in(tmp_path)) as hall,
        hall.talk("kiosk", "kiosk1") as kiosk,
        tab(browser, width, height) as page,
    ):
        await enter(page, hall, language)
        await kiosk.change("request_help", number="A001")
        for typed in ("arc-01", "pay-02", "inj-02"):
            await page.keyboard.type(typed)
            await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await expect(page.locator("#card .number")).to_be_visible()
        await page.keyboard.press("Alt+k")
        await page.keyboard.press("2")
        await expect(page.locator("#plan .wait")).to_be_visible()
        for key in ("", "Alt+p", "Alt+a", "Alt+w", "Alt+x", "F1", "Alt+v"):
            if key:
                await page.keyboard.press(key)
                await page.wait_for_selector("dialog[open]")
            assert await page.evaluate(CLIPPED) == []
            assert await page.evaluate(NAMELESS) == []
            assert await page.evaluate(IN_SIGHT)
            root = "document.documentElement"
            assert await page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
            if key:
                await page.keyboard.press("Escape")


async def test_escape_puts_away_what_was_typed_and_chosen_for_somebody_who_left(
    browser: Browser, tmp_path: Path
) -> None:
    async with at_desk(browser, tmp_path) as desk:
        chips, search = desk.page.locator("#take .chips li"), desk.page.locator("#take .search")
        await desk.type("arc-01")
        await desk.press("Enter")
        await desk.page.locator("#priority").select_option(index=1)
        await search.focus()
        await desk.type("gongsi")
        await desk.press("Escape")
        await expect(search).to_have_value("")
        await expect(chips).to_have_count(1)
        await desk.press("Escape")
        await expect(chips).to_have_count(0)
        await expect(desk.page.locator("#priority")).to_have_value("")
        await expect(search).to_be_focused()
        await desk.press("1", "Enter")
        await desk.number("A001")
        assert [str(each.service) for each in desk.visits()[0].services] == ["enquiry"]


async def test_escape_clears_a_message_before_what_was_chosen(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type("arc-01")
        await desk.press("Enter", "Alt+p")
        await expect(desk.page.locator("#message")).to_be_visible()
        await desk.press("Escape")
        await expect(desk.page.locator("#message")).to_be_hidden()
        await expect(desk.page.locator("#take .chips li")).to_have_count(1)


async def test_another_language_keeps_what_was_chosen(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type("arc-01")
        await desk.press("Enter", "Alt+l")
        await expect(desk.page.locator("#take-button")).to_contain_text("Take and print")
        await desk.shown("#take .chips", "Deposit my personal file")
        await desk.shown("#plan", "nobody ahead · no window open now")
        await expect(desk.page.locator("#stale")).to_be_hidden()
        await desk.page.locator("#take .search").focus()
        await desk.press("Enter")
        await desk.number("A001")


async def test_a_link_without_a_token_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as hall, tab(browser) as page:
        await page.goto(f"{hall.http}/guide")
        await expect(page.locator("#blank")).to_contain_text("python -m ticketserver link guide")
