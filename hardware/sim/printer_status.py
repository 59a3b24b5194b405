"""The condition of a virtual printer and the bytes that tell it.

DLE EOT n → one byte, bits 0 and 7 clear, 1 and 4 set, all well = 12:

    bit   n=1 printer             n=2 offline cause   n=3 error                n=4 roll paper
    04    –                       cover open          –                        near-end (0C together)
    08    offline                 –                   cutter error             near-end
    20    waiting for recovery    paper end           –                        paper end (60 together)
    40    –                       error occurred      auto-recoverable         paper end

A cutter error outlives its cause: it ends by DLE ENQ, by the feed button, or by power. A cover opened while paper moves
and a hot head are errors that end with their cause. Paper end and an open cover while idle are no errors.
"""

from dataclasses import dataclass

FIXED = 0x12
NEAR_END, PAPER_END = 0x0C, 0x60
ASB_ONLINE, ASB_ERROR, ASB_PAPER = 0x02, 0x04, 0x08


@dataclass
class Condition:
    """What is physically so (cover, paper, jam, head), and what follows from it until somebody recovers it.

    `jam_next`: the cutter will jam at its next cut. `cover_error`: the cover was opened while paper moved.
    """

    near_end_sensor: bool = True
    powered: bool = True
    cover_open: bool = False
    cover_error: bool = False
    near_end: bool = False
    paper_end: bool = False
    jammed: bool = False
    jam_next: bool = False
    cutter_error: bool = False
    hot: bool = False

    @property
    def online(self) -> bool:
        return not (self.cover_open or self.paper_end or self.cutter_error or self.hot)

    @property
    def recoverable(self) -> bool:
        """Nothing keeps it offline but an error that waits for somebody to say: go on."""
        return self.cutter_error and not (self.jammed or self.cover_open or self.paper_end or self.hot)

    @property
    def _auto_error(self) -> bool:
        return self.hot or self.cover_error

    @property
    def _seen_near_end(self) -> bool:
        return self.near_end_sensor and (self.near_end or self.paper_end)

    def realtime(self, n: int) -> int:
        """The answer to DLE EOT n, n = 1…4."""
        bits = {
            1: (0x08 * (not self.online)) | (0x20 * self.recoverable),
            2: (0x04 * self.cover_open) | (0x20 * self.paper_end) | (0x40 * (self.cutter_error or self._auto_error)),
            3: (0x08 * self.cutter_error) | (0x40 * self._auto_error),
            4: (NEAR_END * self._seen_near_end) | (PAPER_END * self.paper_end),
        }
        return FIXED | bits[n]

    def asb(self) -> bytes:
        """The four bytes of automatic status back."""
        first = 0x10 | (0x08 * (not self.online)) | (0x20 * self.cover_open)
        second = (0x08 * self.cutter_error) | (0x40 * self._auto_error)
        return bytes([first, second, self.paper(), 0x0F])

    def asb_part(self, mask: int) -> tuple[int, ...]:
        """What of the status a host asked to be told about; `mask` as in GS a."""
        first, second, third, _ = self.asb()
        return (first if mask & ASB_ONLINE else 0, second if mask & ASB_ERROR else 0, third if mask & ASB_PAPER else 0)

    def paper(self) -> int:
        """The answer to GS r 1, and ASB's third byte."""
        return (0x03 * self._seen_near_end) | (0x0C * self.paper_end)
