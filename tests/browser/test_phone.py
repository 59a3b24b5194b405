"""The page of a slip in a real browser of a phone's size, against the real server: every state in both languages, on a
slow link, asleep and awake; what can be done with the number; what it weighs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bench.phones import paths
from tests.browser.conftest import PATIENCE_MS
from tests.browser.phone_scenes import (
    CALLED_ONCE,
    MINUTE_MS,
    SCENES,
    Hall,
    Scene,
    busy,
    hall_of,
    last_call,
    nearly,
    stranded,
    unknown,
    unopened,
    waiting,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

WIDTH, HEIGHT = 360, 640
MOST_BYTES = 60_000
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 30_000, "uploadThroughput": 15_000}
"""A phone at the edge of a cell: 240 kbit/s, 400 ms."""
LISTEN = """
  window.rung = []; window.locks = 0; window.contexts = [];
  window.AudioContext = class extends AudioContext { constructor() { super(); window.contexts.push(this); } };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { window.rung.push(at); return start.call(this, at); };
  navigator.vibrate = (pattern) => window.rung.push(pattern);
  if (navigator.wakeLock) navigator.wakeLock.request = async () => { window.locks += 1; };
"""
ONLY = {"zh": "zh-CN", "en": "en-GB"}


@asynccontextmanager
async def phone(browser: Browser, language: str = "zh") -> AsyncIterator[Page]:
    """A phone's tab; an error in the page fails the test."""
    context = await browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale=ONLY[language], has_touch=True, is_mobile=True,
        device_scale_factor=2,
    )  # fmt: skip
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.add_init_script(LISTEN)
    yield page
    await context.close()
    assert errors == []


async def open_page(page: Page, hall: Hall, token: str) -> None:
    await page.goto(f"{hall.running.http}/t/{token}")


@asynccontextmanager
async def at(browser: Browser, folder: Path, scene: Scene, language: str = "zh") -> AsyncIterator[tuple[Page, Hall]]:
    async with hall_of(scene, folder) as hall, phone(browser, language) as page:
        await open_page(page, hall, await scene.play(hall))
        await expect(page.locator("#visit li").first).to_be_visible()
        yield page, hall


