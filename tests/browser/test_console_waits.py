"""How near the announced waits came, in the supervisor's console."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import tab
from tests.browser.hall import TestHall
from tests.browser.test_console_ratings import enter_as, served_and_rated
from ticketserver.core import commands as c
from ticketserver.core.ids import CounterNo

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_supervisor_sees_how_near_the_waits_came(browser: Browser, hall: TestHall) -> None:
    await hall.act(c.OpenCounter(counter=CounterNo(3)))
    async with tab(browser) as page:
        await enter_as(page, hall, "supervisor")
        await page.keyboard.press("5")
        await expect(page.locator("#list")).to_have_text("今天还没有告诉过谁要等多久")
        await served_and_rated(hall, **{"ARC-01": 0})
        await hall.issue("PEN-05")
        rows = page.locator("#list li")
        await expect(rows).to_have_count(3)
        await expect(rows.nth(0)).to_contain_text("全大厅告诉了 2 个号")
        await expect(rows.nth(0).locator(".what")).to_have_text("已叫 1 个,1 个在说的范围内")
        await expect(rows.nth(1)).to_contain_text("综合窗口告诉了 1 个号")
        await expect(rows.nth(2).locator(".what")).to_have_text("还没有叫到")
        await expect(page.locator("#tab-waits")).to_be_in_viewport(ratio=1)


async def test_a_clerk_has_no_such_list(browser: Browser, hall: TestHall) -> None:
    async with tab(browser) as page:
        await enter_as(page, hall, "clerk")
        await page.keyboard.press("5")
        await expect(page.locator("#tab-waiting")).to_have_attribute("aria-selected", "true")
