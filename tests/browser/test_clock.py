"""Times of day on the pages are the hall's, wherever the computer thinks it is."""

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOON_IN_SHANGHAI = 1_790_222_400_000
"""2026-09-24 04:00 UTC."""


@pytest.mark.parametrize(
    ("zone", "said", "nine"),
    [
        ("Asia/Shanghai", "12:00", NOON_IN_SHANGHAI - 3 * 3_600_000),
        ("America/New_York", "0:00", NOON_IN_SHANGHAI + 9 * 3_600_000),
        ("Asia/Kathmandu", "9:45", NOON_IN_SHANGHAI - 45 * 60_000),
    ],
)
async def test_the_halls_zone_counts_and_not_the_computers(desk: Page, zone: str, said: str, nine: int) -> None:
    asked = "(c) => { c.useTimeZone(zone); return [c.clockTime(ms), c.todayAt(ms, '09:00')]; }"
    told = await desk.evaluate(f"([zone, ms]) => import('/clock.js').then({asked})", [zone, NOON_IN_SHANGHAI])
    assert told == [said, nine]
