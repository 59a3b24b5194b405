"""Somebody at a kiosk asks for help: every console hears of it, one says that they are coming. The real server."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import tab
from tests.ticketserver.server.servers import running, settings_in

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_call_for_help_is_seen_and_answered(browser: Browser, tmp_path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk", "kiosk1") as kiosk, tab(browser) as page:
        await kiosk.change("request_help", number="A001")
        await page.goto(f"{hall.http}/clerk#token={hall.token('clerk')}")
        await page.wait_for_selector("dialog[open]")
        await page.keyboard.type("3")
        await page.keyboard.press("Enter")
        await expect(page.locator("#calls p span")).to_have_text("kiosk1 有人请工作人员帮忙,号码 A001")
        await kiosk.change("request_help")
        await expect(page.locator("#calls p")).to_have_count(2)
        await page.keyboard.press("e")
        await expect(page.locator("#calls p span")).to_have_text("kiosk1 有人请工作人员帮忙")
        await page.locator("#calls button").click()
        await expect(page.locator("#calls")).to_be_hidden()
        assert hall.server.line.sequencer.seq == 1
