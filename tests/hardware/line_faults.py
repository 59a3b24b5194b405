"""A faulty cable between a driver and a device: every fault of a serial line, switched on and off while it is in use.

    driver ── serial:PATH or tcp:127.0.0.1:PORT ── relay ── far: a virtual device's pty, a host and port, or a function

    with PtyLine(tmp_path / "line", far, stranger=b"...") as line:
        bus = ub485_bus(line.address(57600), boxes)
        with line.fault("truncated"):
            turn(bus, until=lambda: line.injected["truncated"] >= 3)

| fault | what the driver meets | counted |
|---|---|---|
| silence | the device hears and is not heard | each answer |
| late | each answer `late_s` seconds later | each answer |
| split | every byte of an answer alone, `split_s` apart | each answer |
| garbage | `garbage` (else 1–4 stray bytes) before each answer | each answer |
| truncated | each answer without its end | each answer |
| doubled | each answer twice, back to back | each answer |
| flipped | one bit of each answer wrong, `flip_bit` counted from its first, else by seed | each answer |
| stranger | in each answer's place the bytes `stranger`, or what that function makes of the answer | each answer |
| echo | what the driver writes comes back at once, before any answer | each write |
| wrong_speed | all bytes garbled, both ways | each answer and write |
| unplug | the node, or the port and the session, is gone; off = back under the same name | switching on |
| blocked | the line takes nothing from the driver (a socket: nobody reads); off = it all goes on | switching on |

An answer is what the far side says without a pause of `gap_s`; without a fault bytes pass as they come. Several faults
may be on at once. A driver's speed is set on the far pty too, so a wrong one garbles there as it would without a relay.
"""

import contextlib
import os
import pty
import random
import select
import socket
import termios
import threading
import time
import tty
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from tests.ports import free_port

FAULTS: Final = (
    "silence", "late", "split", "garbage", "truncated", "doubled", "flipped", "stranger", "echo", "wrong_speed",
    "unplug", "blocked",
)  # fmt: skip
ANSWER_FAULTS: Final = frozenset(FAULTS) - {"echo", "wrong_speed", "unplug", "blocked"}
GARBLE: Final = 0xA5
STRAY: Final = b"\x00\xff\x80\xfe"
# As much as a small device buffers; what comes beyond waits with the driver.
ROOM: Final = 4096
PATIENCE_S: Final = 60.0

Function = Callable[[bytes], Iterable[bytes]]
Far = Path | tuple[str, int] | Function


def garbled(data: bytes) -> bytes:
    return bytes(byte ^ GARBLE for byte in data)


