"""A virtual ESC/POS printer without a line and without a clock: bytes and the time in, answers and paper out.

    hear → real-time commands are answered at once, whatever state it is in, even in the middle of other data
         → commands (printer_lexer.py) wait in the receive buffer
    advance → commands leave the buffer as fast as the paper moves (printer_composer.py) → strips, cuts, markers
         → the mechanism (printer_mechanism.py) prints them

What is left when it stops stays in the buffer and comes out afterwards, unless DLE ENQ 2 or a loss of power drops it.
Times are seconds of one growing clock.
"""

from collections import deque
from collections.abc import Callable

from hardware.sim.printer_composer import Composer
from hardware.sim.printer_lexer import CODES, Command, Lexer
from hardware.sim.printer_mechanism import Mechanism
from hardware.sim.printer_paper import Piece, Strip
from hardware.sim.printer_profile import DOTS_PER_MM, Profile
from hardware.sim.printer_realtime import Realtime
from hardware.sim.printer_status import Condition

# Commands are read this far ahead of the head, but never past a cut; so a queued status comes a little before the last
# line is out, a marker never.
AHEAD_DOTS = 64
# A full buffer holds the host back; what it has sent by then is still taken, and heard for real-time commands.
RESERVE_BYTES = 4096
BUTTON_FEED_MM = 8


class Printer:
    """The printer. `on_piece` gets every piece of paper that leaves it; `mute`: its answers are lost.

    Who changes `condition` by hand calls `advance` before, so that what happened earlier has happened.
    """

    def __init__(self, profile: Profile, on_piece: Callable[[Piece], None]) -> None:
        self.profile = profile
        self.condition = Condition(profile.near_end_sensor)
        self.mute = False
        self._answers = bytearray()
        self._mechanism = Mechanism(profile, self.condition, on_piece, self._say)
        self._composer = Composer(profile, self._say, self.condition)
        self._realtime = Realtime(lambda n: self._say(bytes([self.condition.realtime(n)])), self.recover)
        self._asb_told: tuple[int, tuple[int, ...]] = (0, ())
        self._forget()

    def _forget(self) -> None:
        """Empty the buffers; the reading end goes on in the modes that the printing end is in."""
        self._lexer = Lexer(self.profile.chinese, self._composer.chinese, CODES[self._composer.code])
        self._buffer: deque[tuple[Command, int]] = deque()
        self._half_read = self.buffered = 0
        self._mechanism.drop()
        self._composer.drop_line()

    @property
    def room(self) -> int:
        """How many bytes it can take now; a line gives it no more."""
        return self.profile.buffer_bytes + RESERVE_BYTES - self.buffered

    @property
    def moving(self) -> bool:
        """There is something to print."""
        return bool(self._mechanism.busy or self._buffer)

    @property
    def paper_left(self) -> int | None:
        """Dots until the end of the roll; None: it is far."""
        return self._mechanism.paper_left

    def hear(self, data: bytes, now_s: float) -> None:
        """Bytes from the host, at most `room`. Without power they are lost."""
        self.advance(now_s)
        if not self.condition.powered:
            return
        for byte in data:
            self._half_read += 1
            self.buffered += 1
            if command := self._lexer.feed(byte):
                if command.name == "realtime":
                    self.buffered -= self._half_read
                else:
                    self._buffer.append((command, self._half_read))
                self._half_read = 0
            # Last, for it may drop all of it.
            self._realtime.feed(byte)
        self.advance(now_s)

    def advance(self, now_s: float) -> float | None:
        """Do what the time up to now allows; → when there is more to do, None while it waits for somebody."""
        while self.condition.powered and self.condition.online and self._read_ahead():
            next_s = self._mechanism.turn(now_s)
            if next_s is not None:
                return next_s
        self._mechanism.rest(now_s)
        return None

    def take_answers(self) -> bytes:
        """What it has to say to the host, status changes that the host asked for at the end."""
        mask = self._composer.asb_mask
        told = (mask, self.condition.asb_part(mask))
        # GS a itself was answered when it was read.
        if mask and mask == self._asb_told[0] and told != self._asb_told:
            self._say(self.condition.asb())
        self._asb_told = told
        answers = bytes(self._answers)
        self._answers.clear()
        mute = self.mute or (self.profile.silent_when_not_ready and not self.condition.online)
        return b"" if mute or not self.condition.powered else answers

    def recover(self, n: int) -> None:
        """DLE ENQ: 1 goes on at the failed line, 2 drops the buffers. Obeyed only while something stopped it."""
        condition = self.condition
        if condition.online or (self.profile.recovers == "cutter" and not condition.cutter_error):
            return
        # While the cause is there, the cutter jams again at its next cut.
        condition.cutter_error = False
        if n == 2:
            self._forget()

    def cover(self, is_open: bool) -> None:
        """Opened while paper moves, it is an error until it is closed."""
        self.condition.cover_error = is_open and self.moving
        self.condition.cover_open = is_open

    def feed_button(self) -> None:
        """Ends an error whose cause is gone; else feeds blank paper."""
        if self.condition.recoverable:
            self.recover(1)
        elif self.condition.online and not self.moving:
            self._mechanism.take([Strip(BUTTON_FEED_MM * DOTS_PER_MM)])

    def end_of_roll(self, dots: int) -> None:
        """The roll has so many dots left."""
        self._mechanism.paper_left = dots
        self.condition.near_end = True
        self.condition.paper_end = dots == 0

    def new_roll(self) -> None:
        """The end of the old roll comes out, and a full one goes in."""
        if self.condition.paper_end:
            self.tear()
        self._mechanism.paper_left = None
        self.condition.paper_end = self.condition.near_end = False

    def tear(self) -> None:
        """Somebody pulls out what hangs in it."""
        self._mechanism.tear()

    def power(self, on: bool) -> None:
        """Off: buffers, formats, and errors without a cause are gone. The paper stays as it is."""
        if on == self.condition.powered:
            return
        self.condition.powered = on
        self.condition.cutter_error = self.condition.cover_error = False
        self._composer.power_on()
        self._realtime.reset()
        self._answers.clear()
        self._forget()

    def _read_ahead(self) -> bool:
        """Carry commands out while the head has little to do; → whether there is a job."""
        while self._buffer and self._mechanism.ahead_dots < AHEAD_DOTS:
            command, size = self._buffer.popleft()
            self.buffered -= size
            self._mechanism.take(self._composer.obey(command))
        return self._mechanism.busy

    def _say(self, answer: bytes) -> None:
        self._answers += answer
