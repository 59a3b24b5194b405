"""A virtual printer under a clock that is moved by hand."""

from hardware.sim.printer_engine import Printer
from hardware.sim.printer_paper import Piece
from hardware.sim.printer_profile import Profile


def h(text: str) -> bytes:
    return bytes.fromhex(text)


MARKER = h("1D 28 48 06 00 30 30 41 42 43 44")
MARKED = h("37 22 41 42 43 44 00")
FEED_AND_CUT = h("1D 56 42 00")


class Bench:
    """The printer, its clock in seconds, and the pieces of paper that left it."""

    def __init__(self, **switches: object) -> None:
        self.pieces: list[Piece] = []
        self.printer = Printer(Profile(**switches), self.pieces.append)  # type: ignore[arg-type]
        self.now_s = 0.0

    def hear(self, data: bytes) -> bytes:
        """Give it bytes at this moment; → what it says at this moment."""
        self.printer.hear(data, self.now_s)
        return self.printer.take_answers()

    def wait(self, span_s: float) -> bytes:
        self.now_s += span_s
        self.printer.advance(self.now_s)
        return self.printer.take_answers()

    def finish(self) -> bytes:
        """Let it print until it has nothing more to do or stops."""
        said = self.printer.take_answers()
        while (next_s := self.printer.advance(self.now_s)) is not None:
            self.now_s = next_s
            said += self.printer.take_answers()
        return said + self.printer.take_answers()

    def status(self) -> str:
        """The four answers to DLE EOT."""
        return self.hear(h("10 04 01 10 04 02 10 04 03 10 04 04")).hex(" ").upper()

    def lines(self) -> list[tuple[str, ...]]:
        return [piece.lines for piece in self.pieces]
