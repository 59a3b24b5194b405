"""Head, paper, and cutter of a virtual printer: jobs in order, row by row, at the speed of the paper.

It stops where it is at paper end, open cover, cutter error or hot head, and goes on there. Times are seconds of one
growing clock; time that passes while it is stopped or has no job is nobody's.
"""

import math
from collections import deque
from collections.abc import Callable

from hardware.sim.printer_composer import Cut, Job, Say
from hardware.sim.printer_paper import Paper, Piece, Strip
from hardware.sim.printer_profile import DOTS_PER_MM, Profile
from hardware.sim.printer_status import Condition

CUT_S = 0.3


class Mechanism:
    """`on_piece` gets every piece of paper that leaves it, `say` what the host wants to hear when the paper has moved.
    `paper_left` is the rest of the roll in dots, None a full one."""

    def __init__(
        self,
        profile: Profile,
        condition: Condition,
        on_piece: Callable[[Piece], None],
        say: Callable[[bytes], None],
    ) -> None:
        self.paper_left: int | None = None
        self._condition = condition
        self._on_piece = on_piece
        self._say = say
        self._paper = Paper(profile)
        self._partial_only = profile.partial_cut_only
        self._dot_s = 1 / (profile.speed_mm_s * DOTS_PER_MM)
        self._jobs: deque[Job] = deque()
        self._done = 0
        self._clock_s = 0.0

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    @property
    def ahead_dots(self) -> float:
        """Rows that wait for the head; no end of them while a cut is due, for nothing is read past one."""
        if any(isinstance(job, Cut) for job in self._jobs):
            return math.inf
        return sum(job.rows for job in self._jobs if isinstance(job, Strip)) - self._done

    def take(self, jobs: list[Job]) -> None:
        self._jobs.extend(jobs)

    def drop(self) -> None:
        """Forget all jobs; what is on paper stays on paper."""
        self._jobs.clear()
        self._done = 0

    def turn(self, now_s: float) -> float | None:
        """Finish the first job if its time is over; → when that will be if not, None when it is done or stopped."""
        job = self._jobs[0]
        end_s = self._clock_s + self._needs_s(job)
        if end_s > now_s:
            if isinstance(job, Strip):
                self._print(job, int((now_s - self._clock_s) / self._dot_s))
            return self._clock_s + self._needs_s(job)
        if self._finish(job):
            self._jobs.popleft()
            self._done = 0
        return None

    def rest(self, now_s: float) -> None:
        """Time passes while nothing is done."""
        self._clock_s = max(self._clock_s, now_s)

    def tear(self) -> None:
        """Somebody pulls out what hangs in it."""
        if piece := self._paper.tear():
            self._on_piece(piece)

    def _needs_s(self, job: Job) -> float:
        """How long the rest of a job takes, or until the paper ends in it."""
        if isinstance(job, Strip):
            return self._dots(job) * self._dot_s
        return CUT_S if isinstance(job, Cut) else 0.0

    def _dots(self, strip: Strip) -> int:
        rest = strip.rows - self._done
        return rest if self.paper_left is None else min(rest, self.paper_left)

    def _print(self, strip: Strip, dots: int) -> None:
        """Move the paper by `dots` rows of a strip."""
        self._paper.print(strip, self._done, self._done + dots)
        self._done += dots
        self._clock_s += dots * self._dot_s
        if self.paper_left is not None:
            self.paper_left -= dots
            self._condition.paper_end = self.paper_left == 0

    def _finish(self, job: Job) -> bool:
        """A job's time is over: it is done, unless paper end or a jam came first."""
        if isinstance(job, Strip):
            self._print(job, self._dots(job))
            return self._done == job.rows
        if isinstance(job, Say):
            self._say(job.answer)
            return True
        self._clock_s += CUT_S
        return self._cut(job)

    def _cut(self, cut: Cut) -> bool:
        condition = self._condition
        condition.jammed |= condition.jam_next
        condition.jam_next = False
        condition.cutter_error = condition.jammed
        if condition.jammed:
            return False
        if piece := self._paper.cut(cut.partial or self._partial_only):
            self._on_piece(piece)
        return True
