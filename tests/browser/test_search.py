"""The pages' search: what several services are called is asked back, situations open, late answers do no harm."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import tab
from tests.browser.hall import TestHall
from tests.browser.test_guide import enter
from tests.ticketserver.server.servers import Running, running, settings_in

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Held:
    """Answers to searches that are held back on their way to the page."""

    def __init__(self) -> None:
        self.hold = False
        self.answers: list[Any] = []
        self._page: WebSocketRoute | None = None
        self._came = asyncio.Event()

    async def route(self, page: Page) -> None:
        def connected(socket: WebSocketRoute) -> None:
            self._page, server = socket, socket.connect_to_server()
            server.on_message(self._answered)

        await page.route_web_socket(lambda url: True, connected)

    async def begin(self, page: Page) -> None:
        """From now on answers are held back, and the page's clock stands still: it does not lose patience with them."""
        await page.clock.install()
        await page.clock.pause_at(await page.evaluate("Date.now() + 1000"))
        self.hold = True

    async def end(self, page: Page) -> None:
        """What was not held so far is let through, and the page's time goes on."""
        self.hold = False
        await page.clock.resume()

    def _answered(self, message: str | bytes) -> None:
        assert self._page is not None
        if self.hold and '"services":[' in str(message) and '"number"' not in str(message):
            self.answers.append(message)
            self._came.set()
        else:
            self._page.send(message)

    async def came(self, count: int) -> None:
        """Waits for so many answers."""
        async with asyncio.timeout(30):
            while len(self.answers) < count:
                self._came.clear()
                await self._came.wait()

    def release(self, place: int) -> None:
        assert self._page is not None
        self._page.send(self.answers[place])


@asynccontextmanager
async def guide(browser: Browser, folder: Path) -> AsyncIterator[tuple[Page, Running, Held]]:
    held = Held()
    async with running(settings_in(folder)) as hall, tab(browser) as page:
        await held.route(page)
        await enter(page, hall)
        yield page, hall, held


def options(page: Page) -> Locator:
    return page.locator("#take .options li")


async def taken(page: Page, hall: Running) -> list[str]:
    """Takes the number that stands ready; → its services."""
    await page.keyboard.press("Enter")
    await expect(page.locator("#card .number")).to_be_visible()
    (visit,) = hall.server.line.sequencer.state.visits.values()
    return [str(each.service) for each in visit.services]


async def test_a_word_that_means_several_is_asked_back(browser: Browser, tmp_path: Path) -> None:
    async with guide(browser, tmp_path) as (page, hall, _):
        await page.keyboard.type("社保卡")
        await expect(page.locator("#take .heading")).to_have_text("“社保卡”有好几件事,问他要办哪一件")
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .chips li")).to_have_count(0)
        await page.keyboard.press("ArrowDown")
        code = await options(page).first.locator(".code").inner_text()
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .chips li")).to_have_count(1)
        assert await taken(page, hall) == [code]


async def test_a_situation_opens_into_its_services(browser: Browser, tmp_path: Path) -> None:
    async with guide(browser, tmp_path) as (page, hall, _):
        await page.keyboard.type("huangongzuo")
        await expect(options(page).first).to_contain_text("换工作")
        await expect(options(page).first.locator(".code")).to_have_text("情况")
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .heading")).to_have_text("换工作")
        await expect(options(page).first.locator(".code")).to_have_text("TRF-01")
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .chips li")).to_have_count(1)
        assert await taken(page, hall) == ["TRF-01"]


async def test_an_older_answer_that_comes_later_is_not_shown(browser: Browser, tmp_path: Path) -> None:
    async with guide(browser, tmp_path) as (page, _, held):
        await held.begin(page)
        await page.locator("#take .search").fill("s")
        await page.locator("#take .search").fill("sbkgs")
        await held.came(2)
        held.release(1)
        await expect(options(page).first.locator(".code")).to_have_text("CRD-04")
        shown = await options(page).all_inner_texts()
        held.release(0)
        await held.end(page)
        await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert await options(page).all_inner_texts() == shown


async def test_enter_before_the_answer_takes_effect_with_it(browser: Browser, tmp_path: Path) -> None:
    async with guide(browser, tmp_path) as (page, hall, held):
        await held.begin(page)
        await page.locator("#take .search").fill("inj-02")
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .search")).to_have_value("")
        await page.keyboard.press("Enter")
        await held.came(1)
        await expect(page.locator("#card .number")).to_have_count(0)
        await held.end(page)
        held.release(0)
        await expect(page.locator("#card .number")).to_have_text("F001")
        (visit,) = hall.server.line.sequencer.state.visits.values()
        assert [str(each.service) for each in visit.services] == ["INJ-02"]


@pytest.mark.parametrize(
    ("typed", "heading", "near"),
    [("qqqqq", re.compile("没有找到"), 0), ("shebaokaguahsi", "没有正好叫这个的,相近的有:", 1)],
)
async def test_what_cannot_be_taken_comes_back_and_nothing_near_is_taken_unseen(
    browser: Browser, tmp_path: Path, typed: str, heading: str | re.Pattern[str], near: int
) -> None:
    async with guide(browser, tmp_path) as (page, _, held):
        await held.begin(page)
        await page.locator("#take .search").fill(typed)
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .search")).to_have_value("")
        await held.came(1)
        await held.end(page)
        held.release(0)
        await expect(page.locator("#take .search")).to_have_value(typed)
        await expect(page.locator("#take .heading")).to_have_text(heading)
        await expect(page.locator("#take .chips li")).to_have_count(0)
        await page.keyboard.press("Enter")
        await expect(page.locator("#take .chips li")).to_have_count(near)


async def test_the_console_finds_alike_and_asks_back(desk: Page, hall: TestHall) -> None:
    await desk.keyboard.press("o")
    await expect(desk.locator("#hand .state")).to_have_text("空闲")
    await desk.keyboard.press("w")
    await desk.wait_for_selector("dialog[open]")
    codes, picked = desk.locator("dialog .options .code"), desk.locator("dialog .options .at")
    await desk.keyboard.type("shebaoka")
    await expect(desk.locator("dialog .heading")).to_contain_text("有好几件事")
    await expect(picked).to_have_count(0)
    await desk.keyboard.type("guashi")
    await expect(codes.first).to_have_text("CRD-04")
    await expect(picked).to_have_count(1)
