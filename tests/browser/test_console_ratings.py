"""Bad ratings in the supervisor's console, and that a clerk's has no such list."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import TOKEN, tab
from tests.browser.hall import TestHall
from ticketserver.core import commands as c
from ticketserver.core.ids import CounterNo, ServiceId, VisitId

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def served_and_rated(hall: TestHall, **levels: int) -> str:
    """A visit done at counter 3, its services rated so; → its number."""
    number = await hall.issue(*levels)
    for act in (c.CallNext, c.StartService, c.FinishService):
        await hall.act(act(counter=CounterNo(3)))
    visit = next(each for each in hall.state.visits.values() if each.number == number)
    for service, level in levels.items():
        if level:
            await hall.act(c.RateVisit(visit_id=VisitId(visit.visit_id), service=ServiceId(service), level=level))
    return number


async def enter_as(page: Page, hall: TestHall, role: str) -> None:
    await page.goto(f"{hall.url}/clerk#token={TOKEN}&role={role}")
    await page.wait_for_selector("dialog[open]")
    await page.keyboard.type("3")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#hand .number")


async def test_a_supervisor_sees_who_was_badly_rated_and_how(browser: Browser, hall: TestHall) -> None:
    await hall.act(c.OpenCounter(counter=CounterNo(3)))
    async with tab(browser) as page:
        await enter_as(page, hall, "supervisor")
        await page.keyboard.press("4")
        await expect(page.locator("#list")).to_have_text("今天没有差评")
        bad = await served_and_rated(hall, **{"ARC-01": 1, "PAY-02": 4})
        await served_and_rated(hall, **{"ARC-01": 3, "PAY-02": 0})
        await expect(page.locator("#list .no")).to_have_text([bad])
        await expect(page.locator("#list .what")).to_have_text(["存档案:非常不满意", "自己交社保:满意"])
        await page.keyboard.press("3")
        await expect(page.locator("#list")).to_have_text("没有过号")


async def test_a_clerk_has_no_such_list(browser: Browser, hall: TestHall) -> None:
    async with tab(browser) as page:
        await enter_as(page, hall, "clerk")
        await expect(page.locator("[role=tab]")).to_have_count(3)
        await page.keyboard.press("4")
        await expect(page.locator("#tab-waiting")).to_have_attribute("aria-selected", "true")
