"""A number brought into every state that its page can show: one hall a scene, of the real server.

The pages are looked at one by one in tests, and together on a sheet: `python -m tests.browser.phone_sheet`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.ticketserver.server.servers import TOKENS, Running, Talk, running, settings_in
from ticketserver.core.ids import Ms
from ticketserver.server.line import wall_ms
from ticketserver.shared.settings import Calendar, Lunch, Settings

MINUTE_MS = 60_000
COUNTER = 3
REVIEW = 21
ALL_COMPREHENSIVE = range(1, 21)
TWO_STOPS = ("ARC-01", "PEN-03")
RESTS_AT_LUNCH = "INJ-02"
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_DAY = Calendar(turns_at="00:10", working_days=EVERY_DAY, numbers_from="00:30", calling_from="00:31",
                   last_number="23:00", ends="23:30")  # fmt: skip
"""The hall's time zone is one in which it is about noon."""


class Hall(NamedTuple):
    """A hall in which somebody holds a number; `clock[0]` ms are added to its time."""

    running: Running
    kiosk: Talk
    clerk: Talk
    supervisor: Talk
    clock: list[int]

    async def issue(self, *services: str) -> tuple[str, dict[str, Any]]:
        """→ (token, ticket)"""
        token = next(TOKENS)
        items = [{"service": each} for each in services]
        return token, await self.kiosk.change("issue_ticket", token=token, day=self.kiosk.day, services=items)

    async def at(self, *verbs: str, **more: Any) -> None:
        """A clerk's acts at the counter, one after another; `more` goes with the last."""
        for verb in verbs[:-1]:
            await self.clerk.change(verb, counter=COUNTER)
        await self.clerk.change(verbs[-1], counter=COUNTER, **more)

    async def miss(self) -> None:
        await self.at("open_counter", "call_next")
        self.clock[0] += 5 * MINUTE_MS
        await self.at("mark_no_show")

    async def end_day(self) -> None:
        """The supervisor ends it in a minute, and the minute goes by."""
        now = int(self.running.server.line.now)
        await self.supervisor.change("set_hours", last_number_ms=now, ends_ms=now + MINUTE_MS)
        self.clock[0] += MINUTE_MS
        self.running.server.line._tick()


Play = Callable[[Hall], Awaitable[str]]


async def waiting(hall: Hall) -> str:
    for _ in range(12):
        await hall.issue("ARC-01")
    return (await hall.issue("PAY-02", "QRY-01"))[0]


async def busy(hall: Hall) -> str:
    for counter in ALL_COMPREHENSIVE:
        await hall.clerk.change("open_counter", counter=counter)
    return await waiting(hall)


async def nearly(hall: Hall) -> str:
    await hall.at("open_counter")
    return (await hall.issue("ARC-01"))[0]


async def unopened(hall: Hall) -> str:
    return (await hall.issue("ARC-01"))[0]


async def two_stops(hall: Hall) -> str:
    await hall.at("open_counter")
    return (await hall.issue(*TWO_STOPS))[0]


async def paused(hall: Hall) -> str:
    token = await busy(hall)
    await hall.supervisor.change("set_hours", calling_paused=True)
    return token


async def resting(hall: Hall) -> str:
    return (await hall.issue(RESTS_AT_LUNCH))[0]


async def stranded(hall: Hall) -> str:
    token, _ = await hall.issue("PEN-03")
    for counter in hall.running.settings.counter:
        if counter.profile == "review":
            await hall.clerk.change("open_counter", counter=counter.number)
            await hall.clerk.change("close_counter", counter=counter.number)
    return token


async def next_stage(hall: Hall) -> str:
    token, _ = await hall.issue(*TWO_STOPS)
    for _ in range(5):
        await hall.issue("PEN-03")
    await hall.clerk.change("open_counter", counter=REVIEW)
    await hall.at("open_counter", "call_next", "start_service", "finish_service")
    return token


async def called(hall: Hall) -> str:
    token, _ = await hall.issue("ARC-01")
    await hall.at("open_counter", "call_next")
    return token


async def last_call(hall: Hall) -> str:
    token = await called(hall)
    hall.clock[0] += MINUTE_MS
    await hall.at("recall")
    return token


async def serving(hall: Hall) -> str:
    token = await called(hall)
    await hall.at("start_service")
    return token


async def held(hall: Hall) -> str:
    token = await serving(hall)
    await hall.at("hold_visit", kind="papers_kept", same_counter=True)
    return token


async def held_anywhere(hall: Hall) -> str:
    token = await serving(hall)
    await hall.at("hold_visit", kind="papers_not_kept")
    return token


async def missed(hall: Hall) -> str:
    token, _ = await hall.issue("ARC-01")
    await hall.miss()
    return token


async def comeback(hall: Hall) -> str:
    """Missed and checked in again, while others wait."""
    token = await missed(hall)
    for _ in range(6):
        await hall.issue("ARC-01")
    await hall.kiosk.change("check_in", token=token)
    return token


async def missed_too_often(hall: Hall) -> str:
    token = await missed(hall)
    for _ in range(2):
        await hall.kiosk.change("check_in", token=token)
        await hall.at("call_next")
        hall.clock[0] += 5 * MINUTE_MS
        await hall.at("mark_no_show")
    return token


async def finished(hall: Hall) -> str:
    token = await serving(hall)
    await hall.at("finish_service")
    return token


async def rated(hall: Hall) -> str:
    token = await finished(hall)
    await hall.kiosk.change("rate_visit", token=token, level=4)
    return token


