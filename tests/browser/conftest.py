"""Chromium for the page tests: one browser a file, one tab and one hall a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.hall import TOKEN, TestHall, running_hall

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def hall() -> AsyncIterator[TestHall]:
    async with running_hall() as hall:
        yield hall


@asynccontextmanager
async def tab(browser: Browser, width: int = 1024, height: int = 768) -> AsyncIterator[Page]:
    """A tab with its own storage; an error in the page fails the test."""
    context = await browser.new_context(viewport={"width": width, "height": height}, timezone_id="Asia/Shanghai")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    await context.close()
    assert errors == []


async def enter(page: Page, hall: TestHall, counter: int = 3, language: str = "zh") -> None:
    """Open the clerk's link and choose a counter."""
    await page.add_init_script(f"localStorage.getItem('language') || localStorage.setItem('language', '{language}')")
    await page.goto(f"{hall.url}/clerk#token={TOKEN}")
    await page.wait_for_selector("dialog[open]")
    await page.keyboard.type(str(counter))
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#hand .number")


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser, hall: TestHall) -> AsyncIterator[Page]:
    """The console at counter 3, in Chinese."""
    async with tab(browser) as page:
        await enter(page, hall)
        yield page
