"""A recorded session in the place of a device: see sessions.py for the file and for what can go wrong."""

from hardware.transports.link import Link, LinkDown
from hardware.transports.sessions import ACTS, CLOSE, DOWN, END, OPEN, WRITE, Differs, Entry, Session


class Replay:
    """Plays one session to one driver: `open` opens its link, `clock` is its time in seconds."""

    def __init__(self, session: Session) -> None:
        self._acts = [entry for entry in session.entries if entry.mark in ACTS]
        # What comes from the device, each with how many acts of the driver came before it.
        self._told: list[tuple[int, Entry]] = []
        acts = 0
        last: tuple[int, int] | None = None
        for entry in session.entries:
            if entry.mark in ACTS:
                acts += 1
            elif entry.mark == END:
                last = acts, len(self._told)
            else:
                self._told.append((acts, entry))
        self._last_act, told = last or (acts, len(self._told))
        self._told_after = len(self._told) - told
        self._done = 0
        self._now_s = 0.0
        self._differs = False

    def clock(self) -> float:
        return self._now_s

    @property
    def over(self) -> bool:
        """The driver was told to end here."""
        return self._done >= self._last_act and len(self._told) <= self._told_after

    @property
    def complete(self) -> bool:
        """Everything has happened."""
        return self._done == len(self._acts) and not self._told

    def end(self) -> None:
        """The driver is told to end now."""

    @property
    def waits_for(self) -> str:
        """What is to happen next, for a driver that does not do it."""
        told = [entry for acts, entry in self._told[:1] if acts <= self._done]
        return next((entry.line().strip() for entry in [*told, *self._acts[self._done :]]), "nothing")

    def wait(self, timeout_s: float) -> None:
        """Let time pass for a driver that has no link to wait on."""
        self._now_s += timeout_s

    def open(self) -> Link:
        told = self._told[0] if self._told else None
        if told is not None and told[0] == self._done and told[1].mark == DOWN:
            self._break(told[1])
        self._do(Entry(self._now_s, OPEN))
        return ReplayLink(self)

    def read(self, timeout_s: float, limit: int) -> bytes:
        """What is due within the time; without it, the time has passed."""
        told = self._told[0] if self._told else None
        if told is None or told[0] > self._done or told[1].at_s > self._now_s + timeout_s:
            self._now_s += timeout_s
            return b""
        acts, entry = told
        if entry.mark == DOWN:
            self._break(entry)
        self._now_s = max(self._now_s, entry.at_s)
        rest = entry.data[limit:]
        self._told[:1] = [(acts, Entry(entry.at_s, entry.mark, rest))] if rest else []
        return entry.data[:limit]

    def write(self, data: bytes) -> None:
        entry = self._do(Entry(self._now_s, WRITE, data))
        if entry.text:
            raise LinkDown(entry.text)

    def close(self) -> None:
        # A driver that is closed for having gone astray was told so already.
        if not self._differs:
            self._do(Entry(self._now_s, CLOSE))

    def _do(self, does: Entry) -> Entry:
        """The driver does something; → what was recorded of it. Raises `Differs`."""
        recorded = self._acts[self._done] if self._done < len(self._acts) else None
        if recorded is None or (recorded.mark, recorded.data) != (does.mark, does.data):
            self._differs = True
            was = "nothing more" if recorded is None else recorded.line().strip()
            raise Differs(f"the driver does: {does.line().strip()}\nwas recorded:   {was}")
        self._done += 1
        self._now_s = max(self._now_s, recorded.at_s)
        return recorded

    def _break(self, entry: Entry) -> None:
        del self._told[0]
        self._now_s = max(self._now_s, entry.at_s)
        raise LinkDown(entry.text)


class ReplayLink:
    """One opened link of a playback; see `Link`."""

    name = "session"

    def __init__(self, replay: Replay) -> None:
        self._replay = replay

    def read(self, timeout_s: float, limit: int = 4096) -> bytes:
        return self._replay.read(timeout_s, limit)

    def write(self, data: bytes, timeout_s: float = 2.0) -> None:
        self._replay.write(data)

    def close(self) -> None:
        self._replay.close()
