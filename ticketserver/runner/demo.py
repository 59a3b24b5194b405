"""`make run DEMO=1`: simulated citizens and clerks on a compressed peak day, over the real wire, day after day.

The counters with a call box are left to whoever is trying. One line a minute tells how the day goes. When everybody of
a day was served, or `LINGER_S` after its end, the next one begins: the clerks go, numbers are taken, the clerks come.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from itertools import count

from ticketserver.client.tokens import TokenError
from ticketserver.runner.demo_clerk import LOOK_S, Person
from ticketserver.runner.demo_day import DAY_S, Duty, Priority, Work, duty_at, plan_day
from ticketserver.runner.demo_hall import HallLines, clock
from ticketserver.runner.demo_people import Desk, come_back, visit
from ticketserver.runner.say import say, text
from ticketserver.shared.settings import Settings, SettingsError, load_settings

LINGER_S = 300.0
MINUTE_S = 60.0
TOLD = ("taken", "finished", "missed", "returned", "held", "sent_on", "cancelled")


def works(settings: Settings) -> list[Work]:
    """Everything people come for."""
    found = [
        Work(s.code, s.minutes, s.minutes_p90, s.daily_demand, employers=s.audience == "employer", related=s.related)
        for s in settings.catalogue.service
    ]
    return found + [Work(e.id, e.minutes, e.minutes_p90, e.daily_demand, purpose=True) for e in settings.purpose]


def priorities(settings: Settings) -> list[Priority]:
    """The classes that a kiosk can claim: the card proves an age, anything else is declared."""
    wanted = [(each, "card" if each.by_age else "declared") for each in settings.queue.priority]
    return [Priority(each.id, basis == "card") for each, basis in wanted if basis in each.bases]


def with_box(settings: Settings) -> list[int]:
    """The counters left to people."""
    return sorted({box.counter for bus in settings.bus for box in bus.box})


class Demo:
    """`run` goes on until it is cancelled. Raises TokenError."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._work = works(settings)
        self._own = with_box(settings)
        self._counters = [each.number for each in settings.counter if each.number not in self._own]
        lunch = settings.calendar.lunch
        self._stays = frozenset(lunch.counters if lunch else ())
        self._hall = HallLines(settings, self._counters)
        self._began_s = time.time()

    @property
    def possible(self) -> bool:
        return bool(self._counters) and any(each.demand for each in self._work)

    async def run(self) -> None:
        hall = self._hall
        work = {each.code: each for each in self._work}
        async with asyncio.TaskGroup() as tasks:

            def returns(person: Person, after_s: float) -> None:
                tasks.create_task(come_back(hall, person, after_s))

            for forever in (hall.kiosk.run(), hall.clerk.run(), self._days(tasks), self._minutes()):
                tasks.create_task(forever)
            for number in self._counters:
                desk = Desk(hall, number, work, self._settings.queue.calls, self._duty, returns)
                tasks.create_task(desk.work())

    def _duty(self, number: int) -> Duty:
        duty = duty_at(time.time() - self._began_s, number, number in self._stays)
        return duty._replace(back_s=self._began_s + duty.back_s)

    async def _days(self, tasks: asyncio.TaskGroup) -> None:
        hall = self._hall
        while not hall.day:
            await asyncio.sleep(LOOK_S)
        for seed in count(1):
            self._began_s = time.time()
            hall.people.clear()
            hall.done.clear()
            plan = plan_day(self._work, priorities(self._settings), seed)
            own, minutes = ", ".join(map(str, self._own)) or "-", round(DAY_S / MINUTE_S)
            say("demo.begins", at=clock(), visits=len(plan), minutes=minutes, clerks=len(self._counters), own=own)
            for citizen in plan:
                await asyncio.sleep(self._began_s + citizen.arrives_s - time.time())
                tasks.create_task(visit(hall, citizen))
            while (over_s := time.time() - self._began_s - DAY_S) < 0 or (hall.waiting and over_s < LINGER_S):
                await asyncio.sleep(LOOK_S)

    async def _minutes(self) -> None:
        """One line a minute, and what was refused meanwhile."""
        hall = self._hall
        while True:
            await asyncio.sleep(MINUTE_S)
            busy, away = hall.counters()
            minute = round((time.time() - self._began_s) / MINUTE_S)
            told = {name: hall.done[name] for name in TOLD}
            say("demo.minute", at=clock(), minute=minute, waiting=hall.waiting, busy=busy, away=away, **told)
            if hall.refused:
                say("demo.refused", codes=", ".join(f"{what} × {times}" for what, times in hall.refused.most_common()))
                hall.refused.clear()


async def show(settings: Settings) -> int:
    demo = Demo(settings)
    if not demo.possible:
        print(text("demo.nothing"), file=sys.stderr)
        return 1
    await demo.run()
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ticketserver.runner.demo", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--config", required=True, help="the hall's settings; its server must be running")
    asked = parser.parse_args(arguments)
    try:
        return asyncio.run(show(load_settings(asked.config)))
    except (SettingsError, TokenError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