class FaultyLine:
    """The relay; one thread serves it from `with` to its end. See `PtyLine` and `TcpLine`, and the table above."""

    def __init__(
        self,
        far: Far,
        *,
        seed: int = 0,
        late_s: float = 0.3,
        split_s: float = 0.001,
        gap_s: float = 0.015,
        garbage: bytes = b"",
        stranger: bytes | Callable[[bytes], bytes] = b"",
        flip_bit: int | None = None,
    ) -> None:
        self.late_s, self.split_s, self.gap_s = late_s, split_s, gap_s
        self.garbage, self.stranger, self.flip_bit = garbage, stranger, flip_bit
        self.injected: Counter[str] = Counter()
        self._on: set[str] = set()
        self._random = random.Random(seed)
        self._changed = threading.Condition()
        self._jobs: deque[tuple[Callable[[], None], Future[None]]] = deque()
        self._wake_out, self._wake_in = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="faulty line", daemon=True)
        self._stopping = False
        self._failure: Exception | None = None
        self._far = _FunctionFar(far) if callable(far) else _StreamFar(far)
        self._to_far = bytearray()
        self._answer = bytearray()
        self._answer_ends_s, self._waited = 0.0, False
        self._to_near: deque[tuple[float, bytes]] = deque()

    def __enter__(self):
        self.plug()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping = True
        self._wake_in.send(b"x")
        self._thread.join()
        self.unplug()
        self._far.close()
        self._wake_out.close()
        self._wake_in.close()
        assert self._failure is None, f"the relay broke: {self._failure!r}"

    def on(self, fault: str) -> None:
        """Switch a fault on; it bites when this returns."""
        if fault not in FAULTS:
            raise ValueError(f"fault {fault!r}: one of {', '.join(FAULTS)}")
        if fault == "stranger" and not self.stranger:
            raise ValueError("fault 'stranger': give the line the bytes of another unit's answer (stranger=…)")
        self._in_thread(lambda: self._switch(fault, True))

    def off(self, fault: str) -> None:
        """Switch a fault off; answers that are late already still come."""
        self._in_thread(lambda: self._switch(fault, False))

    @contextlib.contextmanager
    def fault(self, *faults: str) -> Iterator[None]:
        """The faults are on while the `with` lasts."""
        for each in faults:
            self.on(each)
        try:
            yield
        finally:
            for each in faults:
                self.off(each)

    def wait(self, fault: str, count: int = 1, timeout_s: float = PATIENCE_S) -> None:
        """Until the fault has been injected `count` times in all; `AssertionError` when it has not in time."""
        with self._changed:
            happened = self._changed.wait_for(lambda: self.injected[fault] >= count, timeout_s)
        assert happened, f"{fault} injected {self.injected[fault]} times of {count} within {timeout_s:g} s"

    def turn(self) -> None:
        """Returns once the relay has had a turn."""
        self._in_thread(lambda: None)

    # What the two kinds of line do in their own ways.
    def plug(self) -> None:
        raise NotImplementedError

    def unplug(self) -> None:
        raise NotImplementedError

    def block(self, blocked: bool) -> None:
        raise NotImplementedError

    def _near_files(self) -> list[int]:
        """Files to be watched for the driver's bytes."""
        raise NotImplementedError

    def _read_near(self, file: int) -> bytes:
        raise NotImplementedError

    def _write_near(self, data: bytes) -> None:
        raise NotImplementedError

    def _speed(self) -> int | None:
        return None

    def _in_thread(self, job: Callable[[], None]) -> None:
        done: Future[None] = Future()
        self._jobs.append((job, done))
        self._wake_in.send(b"x")
        done.result(PATIENCE_S)

    def _switch(self, fault: str, on: bool) -> None:
        if on == (fault in self._on):
            return
        (self._on.add if on else self._on.discard)(fault)
        if fault == "unplug":
            self._to_near.clear()
            (self.unplug if on else self.plug)()
        elif fault == "blocked":
            self.block(on)
        if on and fault in ("unplug", "blocked"):
            self._count(fault)

    def _count(self, fault: str) -> None:
        with self._changed:
            self.injected[fault] += 1
            self._changed.notify_all()

    def _hits(self, fault: str) -> bool:
        if fault in self._on:
            self._count(fault)
            return True
        return False

    def _serve(self) -> None:
        try:
            while not self._stopping:
                self._turn()
        except Exception as error:  # told at the end of the `with`
            self._failure = error

    def _turn(self) -> None:
        near = self._near_files() if len(self._to_far) < ROOM and "blocked" not in self._on else []
        far = self._far.fileno()
        readers = [self._wake_out.fileno(), *near, *([far] if far >= 0 else [])]
        ready, writable, _ = select.select(readers, [far] if far >= 0 and self._to_far else [], [], self._pause_s())
        if self._wake_out.fileno() in ready:
            self._wake_out.recv(4096)
        for file in near:
            if file in ready:
                self._heard_near(self._read_near(file))
        if far in ready:
            self._heard_far(self._far.read())
        if far in writable:
            del self._to_far[: self._far.write(bytes(self._to_far))]
        # After the bytes, so that what was written before a fault is switched on is not touched by it.
        while self._jobs:
            job, done = self._jobs.popleft()
            job()
            done.set_result(None)
        self._deliver()

    def _pause_s(self) -> float | None:
        due = [self._to_near[0][0]] if self._to_near else []
        if self._answer:
            due.append(self._answer_ends_s)
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _heard_near(self, data: bytes) -> None:
        if not data:
            return
        if self._hits("echo"):
            self._later([data], 0.0)
        heard = garbled(data) if self._hits("wrong_speed") else data
        if isinstance(self._far, _FunctionFar):
            for answer in self._far.ask(heard):
                self._spoil(answer)
        else:
            self._far.open(self._speed())
            self._to_far += heard

    def _heard_far(self, data: bytes) -> None:
        if data and (self._answer or self._on & ANSWER_FAULTS):
            self._answer += data
            self._answer_ends_s = time.monotonic() + self.gap_s
        elif data:
            self._spoil(data)

    def _spoil(self, answer: bytes) -> None:
        """One answer on its way to the driver, through all faults that are on."""
        if not answer or self._hits("silence"):
            return
        if self._hits("stranger"):
            answer = self.stranger(answer) if callable(self.stranger) else self.stranger
        line = bytearray(answer)
        if self._hits("flipped"):
            bit = self._random.randrange(8 * len(line)) if self.flip_bit is None else self.flip_bit % (8 * len(line))
            line[bit // 8] ^= 1 << bit % 8
        if self._hits("truncated"):
            del line[self._random.randrange(len(line)) :]
        if self._hits("doubled"):
            line *= 2
        if self._hits("garbage"):
            line[:0] = self.garbage or bytes(self._random.choice(STRAY) for _ in range(self._random.randint(1, 4)))
        said = garbled(bytes(line)) if self._hits("wrong_speed") else bytes(line)
        delay_s = self.late_s if self._hits("late") else 0.0
        self._later([bytes([byte]) for byte in said] if self._hits("split") else [said], delay_s)

    def _later(self, pieces: Iterable[bytes], delay_s: float) -> None:
        at_s = time.monotonic() + delay_s
        for piece in pieces:
            at_s = max(at_s, self._to_near[-1][0] if self._to_near else 0.0)
            self._to_near.append((at_s, piece))
            at_s += self.split_s

    def _deliver(self) -> None:
        late_s = time.monotonic() - self._answer_ends_s
        if self._answer and late_s > self.gap_s and not self._waited:
            # Where this machine was late with the relay, it was with the far side too: the rest of a word may come.
            self._answer_ends_s, self._waited = time.monotonic() + self.gap_s, True
        elif self._answer and late_s >= 0:
            answer = bytes(self._answer)
            self._answer.clear()
            self._waited = False
            self._spoil(answer)
        while self._to_near and self._to_near[0][0] <= time.monotonic():
            self._write_near(self._to_near.popleft()[1])


class PtyLine(FaultyLine):
    """A line whose driver's end is a pseudo-terminal behind the symlink `path`."""

    def __init__(self, path: Path, far: Far, **faults) -> None:
        super().__init__(far, **faults)
        self._path = path
        self._master = self._slave = -1

    def address(self, baud: int, flow: str = "none") -> str:
        return f"serial:{self._path}?baud={baud}&flow={flow}"

    def plug(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        beside = self._path.with_name(f".{self._path.name}")
        beside.unlink(missing_ok=True)
        beside.symlink_to(os.ttyname(self._slave))
        beside.replace(self._path)
        if "blocked" in self._on:
            self.block(True)

    def unplug(self) -> None:
        if self._master >= 0:
            self._path.unlink()
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1

    def block(self, blocked: bool) -> None:
        if self._slave >= 0:
            termios.tcflow(self._slave, termios.TCOOFF if blocked else termios.TCOON)

    def _near_files(self) -> list[int]:
        return [self._master] if self._master >= 0 else []

    def _read_near(self, file: int) -> bytes:
        return os.read(file, ROOM)

    def _write_near(self, data: bytes) -> None:
        # A driver that never reads loses bytes, and so does one that is unplugged.
        if self._master >= 0:
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, data)

    def _speed(self) -> int | None:
        return termios.tcgetattr(self._master)[5]


class TcpLine(FaultyLine):
    """A line whose driver's end is a TCP port of this machine, for one session at a time as devices have it."""

    def __init__(self, far: Far, **faults) -> None:
        super().__init__(far, **faults)
        self.port = free_port()
        self._listener: socket.socket | None = None
        self._session: socket.socket | None = None

    def address(self) -> str:
        return f"tcp:127.0.0.1:{self.port}"

    def plug(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))

    def unplug(self) -> None:
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def block(self, blocked: bool) -> None:
        """The driver's bytes pile up on the way: a socket's buffers are the system's."""

    def _hang_up(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
            # The far side's session ends with the driver's.
            self._far.close()
            self._to_far.clear()

    def _near_files(self) -> list[int]:
        return [file.fileno() for file in (self._listener, self._session) if file is not None]

    def _read_near(self, file: int) -> bytes:
        if self._listener is not None and file == self._listener.fileno():
            session, _ = self._listener.accept()
            self._hang_up()
            session.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._session = session
        elif self._session is not None:
            with contextlib.suppress(ConnectionError):
                if data := self._session.recv(ROOM):
                    return data
            self._hang_up()
        return b""

    def _write_near(self, data: bytes) -> None:
        if self._session is not None:
            with contextlib.suppress(OSError):
                self._session.send(data, socket.MSG_DONTWAIT)


class _FunctionFar:
    """A far side that answers each chunk of bytes with a list of answers, and never speaks unasked."""

    def __init__(self, ask: Function) -> None:
        self.ask = ask

    def fileno(self) -> int:
        return -1

    def close(self) -> None:
        pass


class _StreamFar:
    """A virtual device's pty, or its host and port; opened at the first word of the driver's and whenever it is lost.

    A pty is opened at once, since boxes speak unasked.
    """

    def __init__(self, where: Path | tuple[str, int]) -> None:
        self._where = where
        self._file = -1
        self._socket: socket.socket | None = None
        if isinstance(where, Path):
            self.open(None)

    def fileno(self) -> int:
        return self._file

    def open(self, speed: int | None) -> None:
        """Open it where it is not open, and set a pty's speed. What is not there swallows bytes."""
        if self._file < 0:
            with contextlib.suppress(OSError):
                self._connect()
        if isinstance(self._where, Path) and self._file >= 0 and speed is not None:
            with contextlib.suppress(OSError, termios.error):
                now = termios.tcgetattr(self._file)
                if now[5] != speed:
                    now[4] = now[5] = speed
                    termios.tcsetattr(self._file, termios.TCSANOW, now)

    def _connect(self) -> None:
        if isinstance(self._where, Path):
            self._file = os.open(self._where, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            tty.setraw(self._file, termios.TCSANOW)
        else:
            self._socket = socket.create_connection(self._where, timeout=PATIENCE_S)
            self._socket.setblocking(False)
            self._file = self._socket.fileno()

    def read(self) -> bytes:
        try:
            data = os.read(self._file, ROOM)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self.close()
        return data

    def write(self, data: bytes) -> int:
        """How many bytes it took; those for a far side that is gone are lost."""
        try:
            return os.write(self._file, data)
        except BlockingIOError:
            return 0
        except OSError:
            self.close()
            return len(data)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        elif self._file >= 0:
            os.close(self._file)
        self._file, self._socket = -1, None
