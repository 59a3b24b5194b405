"""One soak from its start to what it came to: real server, thirty counters, a display that is cut off and killed.

What it shows in the end is held against the server's board, and its memory in the last third of its second life
against that in the middle one: in the first a size of type is met now and then that was not needed before, and each
holds the typeface once more.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, mode
from typing import Any

import msgspec

from tests.bench import load
from tests.bench.asking import today
from tests.bench.hall import LOOK_S, HallProcess, token_of
from tests.soak.clerks import Clerks
from tests.soak.display import CUT, KILLED, SILENT, Display
from tests.soak.journal import Found, Shown, calls_of, check_life, spoken_of
from ticketserver.core.terms import Role
from ticketserver.runner.screens import virtual_screen
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.store.sqlite_reader import look_at
from ticketserver.wire.codec import encode_request
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.params import Hello, Subscribe

RULES = {"calls = 3": "calls = 1", "gap_ms = 30000": "gap_ms = 0\nunspoken_ms = 0",
         "gap_priority_ms = 45000": "gap_priority_ms = 0", "outbox_messages = 1000000": "outbox_messages = 256",
         "\nrepeat = 2": "\nrepeat = 1"}  # fmt: skip
"""The measured hall's lines, and what stands there for this: missed at once, and the limit of a line as shipped."""
FAULTS = ((0.1, CUT), (0.2, KILLED), (0.4, SILENT), (0.55, CUT), (0.7, SILENT), (0.85, CUT))
"""After which share of all calls what happens."""
LOST = sum(fault != KILLED for _, fault in FAULTS)
"""So often at least the line is lost; a display that is late by seconds gives it up by itself."""
THIRDS = 3
MOST_WIDGETS = 800
"""A screen with all the calls that it has room for, and its lists, has some hundred fewer."""
MOST = {"mb": 1.03, "objects": 1.03}
"""What there may be in the end as a share of the middle, by medians: some objects only wait for the next frame."""
BOARD_PX = (1920, 1080)


@dataclass
class Outcome:
    """Everything that a soak came to. `memory`: the second life's."""

    found: Found
    calls: int
    spoken: list[int]
    seconds: float
    memory: list[dict[str, Any]]
    server: Shown
    display: Shown

    def wrong(self) -> list[str]:
        """What the screen showed, in words; empty where all is well."""
        wrong = list(self.found.wrong)
        if self.found.lost < LOST:
            wrong.append(f"the line was lost {self.found.lost} times, cut {LOST} times")
        if len(set(self.spoken)) < len(self.spoken):
            wrong.append("a call was spoken twice")
        if self.server != self.display:
            wrong.append(f"in the end the server has {self.server}, the display shows {self.display}")
        return wrong

    def leaks(self) -> list[str]:
        """What grew; only a soak of some minutes can tell."""
        held = {what: self.held(what) for what in MOST}
        found = [f"{what}: {held[what]}" for what, most in MOST.items() if held[what][1] > held[what][0] * most]
        return found + [f"widgets: {self.widgets}"] * (self.widgets > MOST_WIDGETS)

    @property
    def widgets(self) -> int:
        return max(line["widgets"] for line in self.memory)

    def held(self, what: str) -> tuple[float, float]:
        """In the middle of the second life and at its end, while as much was drawn as was drawn most often then."""
        third = len(self.memory) // THIRDS
        settled = self.memory[third:]
        often = mode(line["widgets"] for line in settled)
        middle, last = (
            [line[what] for line in part if line["widgets"] == often] for part in (settled[:-third], settled[-third:])
        )
        return median(middle or last), median(last or middle)


def soak_hall(folder: Path) -> HallProcess:
    hall = HallProcess(folder)
    text = hall.file.read_text("utf-8")
    for line, instead in RULES.items():
        assert text.count(line) == 1, line
        text = text.replace(line, instead)
    hall.file.write_text(text, "utf-8")
    return hall


def soak(folder: Path, calls: int, rate: float) -> Outcome:
    """`calls` of them at about `rate` a second; more where the display takes long to come back."""
    with soak_hall(folder / "hall") as hall, virtual_screen(folder / "screen", *BOARD_PX) as environ:
        display = Display(hall, environ)
        try:
            return asyncio.run(worked(hall, display, calls, rate))
        finally:
            display.close()


async def worked(hall: HallProcess, display: Display, calls: int, rate: float) -> Outcome:
    settings = load_settings(hall.file)
    display.start()
    await display.until_met(1)
    clerks = Clerks(hall, settings, await today(hall), rate)
    began = time.monotonic()
    work = asyncio.create_task(clerks.work())
    for share, fault in FAULTS:
        while clerks.made < share * calls and not work.done():
            await asyncio.sleep(LOOK_S)
        await display.suffer(fault)
    # Some come when all is over, however long that took.
    clerks.enough = max(calls, clerks.made + calls // 10)
    await work
    seconds = time.monotonic() - began
    server = await board_of(hall)
    await display.until(lambda lines: shown_last(lines) == server)
    return judged(hall, settings, display, seconds, server)


async def board_of(hall: HallProcess) -> Shown:
    """What the server tells of the board."""
    socket = await load.connect(hall.ws_port)
    hello = Hello(protocol=PROTOCOL, role=Role.DISPLAY, token=token_of(Role.DISPLAY))
    await socket.answer(encode_request(1, "hello", hello))
    answer = await socket.answer(encode_request(2, "subscribe", Subscribe(topics=["board"])))
    socket.close()
    rows = msgspec.json.decode(answer)["result"]["board"]["rows"]
    return {row["call"]["number"]: (row["call"]["counter"], row["state"] == "called") for row in rows}


def shown_last(lines: list[dict[str, Any]]) -> Shown:
    cards = next(line["cards"] for line in reversed(lines) if line["kind"] == "drawn")
    return {number: (counter, called) for number, counter, called, _ in cards}


def judged(hall: HallProcess, settings: Settings, display: Display, seconds: float, server: Shown) -> Outcome:
    with look_at(hall.folder / "data" / "hall.sqlite3") as journal:
        records = list(journal.read(settings.hall.id, 1))
    found = Found()
    for lines in display.lives:
        check_life(lines, records, found)
    last = display.lines()
    memory = [line for line in last if line["kind"] == "memory"]
    return Outcome(found, len(calls_of(records)), spoken_of(records), seconds, memory, server, shown_last(last))
