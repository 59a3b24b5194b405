"""The page of a slip where no live line can be had, with a wrong clock, while the hall's day changes, and after it."""

import asyncio
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Error, Page, Route, WebSocketRoute, expect

from tests.browser.phone_scenes import MINUTE_MS, SCENES, Hall, hall_of
from tests.browser.test_phone import at, open_page, phone

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG_MS = 60_000
ANY = re.compile(".*")
HOURS_OFF = "const now = Date.now; Date.now = () => now() + 5 * 3600000;"


class Network:
    """Between a phone and the hall: a proxy that lets live lines through or refuses or swallows them."""

    def __init__(self) -> None:
        self.lines = "refuse"
        self.flows = asyncio.Event()
        self.flows.set()
        self.broken = False

    async def around(self, page: Page) -> None:
        await page.route_web_socket(ANY, self._line)
        await page.route("**/phone/rpc", self._asked)

    async def _line(self, line: WebSocketRoute) -> None:
        if self.lines == "through":
            line.connect_to_server()
        elif self.lines == "refuse":
            await line.close()

    async def _asked(self, route: Route) -> None:
        await self.flows.wait()
        with suppress(Error):  # the page may have given it up
            await (route.fulfill(status=502) if self.broken else route.continue_())


async def called_at_last(page: Page, hall: Hall) -> None:
    await hall.at("call_next")
    await expect(page.locator("#state")).to_have_class("called", timeout=LONG_MS)


@pytest.mark.parametrize("lines", ["refuse", "swallow"])
async def test_where_no_line_can_be_had_the_page_asks_and_is_called(
    browser: Browser, tmp_path: Path, lines: str
) -> None:
    network = Network()
    network.lines = lines
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await expect(page.locator("#state")).to_have_class("nearly", timeout=LONG_MS)
        await expect(page.locator("#lost")).to_be_hidden()
        await expect(page.locator("#visit li")).to_have_text("存档案")
        await called_at_last(page, hall)


async def test_what_is_asked_there_is_done_once(browser: Browser, tmp_path: Path) -> None:
    network = Network()
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await page.locator("#cancel").tap(timeout=LONG_MS)
        before = hall.running.server.line.sequencer.seq
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#state")).to_have_class("over")
        assert hall.running.server.line.sequencer.seq == before + 1


async def test_a_line_that_can_be_had_again_is_taken(browser: Browser, tmp_path: Path) -> None:
    network = Network()
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await expect(page.locator("#state")).to_have_class("nearly", timeout=LONG_MS)
        network.lines = "through"
        async with page.expect_websocket(timeout=LONG_MS):
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        network.flows.clear()
        await called_at_last(page, hall)
        network.flows.set()


async def test_answers_that_do_not_come_are_called_a_slow_connection(browser: Browser, tmp_path: Path) -> None:
    network = Network()
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await expect(page.locator("#state")).to_have_class("nearly", timeout=LONG_MS)
        network.flows.clear()
        await expect(page.locator("#lost")).to_contain_text("连接较慢,下面是", timeout=LONG_MS)
        network.flows.set()
        await expect(page.locator("#lost")).to_be_hidden(timeout=LONG_MS)
        await called_at_last(page, hall)


async def test_a_proxy_without_its_server_is_no_connection(browser: Browser, tmp_path: Path) -> None:
    network = Network()
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await expect(page.locator("#state")).to_have_class("nearly", timeout=LONG_MS)
        network.broken = True
        await expect(page.locator("#lost")).to_contain_text("连接断了,下面是", timeout=LONG_MS)
        network.broken = False
        await expect(page.locator("#lost")).to_be_hidden(timeout=LONG_MS)


async def test_a_number_of_another_day_is_said_to_be_that_there_too(browser: Browser, tmp_path: Path) -> None:
    network = Network()
    async with hall_of(SCENES["unknown"], tmp_path) as hall, phone(browser) as page:
        await network.around(page)
        await open_page(page, hall, await SCENES["unknown"].play(hall))
        await expect(page.locator("#opening")).to_contain_text("没有找到这个号", timeout=LONG_MS)


async def test_times_are_the_halls_on_a_phone_whose_clock_is_wrong(browser: Browser, tmp_path: Path) -> None:
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        zone = ZoneInfo(hall.running.settings.hall.timezone)
        before = datetime.now(zone)
        await page.add_init_script(HOURS_OFF)
        await open_page(page, hall, await SCENES["nearly"].play(hall))
        await expect(page.locator("#state")).to_have_class("nearly")
        await page.context.set_offline(True)
        await expect(page.locator("#lost")).to_contain_text("连接断了")
        (said,) = re.findall(r"\d\d:\d\d", await page.locator("#lost").inner_text())
        assert f"{before:%H:%M}" <= said <= f"{datetime.now(zone):%H:%M}"


async def test_a_day_that_ends_earlier_is_told_at_once(browser: Browser, tmp_path: Path) -> None:
    scene = SCENES["closing"]
    async with hall_of(scene, tmp_path) as hall, phone(browser) as page:
        await open_page(page, hall, await SCENES["waiting"].play(hall))
        await expect(page.locator("#state")).to_have_class("waiting")
        await expect(page.locator("#state")).not_to_contain_text("结束")
        now = int(hall.running.server.line.now)
        await hall.supervisor.change("set_hours", last_number_ms=now, ends_ms=now + MINUTE_MS)
        await expect(page.locator("#state")).to_contain_text("结束,时间可能不够")
        await hall.end_day()
        await expect(page.locator("#state")).to_contain_text("今天没有办完")


async def test_a_page_that_was_open_overnight_learns_that_its_day_is_over(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        hall.clock[0] += 24 * 60 * MINUTE_MS
        hall.running.server.line._tick()
        await expect(page.locator("#opening")).to_contain_text("号码只在取号当天有效", timeout=LONG_MS)
        await expect(page.locator("#page")).to_be_hidden()


async def test_a_finished_visit_is_rated_by_one_tap_and_only_once(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["finished"]) as (page, hall):
        levels = page.locator("#rating button")
        await expect(levels).to_have_text(["非常满意", "满意", "基本满意", "不满意", "非常不满意"])
        await levels.nth(1).tap()
        await expect(page.locator("#rating")).to_have_text("谢谢您的评价")
        (visit,) = hall.running.server.line.sequencer.state.visits.values()
        assert visit.ratings == {"": 4}
        await page.reload()
        await expect(page.locator("#rating")).to_have_text("谢谢您的评价")
        await expect(levels).to_have_count(0)


async def test_nobody_is_asked_how_it_was_before_it_is_over(browser: Browser, tmp_path: Path) -> None:
    for name in ("next_stage", "cancelled"):
        async with at(browser, tmp_path / name, SCENES[name]) as (page, _):
            await expect(page.locator("#rating")).to_be_empty()
