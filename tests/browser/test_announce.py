"""Announcements and notices on the guide's and the supervisor's page, by keyboard, against the real server."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import tab
from tests.browser.test_guide import CLIPPED, NAMELESS, at_desk, enter
from tests.ticketserver.server.servers import Running, running, settings_in
from ticketserver.core.terms import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

WITHIN = """(() => {
  const dialog = document.querySelector('dialog');
  const button = dialog.querySelector('.primary').getBoundingClientRect();
  return dialog.scrollWidth <= dialog.clientWidth && button.bottom <= innerHeight && button.top > 0;
})()"""


def announced(hall: Running) -> list[Any]:
    return list(hall.server.line.sequencer.state.announcements.values())


def notices(hall: Running) -> list[Any]:
    return list(hall.server.line.sequencer.state.notices.values())


async def dialog(page: Page) -> None:
    await page.wait_for_selector("dialog[open]")


async def closed(page: Page) -> None:
    await expect(page.locator("dialog[open]")).to_have_count(0)


async def test_three_keys_say_a_ready_sentence_in_both_languages(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+b")
        await dialog(desk.page)
        await desk.press("7")
        await expect(desk.page.locator("[aria-label=中文]")).to_have_value("请马上从最近的安全出口离开大厅,不要乘电梯")
        await expect(desk.page.locator("[aria-label^=紧急], dialog [type=checkbox]").first).to_be_checked()
        await desk.press("Enter")
        await closed(desk.page)
        (said,) = announced(desk.hall)
        assert (said.urgent, said.repeat, said.zones, said.by) == (True, 2, (), Role.GUIDE)
        assert said.text_en.startswith("Please leave the hall now")
        await desk.shown("#message.good", "广播已经发出")
        await expect(desk.page.locator("#take .search")).to_be_focused()


async def test_own_words_for_one_zone_and_stopped_again(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+b")
        await dialog(desk.page)
        await desk.page.locator("[aria-label=中文]").focus()
        await desk.type("请 A012 号到导办台")
        await desk.page.get_by_label("养老审核", exact=False).check()
        await desk.page.locator("dialog select").select_option("3")
        await desk.press("Enter")
        await closed(desk.page)
        (said,) = announced(desk.hall)
        assert (said.text_zh, said.text_en, said.urgent, said.repeat) == ("请 A012 号到导办台", "", False, 3)
        assert said.zones == ("pension-review",)
        await desk.press("Alt+b")
        await dialog(desk.page)
        await desk.shown("#announced-list", "请 A012 号到导办台")
        await desk.shown("#announced-list", "导办台广播")
        await desk.page.get_by_role("button", name="停播").click()
        await expect(desk.page.locator("#announced-list li")).to_have_count(0)
        assert announced(desk.hall) == []


async def test_nothing_to_say_and_a_refusal_stay_in_the_dialog(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+b")
        await dialog(desk.page)
        await desk.press("Enter")
        await desk.shown("dialog .error", "还没有写要说的话")
        await desk.page.locator("[aria-label=中文]").fill("请 110101199003072316 到导办台")
        await desk.press("Enter")
        await desk.shown("dialog .error", "广播:文字里像是有身份证号")
        assert announced(desk.hall) == []
        await desk.page.locator("[aria-label=中文]").fill("请失主到导办台")
        await desk.press("Enter")
        await closed(desk.page)
        assert len(announced(desk.hall)) == 1


async def test_an_answer_that_got_lost_is_no_second_announcement(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        line = desk.hall.server.line
        ask, asked = line.ask, list[Any]()

        def unanswered(peer: Any, call: Any) -> None:
            """The line is cut before the first answer can leave."""
            asked.append(call.params.request_id)
            ask(peer, call)
            if len(asked) == 1:
                peer.release = lambda _message: None

        line.ask = unanswered  # type: ignore[method-assign]
        await desk.page.clock.install()
        await desk.press("Alt+b")
        await dialog(desk.page)
        await desk.press("1", "Enter")
        await expect(desk.page.locator("dialog .primary")).to_be_disabled()
        await desk.page.clock.run_for(30_000)
        await desk.shown("dialog .error", "“广播”没有收到回音")
        await desk.page.clock.resume()
        await expect(desk.page.locator("#stale")).to_be_hidden()
        await desk.press("Enter")
        await closed(desk.page)
        assert len(asked) > 1
        assert len(set(asked)) == 1
        assert len(announced(desk.hall)) == 1


async def test_notices_are_hung_up_listed_and_taken_down(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk, desk.hall.talk("supervisor") as supervisor:
        await expect(desk.page.locator("#notice-button")).to_have_text("通知I")
        await desk.press("Alt+i")
        await dialog(desk.page)
        await desk.shown("#notice-list", "现在没有通知")
        await desk.type("饮水机在东门")
        await desk.press("Tab")
        await desk.type("Water at the east door")
        await desk.press("Enter")
        await closed(desk.page)
        (stands,) = notices(desk.hall)
        assert (stands.text_zh, stands.text_en, stands.until_ms) == ("饮水机在东门", "Water at the east door", 0)
        await expect(desk.page.locator("#notice-button")).to_have_text("通知 1 条I")
        await desk.press("Alt+i")
        await dialog(desk.page)
        await desk.shown("#notice-list li", "饮水机在东门")
        await desk.shown("#notice-list li", "导办台发 · 到下班")
        await supervisor.change("set_notice", text_zh="三号窗口停办", until_ms=desk.hall.server.line.now + 60_000)
        await expect(desk.page.locator("#notice-list li")).to_have_count(2)
        await desk.shown("#notice-list li:last-child", "值班主任发 · 到 ")
        await desk.page.get_by_role("button", name="撤下 饮水机在东门").press("Enter")
        await expect(desk.page.locator("#notice-list li")).to_have_count(1)
        assert [each.text_zh for each in notices(desk.hall)] == ["三号窗口停办"]


async def test_a_time_that_is_over_is_refused(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+i")
        await dialog(desk.page)
        await desk.type("饮水机在东门")
        await desk.page.locator("dialog input[type=time]").fill("00:00")
        await desk.press("Enter")
        await desk.shown("dialog .error", "通知的截止时间已经过了")


async def as_role(page: Page, hall: Running, role: str) -> None:
    await page.goto(f"{hall.http}/clerk#token={hall.token(role)}&role={role}")
    await dialog(page)
    await page.keyboard.type("3")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#hand .number")


async def test_the_supervisor_has_the_same_in_the_console_and_a_clerk_has_not(browser: Browser, tmp_path: Path) -> None:
    async with running(settings_in(tmp_path)) as hall:
        async with tab(browser) as page:
            await as_role(page, hall, "supervisor")
            await page.keyboard.press("?")
            assert {"B", "I"} < set(await page.locator("dialog .keys kbd").all_text_contents())
            await page.keyboard.press("Escape")
            await page.keyboard.press("b")
            await dialog(page)
            await page.keyboard.press("3")
            await page.keyboard.press("Enter")
            await closed(page)
            assert [(each.text_zh[:4], each.by) for each in announced(hall)] == [("系统正在", Role.SUPERVISOR)]
            await page.keyboard.press("i")
            await dialog(page)
            await page.keyboard.type("饮水机在东门")
            await page.keyboard.press("Enter")
            await closed(page)
            assert [each.by for each in notices(hall)] == [Role.SUPERVISOR]
        async with tab(browser) as page:
            await as_role(page, hall, "clerk")
            await expect(page.locator("#announce-button")).to_have_count(0)
            await page.keyboard.press("b")
            await closed(page)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_dialogs_fit(browser: Browser, tmp_path: Path, language: str) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide, tab(browser) as page:
        await enter(page, hall, language)
        await guide.change("announce", text_zh="请" * 120, text_en="Please " * 40, urgent=True)
        await guide.change("set_notice", text_zh="请" * 60, text_en="Please " * 19 + "now")
        await expect(page.locator("#notice-button")).to_contain_text("1")
        for key in ("Alt+b", "Alt+i"):
            await page.keyboard.press(key)
            await dialog(page)
            assert await page.evaluate(CLIPPED) == []
            assert await page.evaluate(NAMELESS) == []
            assert await page.evaluate(WITHIN)
            await page.keyboard.press("Escape")
            await closed(page)