async def closing(hall: Hall) -> str:
    """The supervisor ends the day soon, with many waiting."""
    token = await busy(hall)
    now = int(hall.running.server.line.now)
    await hall.supervisor.change("set_hours", last_number_ms=now, ends_ms=now + MINUTE_MS)
    return token


async def cancelled(hall: Hall) -> str:
    token, _ = await hall.issue("ARC-01")
    await hall.kiosk.change("cancel_ticket", token=token)
    return token


async def expired(hall: Hall) -> str:
    token, _ = await hall.issue("ARC-01")
    await hall.end_day()
    return token


async def unknown(hall: Hall) -> str:
    return "A" * 22


class Scene(NamedTuple):
    """`calendar` None: always open. `queue` replaces settings of `[queue]`. `due_from`: when the counters open that do
    not belong to the comprehensive ones."""

    play: Play
    tone: str
    zh: str
    en: str
    calendar: Calendar | None = None
    queue: Mapping[str, Any] = MappingProxyType({})
    due_from: str = ""


LUNCH = replace(ALL_DAY, lunch=Lunch(starts="11:30", ends="13:30", counters=(1, 2, 21), services_not_done=("INJ-02",)))
CALLED_ONCE: dict[str, Any] = {"calls": 1, "same_press_ms": 0}
SCENES = {
    "waiting": Scene(busy, "waiting", "前面约 12 人", "About 12 ahead"),
    "nearly": Scene(nearly, "nearly", "快到您了,请到综合等候区", "Nearly your turn"),
    "unopened": Scene(unopened, "waiting", "综合窗口现在还没开", "none open yet"),
    "two_stops": Scene(two_stops, "nearly", "第 2 站:养老审核窗口", "Stop 2: Pension review counters"),
    "before": Scene(waiting, "waiting", "18:30 开始叫号", "Calling starts at 18:30",
                    replace(ALL_DAY, calling_from="18:30")),
    "later": Scene(resting, "waiting", "工伤保险窗口 15:00 起叫号", "called from 15:00", ALL_DAY, due_from="15:00"),
    "lunch": Scene(busy, "waiting", "午间 11:30–13:30 窗口减少", "Fewer windows 11:30–13:30", LUNCH),
    "rests": Scene(resting, "waiting", "这件事午间不办,13:30 起叫号", "Not done at lunch; called from 13:30", LUNCH),
    "closing": Scene(closing, "waiting", "结束,时间可能不够,请到导办台问一问", "time may run out", ALL_DAY),
    "paused": Scene(paused, "waiting", "叫号暂停,号码保留", "Calling is paused"),
    "stranded": Scene(stranded, "waiting", "现在没有窗口能办这件事", "No window can do this now"),
    "next_stage": Scene(next_stage, "nearly", "第 1 站办完了。号码不变,请到养老审核等候区", "Stop 1 done"),
    "called": Scene(called, "called", "请到 3 号窗口", "Go to window 3"),
    "last_call": Scene(last_call, "called", "第 2 次叫您", "Call 2"),
    "serving": Scene(serving, "serving", "在 3 号窗口", "At window 3"),
    "held": Scene(held, "held", "请到 3 号窗口或导办台", "return to window 3"),
    "held_anywhere": Scene(held_anywhere, "held", "请到导办台,不用重新取号", "go to the help desk"),
    "missed": Scene(missed, "missed", "请到导办台或取号机报到,报到后隔 3 位再叫您,今天可报到 2 次",
                    "Check in at the help desk or a kiosk", queue=CALLED_ONCE),
    "missed_here": Scene(missed, "missed", "请回到大厅,在这里或到导办台", "Come back to the hall and check in here",
                         queue={**CALLED_ONCE, "phone_check_in": True}),
    "missed_too_often": Scene(missed_too_often, "missed", "今天的报到次数已用完", "No check-ins are left",
                              queue=CALLED_ONCE),
    "comeback": Scene(comeback, "waiting", "前面约 3 人", "About 3 ahead", queue=CALLED_ONCE),
    "finished": Scene(finished, "over", "请评价这次服务(可以不评)", "Please rate this visit"),
    "rated": Scene(rated, "over", "谢谢您的评价", "Thank you for your rating"),
    "cancelled": Scene(cancelled, "over", "这个号已经作废", "This number was cancelled"),
    "expired": Scene(expired, "over", "今天没有办完", "Not finished today", ALL_DAY),
    "unknown": Scene(unknown, "", "没有找到这个号", "This number was not found"),
}  # fmt: skip


def settings_of(scene: Scene, folder: Path) -> Settings:
    settings = settings_in(folder, **scene.queue)
    if scene.calendar:
        settings = replace(settings, calendar=scene.calendar)
    if scene.due_from:
        counters = [
            each if each.profile.startswith("comprehensive") else replace(each, due_from=scene.due_from)
            for each in settings.counter
        ]
        settings = replace(settings, counter=tuple(counters))
    return settings


@asynccontextmanager
async def hall_of(scene: Scene, folder: Path) -> AsyncIterator[Hall]:
    """The scene's hall, before anybody took a number."""
    clock = [0]

    def now() -> Ms:
        return Ms(wall_ms() + clock[0])

    async with (
        running(settings_of(scene, folder), open_now=scene.calendar is None, clock=now) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("clerk") as clerk,
        hall.talk("supervisor") as supervisor,
    ):
        yield Hall(hall, kiosk, clerk, supervisor, clock)
