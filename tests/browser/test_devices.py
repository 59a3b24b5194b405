"""A device has a fault: every console counts it in its head and says in a list what is wrong. The real server."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import tab
from tests.ticketserver.server.servers import running, settings_in

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_faults_are_counted_and_told(browser: Browser, tmp_path) -> None:
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk", "kiosk1") as kiosk, tab(browser) as page:
        await kiosk.call("report_health", device="printer1", kind="printer", health="offline", reason="paper_out")
        await page.goto(f"{hall.http}/clerk#token={hall.token('clerk')}")
        await page.wait_for_selector("dialog[open]")
        await page.keyboard.type("3")
        await page.keyboard.press("Enter")
        await expect(page.locator("#devices")).to_contain_text("设备 1 处有问题")
        await page.keyboard.press("v")
        first = page.locator("#device-list li").first
        await expect(first).to_have_class("offline")
        await expect(first).to_contain_text("打印机printer1不能用缺纸,请换纸")
        await expect(page.locator("#device-list li")).to_have_count(2)
        await kiosk.call("report_health", device="printer1", kind="printer", health="degraded", reason="new_word")
        await expect(page.locator("#device-list .degraded .why")).to_have_text("new_word")
        await kiosk.call("report_health", device="printer1", kind="printer", health="online", reason="")
        await expect(page.locator("#device-list .online")).to_have_count(2)
        await page.keyboard.press("Escape")
        await expect(page.locator("#devices")).to_have_text("设备V")
