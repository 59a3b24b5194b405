"""The phone's page in every state and both languages on one sheet: `python -m tests.browser.phone_sheet`, a part of
`make screenshots`. A scene a column, Chinese above English; what can be done with the number stands at the end."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.phone_scenes import SCENES, Scene, hall_of, unknown

FILE = Path(__file__).resolve().parents[2] / "docs" / "images" / "phone.webp"
WIDTH, HEIGHT = 360, 640
COLUMNS = 8
GAP_PX = 12
QUALITY = 50
GROUND = "#8a949c"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


async def adding(page: Page) -> None:
    await page.locator("#add").click()
    await page.locator("#sheet .services button").first.wait_for()


async def cancelling(page: Page) -> None:
    await page.locator("#cancel").click()
    await page.locator("#sheet .yes").wait_for()


async def checking_in(page: Page) -> None:
    await page.locator("#check_in").click()
    await page.locator("#sheet .yes").wait_for()


async def losing(page: Page) -> None:
    await page.context.set_offline(True)
    await page.locator("#lost").wait_for()


async def stalling(page: Page) -> None:
    """No live line, and too many ask the other way."""
    busy = {"jsonrpc": "2.0", "id": 0, "error": {"code": -32000, "message": "", "data": {"code": "too_fast"}}}
    await page.route_web_socket("**", lambda line: line.close())
    async with page.expect_response("**/phone/rpc"):
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.route("**/phone/rpc", lambda route: route.fulfill(json=busy))
    await page.locator("#lost.slow").wait_for()


async def looking(page: Page) -> None:
    """As it stands."""


Act = Callable[[Page], Awaitable[None]]
PICTURES: tuple[tuple[Scene, Act], ...] = (
    *((scene, looking) for scene in SCENES.values()),
    (SCENES["waiting"], losing),
    (SCENES["waiting"], stalling),
    (SCENES["waiting"], adding),
    (SCENES["waiting"], cancelling),
    (SCENES["missed_here"], checking_in),
)


async def picture(browser: Browser, scene: Scene, act: Act, locale: str) -> Image.Image:
    """What a phone of this size shows first, and nothing below it."""
    with tempfile.TemporaryDirectory() as folder:
        async with hall_of(scene, Path(folder)) as hall:
            token = await scene.play(hall)
            context = await browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale=locale)
            page = await context.new_page()
            await page.goto(f"{hall.running.http}/t/{token}")
            await page.locator("#head:not([hidden])" if scene.play is unknown else "#visit li").first.wait_for()
            if scene.play is unknown:
                await page.locator("#opening:not([hidden])").wait_for()
            await act(page)
            shot = Image.open(BytesIO(await page.screenshot())).convert("RGB")
            await context.close()
            return shot


async def take() -> Image.Image:
    rows = -(-len(PICTURES) // COLUMNS) * len(LANGUAGES)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP_PX) + GAP_PX, rows * (HEIGHT + GAP_PX) + GAP_PX), GROUND)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for at, (scene, act) in enumerate(PICTURES):
            for below, locale in enumerate(LANGUAGES.values()):
                row = at // COLUMNS * len(LANGUAGES) + below
                place = (GAP_PX + at % COLUMNS * (WIDTH + GAP_PX), GAP_PX + row * (HEIGHT + GAP_PX))
                sheet.paste(await picture(browser, scene, act, locale), place)
        await browser.close()
    return sheet


def main() -> None:
    sheet = asyncio.run(take())
    sheet = sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.LANCZOS)
    sheet.save(FILE, "WEBP", quality=QUALITY, method=6)
    print(f"{FILE}  {sheet.width} × {sheet.height}, {FILE.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
