"""A call screen that keeps a record: `python -m tests.soak.screen RECORD --config hall.toml --display display1`.

It is the display as it is shipped, settings, line, voice, board and window. A line of JSON is written for everything
that its client tells it, for every picture that is drawn of that, and when such a picture has reached the glass:

```
kind     snapshot, board, called, lost; drawn; glass; memory
seq      the journal's position that it was told of, 0 = none
cards    [number, counter, called, fresh]: of a `drawn` those of the picture, on whatever page; of what was told, those
         that a picture of this moment would have
seen     of a `drawn`: the numbers on cards in the window
call     of a `called`: its number
late_ms  of a `glass`: for each call told since the last one and seen now, how long ago it was made, by the server's
         time; `unseen` counts those told and not seen, which stand on another page
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
        self._places: list[Any] = []
        self._called: dict[str, int] = {}
        self._drawn_since: dict[str, int] = {}
        self._seen: list[str] = []

        def drawn(frame: Frame) -> None:
            draw(frame)
            self._seen = self._in_the_window()
            self._drawn_since |= self._called
            self._called = {}
            self._write(kind="drawn", cards=cards_of(frame), seen=self._seen, stale=frame.stale is not None)

        super().__init__(device, board, drawn, *others, **named)

    async def run(self) -> None:
        from kivy.core.window import Window

        Window.bind(on_flip=self._on_the_glass)
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
                self._called[call.number] = call.called_at_ms
                self._keep("called", note.seq, call=call.number)
            case Disconnected():
                self._keep("lost", Seq(0))
            case _:
                pass

    def _keep(self, kind: str, seq: Seq, **more: Any) -> None:
        frame = self._board.frame(self._now_ms())
        self._write(kind=kind, seq=seq, cards=cards_of(frame), stale=frame.stale is not None, **more)

    def _on_the_glass(self, *_: object) -> None:
        """What was drawn last is out."""
        if self._drawn_since:
            now, since = self._now_ms(), self._drawn_since
            late = [now - at for number, at in since.items() if number in self._seen]
            self._write(kind="glass", late_ms=late, unseen=len(since) - len(late))
            self._drawn_since = {}

    def _in_the_window(self) -> list[str]:
        """The numbers on cards there. Kivy may be asked only once it is there."""
        from kivy.core.window import Window

        from display.widgets.calls import Calls

        if not self._places:
            self._places = [each for child in Window.children for each in child.walk() if isinstance(each, Calls)]
        shown = [card for place in self._places if seen(place) for card in place.children if card.opacity]
        return [card.ids.number.said for card in shown]

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


def cards_of(frame: Frame) -> list[Any]:
    return [written(card) for card in (*frame.calls, *frame.rows)]


def written(card: Card) -> list[Any]:
    counter = COUNTER.search(card.window.main)
    assert counter is not None, card
    return [card.number, int(counter[0]), card.called, card.fresh]


if __name__ == "__main__":
    Recorder.record = Path(sys.argv[1])
    shell.Shell = Recorder
    sys.exit(main(sys.argv[2:]))
