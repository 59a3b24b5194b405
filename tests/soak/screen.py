"""A call screen that keeps a record: `python -m tests.soak.screen RECORD --config hall.toml --display display1`.

It is the display as it is shipped, settings, line, voice, board and window; after everything that its client tells it,
what stands on it is written down, a line of JSON each:

```
kind     snapshot, board, called, lost          seq      the journal's position that it was told of, 0 = none
cards    [number, counter, called, fresh], of the frame that was drawn, on whatever page
drawn    the numbers on cards that can be seen in the window now
call     the number that was called             late_ms  since it was called, by the server's time
```
and every `MEASURED_S` a line of kind `memory`: resident MB, widgets, objects that the collector knows after its work.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from display.__main__ import main
from display.board import Board
from display.io import shell
from display.model import Card, Frame
from tests.bench.machine import resident_mb
from ticketserver.client.connection import ClientEvent, Connected, Disconnected, Notified
from ticketserver.core.ids import Seq
from ticketserver.wire.views import BoardChanged, VisitCalled

MEASURED_S = 5.0
COUNTER = re.compile(r"\d+")


class Recorder(shell.Shell):
    """What the shell does, written down."""

    record: Path

    def __init__(self, device: str, board: Board, draw: Any, *others: Any, **named: Any) -> None:
        self._out = self.record.open("a", encoding="utf-8")
        self._frame: Frame | None = None

        def drawn(frame: Frame) -> None:
            draw(frame)
            self._frame = frame

        super().__init__(device, board, drawn, *others, **named)

    async def run(self) -> None:
        measuring = asyncio.create_task(self._measure())
        try:
            await super().run()
        finally:
            measuring.cancel()

    def on_client_event(self, event: ClientEvent) -> None:
        super().on_client_event(event)
        match event:
            case Connected(snapshot=snapshot):
                self._keep("snapshot", snapshot.seq)
            case Notified(note=BoardChanged() as note):
                self._keep("board", note.seq)
            case Notified(note=VisitCalled(call=call) as note):
                self._keep("called", note.seq, call=call.number, late_ms=self._now_ms() - call.called_at_ms)
            case Disconnected():
                self._keep("lost", Seq(0))
            case _:
                pass

    def _keep(self, kind: str, seq: Seq, **more: Any) -> None:
        assert self._frame is not None
        cards = [written(card) for card in (*self._frame.calls, *self._frame.rows)]
        drawn = [card.ids.number.said for card in seen_cards()]
        self._write(kind=kind, seq=seq, cards=cards, drawn=drawn, stale=self._frame.stale is not None, **more)

    def _write(self, **line: Any) -> None:
        self._out.write(json.dumps(line) + "\n")
        self._out.flush()

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(MEASURED_S)
            gc.collect()
            widgets = sum(1 for _ in everything())
            self._write(kind="memory", mb=resident_mb(os.getpid()), widgets=widgets, objects=len(gc.get_objects()))


def written(card: Card) -> list[Any]:
    counter = COUNTER.search(card.window.main)
    assert counter is not None, card
    return [card.number, int(counter[0]), card.called, card.fresh]


def everything() -> Iterator[Any]:
    from kivy.core.window import Window

    for child in Window.children:
        yield from child.walk()


def seen_cards() -> list[Any]:
    """Kivy may be asked only once its window is there."""
    from display.widgets.card import CallCard
    from tests.display.widgets.windows import seen

    return [each for each in everything() if isinstance(each, CallCard) and seen(each)]


if __name__ == "__main__":
    Recorder.record = Path(sys.argv[1])
    shell.Shell = Recorder
    sys.exit(main(sys.argv[2:]))