async def spills(page: Page) -> list[str]:
    """Texts that stand out of the screen's width or of their own box."""
    return await page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((each) => each.offsetParent && (each.getBoundingClientRect().right > innerWidth + 1
            || each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"))
          .map((each) => each.tagName + each.id + ": " + each.textContent)"""
    )


@pytest.mark.parametrize("language", ONLY)
@pytest.mark.parametrize("name", SCENES)
async def test_every_state_says_what_it_is(browser: Browser, tmp_path: Path, name: str, language: str) -> None:
    scene = SCENES[name]
    async with hall_of(scene, tmp_path) as hall, phone(browser, language) as page:
        await open_page(page, hall, await scene.play(hall))
        if scene.play is unknown:
            await expect(page.locator("#opening")).to_contain_text(getattr(scene, language))
            await expect(page.locator("#page")).to_be_hidden()
        else:
            await expect(page.locator("#state")).to_have_class(scene.tone)
            await expect(page.locator("#page")).to_contain_text(getattr(scene, language))
        assert await spills(page) == []


async def test_no_time_is_promised_while_calling_is_paused(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["paused"]) as (page, hall):
        await expect(page.locator("#state")).to_contain_text("前面约 12 人")
        await expect(page.locator("#state")).not_to_contain_text("分钟")
        await hall.supervisor.change("set_hours", calling_paused=False)
        await expect(page.locator("#state")).to_contain_text("分钟")


async def test_a_call_turns_the_page_rings_and_shakes_once_each(browser: Browser, tmp_path: Path) -> None:
    scene = Scene(waiting, "", "", "", queue={"same_press_ms": 0, "nearly_ahead": 0})
    async with at(browser, tmp_path, scene) as (page, hall):
        await expect(page.locator("#alarm")).to_contain_text("锁屏以后不会响")
        await page.locator("#alarm button").tap()
        await expect(page.locator("#alarm")).to_contain_text("提醒已打开")
        assert await page.evaluate("[window.rung.length, window.locks]") == [1, 1]
        await hall.at("open_counter", "call_visit", number="A013", reason="asked")
        await expect(page.locator("#state")).to_have_class("called")
        assert await page.evaluate("window.rung.slice(1).map((each) => typeof each)") == ["number"] * 9 + ["object"]
        assert (await page.title()).endswith("请到 3 号窗口")
        await hall.at("recall")
        await expect(page.locator("#state")).to_contain_text("第 2 次叫您")
        assert await page.evaluate("window.rung.length") == 1 + 2 * 10
        await hall.at("start_service")
        await expect(page.locator("#state")).to_have_class("serving")
        assert await page.evaluate("window.rung.length") == 1 + 2 * 10


async def test_a_phone_that_took_the_sound_away_is_asked_for_a_touch_again(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, _):
        await page.locator("#alarm button").tap()
        await expect(page.locator("#alarm")).to_contain_text("提醒已打开")
        await page.evaluate("window.contexts[0].suspend()")
        await expect(page.locator("#alarm")).to_contain_text("锁屏以后不会响")
        await page.locator("#alarm button").tap()
        await expect(page.locator("#alarm")).to_contain_text("提醒已打开")
        assert await page.evaluate("window.contexts.map((each) => each.state)") == ["running"]


async def test_nearly_rings_once_when_few_are_ahead(browser: Browser, tmp_path: Path) -> None:
    scene = Scene(busy, "", "", "", queue={"nearly_ahead": 11})
    async with at(browser, tmp_path, scene) as (page, hall):
        await page.locator("#alarm button").tap()
        for number in ("A001", "A002"):
            ticket = next(v for v in (await hall.kiosk.call("list_visits"))["visits"] if v["number"] == number)
            code = (await hall.clerk.call("find_ticket", number=number))["check_code"]
            await hall.kiosk.change("cancel_ticket", number=ticket["number"], check_code=code)
            await expect(page.locator("#state")).to_contain_text(f"前面约 {12 - int(number[1:])} 人")
        await expect(page.locator("#state")).to_have_class("nearly")
        assert await page.evaluate("window.rung.slice(1).map((each) => typeof each)") == ["number"] * 2 + ["object"]


async def test_no_time_is_told_from_before_the_windows_open(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["later"]) as (page, _):
        await expect(page.locator("#state")).to_contain_text("大约 15:00–")


async def test_nobody_is_nearly_called_before_a_window_is_open(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["unopened"]) as (page, hall):
        await expect(page.locator("#state")).not_to_contain_text("分钟")
        await hall.at("open_counter")
        await expect(page.locator("#state")).to_have_class("nearly")


async def test_the_last_call_is_called_that(browser: Browser, tmp_path: Path) -> None:
    scene = Scene(last_call, "", "", "", queue={"calls": 3})
    async with at(browser, tmp_path, scene) as (page, hall):
        await expect(page.locator("#state")).to_contain_text("第 2 次叫您")
        hall.clock[0] += MINUTE_MS
        await hall.at("recall")
        await expect(page.locator("#state")).to_contain_text("最后一次叫您,请马上到窗口")


async def test_a_number_is_cancelled_after_a_question(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await page.locator("#cancel").tap()
        await expect(page.locator("#sheet")).to_contain_text("真的不办了吗?A001 号作废以后要重新取号。")
        await page.locator(".back").tap()
        await expect(page.locator("#state")).to_have_class("nearly")
        await page.locator("#cancel").tap()
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#state")).to_have_class("over")
        await expect(page.locator("#acts button")).to_have_count(0)
        (visit,) = hall.running.server.line.sequencer.state.visits.values()
        assert visit.state == "cancelled"


async def test_a_service_is_added_and_what_needs_questions_is_not_offered(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await page.locator("#add").tap()
        rows = page.locator("#sheet .services button")
        await expect(rows).to_have_count(30)
        await expect(page.locator("#sheet .services")).to_contain_text("请多写几个字")
        settings = hall.running.settings
        (asked_first, *_) = [code for check in settings.catalogue.precheck for code in check.services]
        await page.locator("#sheet input").fill(settings.catalogue.by_code[asked_first].plain_zh)
        await expect(rows.filter(has_text=settings.catalogue.by_code[asked_first].plain_zh)).to_have_count(0)
        await page.locator("#sheet input").fill("没有这种事")
        await expect(page.locator("#sheet .services")).to_contain_text("没有找到")
        await page.locator("#sheet input").fill("pen-03")
        await rows.tap()
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#done")).to_have_text("加好了,号码不变")
        await expect(page.locator("#visit")).to_contain_text("第 2 站:养老审核窗口")
        (visit,) = hall.running.server.line.sequencer.state.visits.values()
        assert [each.service for each in visit.services] == ["ARC-01", "PEN-03"]


async def test_a_phone_checks_in_where_the_hall_allows_it(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["missed_here"]) as (page, hall):
        await page.locator("#check_in").tap()
        await expect(page.locator("#sheet")).to_contain_text("请在大厅里再报到")
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#done")).to_have_text("报到好了。请到等候区听叫号")
        await expect(page.locator("#state")).to_have_class("nearly")
        (visit,) = hall.running.server.line.sequencer.state.visits.values()
        assert visit.returns == 1


async def test_without_that_rule_there_is_no_button_and_the_server_refuses(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["missed"]) as (page, hall):
        await expect(page.locator("#acts button")).to_have_text(["不办了,取消号码"])
        refused = await page.evaluate(
            """async (token) => {
              const params = { request_id: "by-hand-0001", token };
              const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "check_in", params });
              return (await (await fetch("../phone/rpc", { method: "POST", body })).json()).error.data.code;
            }""",
            urlsplit(page.url).path.split("/")[-1],
        )
        assert refused == "not_allowed"
        (visit,) = hall.running.server.line.sequencer.state.visits.values()
        assert visit.state == "no_show"


async def test_a_sheet_from_before_the_call_closes(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await page.locator("#cancel").tap()
        await hall.at("call_next")
        await expect(page.locator("#state")).to_have_class("called")
        await expect(page.locator("#sheet")).to_be_hidden()


async def test_the_language_is_switched_and_stays_so(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"], "en") as (page, hall):
        await page.get_by_role("button", name="中文").tap()
        await expect(page.locator("#state")).to_contain_text("快到您了")
        await expect(page.locator("#visit")).to_contain_text("存档案")
        assert await page.evaluate("document.documentElement.lang") == "zh-CN"
        await hall.kiosk.change("cancel_ticket", token=urlsplit(page.url).path.split("/")[-1])
        await page.reload()
        await expect(page.locator("#state")).to_contain_text("这个号已经作废")


async def test_what_the_hall_refuses_is_said_in_its_words(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await stranded(hall)
        await page.locator("#add").tap()
        await page.locator("#sheet input").fill("pen-03")
        await page.locator("#sheet .services button").tap()
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#sheet")).to_contain_text("今天没有窗口能办这件事。请找导办员,或改天再来。")
        await page.locator(".back").tap()
        await expect(page.locator("#state")).to_have_class("nearly")


async def test_what_was_asked_while_the_line_was_down_is_done_once_when_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await page.locator("#cancel").tap()
        await page.context.set_offline(True)
        await expect(page.locator("#lost")).to_be_visible()
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#sheet")).to_contain_text("正在办")
        before = hall.running.server.line.sequencer.seq
        await page.context.set_offline(False)
        await expect(page.locator("#state")).to_have_class("over")
        assert hall.running.server.line.sequencer.seq == before + 1


async def test_a_phone_without_network_says_so_at_once_and_comes_back_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        await page.context.set_offline(True)
        await expect(page.locator("#lost")).to_contain_text("连接断了")
        await expect(page.locator("#state")).to_have_class("nearly")
        await hall.at("call_next")
        await page.context.set_offline(False)
        await expect(page.locator("#state")).to_have_class("called")
        await expect(page.locator("#lost")).to_be_hidden()


async def test_a_phone_that_wakes_dials_at_once(browser: Browser, tmp_path: Path) -> None:
    """Asleep, the line died without a word: the page neither trusts it nor waits for it."""
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        (peer,) = [each for each in hall.running.server.gateway._peers if each.visit]
        async with page.expect_websocket() as dialled:
            await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert (await dialled.value).url == f"{hall.running.url}/"
        await expect(page.locator("#lost")).to_be_hidden()
        async with asyncio.timeout(PATIENCE_MS / 1000):
            await peer.socket.wait_closed()
        await hall.at("call_next")
        await expect(page.locator("#state")).to_have_class("called")


async def test_a_page_that_was_frozen_finds_out_that_it_was_called(browser: Browser, tmp_path: Path) -> None:
    """As Chromium itself freezes a tab: no timer runs, and what the line brought meanwhile was lost with it."""
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        life = await page.context.new_cdp_session(page)
        (peer,) = [each for each in hall.running.server.gateway._peers if each.visit]
        await life.send("Page.setWebLifecycleState", {"state": "frozen"})
        peer.socket.transport.abort()
        await hall.at("call_next")
        await life.send("Page.setWebLifecycleState", {"state": "active"})
        await expect(page.locator("#state")).to_have_class("called")
        await expect(page.locator("#lost")).to_be_hidden()


async def test_a_server_that_restarts_is_found_again(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, hall):
        (peer,) = [each for each in hall.running.server.gateway._peers if each.visit]
        peer.socket.transport.abort()
        await hall.at("call_next")
        await expect(page.locator("#state")).to_have_class("called")


async def test_it_loads_on_a_slow_link_and_weighs_little(browser: Browser, tmp_path: Path) -> None:
    """Chromium counts what came over the wire; that is all the bench counts, and nothing else was asked for."""
    async with hall_of(SCENES["nearly"], tmp_path) as hall, phone(browser) as page:
        token = await nearly(hall)
        network = await page.context.new_cdp_session(page)
        await network.send("Network.enable")
        await network.send("Network.emulateNetworkConditions", SLOW)
        asked: list[str] = []
        sizes: list[float] = []
        network.on("Network.requestWillBeSent", lambda sent: asked.append(sent["request"]["url"]))
        network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
        await open_page(page, hall, token)
        await expect(page.locator("#visit li").first).to_have_text("存档案")
        await page.locator("#add").tap()
        await expect(page.locator("#sheet .services button").first).to_be_visible()
        wanted = {f"/t/{token}", *paths()[1:]}
        gone = {urlsplit(url).path for url in asked if url.startswith("http")}
        # Where the live line takes long to come, the ticket is asked for the other way.
        assert wanted <= gone <= wanted | {"/phone/rpc"}
        assert 0 < sum(sizes) <= MOST_BYTES


async def test_nothing_of_a_ticket_is_kept_on_the_phone(browser: Browser, tmp_path: Path) -> None:
    async with at(browser, tmp_path, SCENES["nearly"]) as (page, _):
        await page.get_by_role("button", name="English").tap()
        await expect(page.locator("#state")).to_contain_text("Nearly your turn")
        kept: dict[str, Any] = await page.evaluate("({ ...localStorage, ...sessionStorage, cookie: document.cookie })")
        assert kept == {"phone-language": "en", "cookie": ""}


async def test_missed_and_called_again_rings_again(browser: Browser, tmp_path: Path) -> None:
    scene = Scene(unopened, "", "", "", queue={**CALLED_ONCE, "phone_check_in": True, "nearly_ahead": 0})
    async with at(browser, tmp_path, scene) as (page, hall):
        await page.locator("#alarm button").tap()
        await hall.miss()
        await page.locator("#check_in").tap()
        await page.locator("#sheet .yes").tap()
        await expect(page.locator("#done")).to_be_visible()
        await hall.at("call_next")
        await expect(page.locator("#state")).to_have_class("called")
        assert await page.evaluate("window.rung.filter((each) => each.length === 9).length") >= 1
