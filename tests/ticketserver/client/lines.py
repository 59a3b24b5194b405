"""A session with a hand-moved clock and the far end of its line, for tests."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ticketserver.client.session import LONGEST_REST_MS, Answer, ClientEvent, Dial, Effect, HangUp, Send, Session, Tell
from ticketserver.core.terms import Phase as HallPhase
from ticketserver.core.terms import Role
from ticketserver.wire import codec
from ticketserver.wire.notes import Snapshot
from ticketserver.wire.views import HelloResult, HoursView
from ticketserver.wire.views_board import BoardView

HOURS = HoursView(phase=HallPhase.CALLING)
HELLO = HelloResult(
    protocol=1, hall_id="sample", name_zh="大厅", name_en="Hall", server_time_ms=1_000, seq=7, hours=HOURS
)
SNAPSHOT = Snapshot(seq=7, server_time_ms=1_000, board=BoardView(hours=HOURS))


class Line:
    """Drives one session; collects what it sends, tells and answers."""

    def __init__(
        self, topics: Sequence[str] = ("board",), jitter: float = 1.0, unreached_ms: int = LONGEST_REST_MS
    ) -> None:
        self.session = Session(Role.KIOSK, "secret", "kiosk1", "zh", topics, (), lambda: jitter, unreached_ms)
        self.now = 1_000
        self.sent: list[dict[str, Any]] = []
        self.events: list[ClientEvent] = []
        self.outcomes: dict[int, Any] = {}
        self.dialled = 0
        self.hung_up = 0

    def do(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case Dial():
                    self.dialled += 1
                case Send(data):
                    self.sent.append(msgspec.json.decode(data))
                case HangUp():
                    self.hung_up += 1
                case Tell(event):
                    self.events.append(event)
                case Answer(call, outcome):
                    assert call not in self.outcomes
                    self.outcomes[call] = outcome

    def wait(self, ms: int) -> None:
        self.now += ms
        self.do(self.session.tick(self.now))

    def ask(self, method: str, params: Any, give_up_ms: int = 60_000) -> int:
        number, effects = self.session.ask(method, params, give_up_ms, self.now)
        self.do(effects)
        return number

    def hear(self, data: bytes) -> None:
        self.do(self.session.received(data, self.now))

    def result(self, view: Any, request: int | None = None) -> None:
        """The server answers the newest message, or the one with that id."""
        self.hear(codec.encode_result(self.sent[-1]["id"] if request is None else request, view))

    def error(self, code: int, text: str, refusal: str = "", request: int | None = None) -> None:
        self.hear(codec.encode_error(codec.WireError(code, text, request or self.sent[-1]["id"], refusal)))

    def note(self, n: int, seq: int = 8) -> None:
        view = BoardView(hours=HOURS, soon=[str(seq)])
        self.hear(codec.encode_note("board_changed", seq, n, codec.note_tail("board", view)))

    def greet(self) -> None:
        """Dial and answer the greeting."""
        self.do(self.session.tick(self.now))
        self.do(self.session.opened(self.now))
        self.result(HELLO)

    def up(self) -> None:
        self.greet()
        request = next(message["id"] for message in reversed(self.sent) if message["method"] == "subscribe")
        self.result(SNAPSHOT, request)

    def close(self, reason: str = "cable out") -> None:
        self.do(self.session.closed(reason, self.now))

    def methods(self) -> list[str]:
        return [message["method"] for message in self.sent]
