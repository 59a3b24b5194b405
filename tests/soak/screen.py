"""A call screen that keeps a record: `python -m tests.soak.screen RECORD --config hall.toml --display display1`.

It is the display as it is shipped, settings, line, voice, board and window; after everything that its client tells it,
what stands on it is written down, a line of JSON each:

```
kind     snapshot, board, called, lost          seq      the journal's position that it was told of, 0 = none
cards    [number, counter, called, fresh], of the frame that was drawn, on whatever page
drawn    the numbers on cards that can be seen in the window now
call     the number that was called             late_ms  since it was called, by the server's time
```
and every `MEASURED_S` a line of kind `memory`: resident MB, and how many widgets and objects of all kinds the collector
finds alive, drawn or not.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from display.__main__ import main
from display.board import Board
from display.io import shell
from display.model import Card, Frame
from tests.bench.machine import resident_mb
from tests.pictures.windows import seen
from ticketserver.client.connection import ClientEvent, Connected, Disconnected, Notified
from ticketserver.core.ids import Seq
from ticketserver.wire.notes import BoardChanged, VisitCalled

MEASURED_S = 5.0
COUNTER = re.compile(r"\d+")


class Recorder(shell.Shell):
    """What the shell does, written down."""

    record: Path

    def __init__(self, device: str, board: Board, draw: Any, *others: Any, **named: Any) -> None:
        self._out = self.record.open("a", encoding="utf-8")
        self._frame: Frame | None = None
        self._places: list[Any] = []

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
        drawn = [card.ids.number.said for card in self._seen()]
        self._write(kind=kind, seq=seq, cards=cards, drawn=drawn, stale=self._frame.stale is not None, **more)

    def _seen(self) -> list[Any]:
        """The cards in the window. Kivy may be asked only once that is there."""
        from kivy.core.window import Window

        from display.widgets.calls import Calls

        if not self._places:
            self._places = [each for child in Window.children for each in child.walk() if isinstance(each, Calls)]
        return [card for place in self._places if seen(place) for card in place.children if card.opacity]

    def _write(self, **line: Any) -> None:
        self._out.write(json.dumps(line) + "\n")
        self._out.flush()

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(MEASURED_S)
            gc.collect()
            widgets, objects = alive()
            self._write(kind="memory", mb=resident_mb(os.getpid()), widgets=widgets, objects=objects)


def alive() -> tuple[int, int]:
    """Widgets, and all objects; the list of them does not outlive this, for it would keep them."""
    from kivy.uix.widget import Widget

    found = gc.get_objects()
    return sum(issubclass(type(each), Widget) for each in found), len(found)


def written(card: Card) -> list[Any]:
    counter = COUNTER.search(card.window.main)
    assert counter is not None, card
    return [card.number, int(counter[0]), card.called, card.fresh]


if __name__ == "__main__":
    Recorder.record = Path(sys.argv[1])
    shell.Shell = Recorder
    sys.exit(main(sys.argv[2:]))
