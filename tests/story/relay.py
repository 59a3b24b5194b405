"""A line between a program and the server that the test owns: it can hold back what the server says, or be cut."""

import socket
import threading
from collections.abc import Callable


class Relay:
    """Listens on a port of its own and passes bytes to and from `target` on this machine."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open = threading.Event()
        self._open.set()
        self._held = threading.Event()
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """From now on, nothing that the server says gets through."""
        self._held.clear()
        self._open.clear()

    def until_held(self, wait_s: float) -> bool:
        """Whether the server has said something that is held back."""
        return self._held.wait(wait_s)

    def cut(self) -> None:
        """End all connections, drop what was held, and let new ones through."""
        with self._lock:
            sockets, self._sockets = self._sockets, []
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()
        self._open.set()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                inside, _ = self._listener.accept()
            except OSError:
                return
            try:
                outside = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                inside.close()
                continue
            with self._lock:
                self._sockets += [inside, outside]
            self._pass(inside, outside, lambda: True)
            self._pass(outside, inside, self._may_pass)

    def _may_pass(self) -> bool:
        if self._open.is_set():
            return True
        self._held.set()
        return False

    def _pass(self, source: socket.socket, target: socket.socket, may: Callable[[], bool]) -> None:
        def work() -> None:
            try:
                while data := source.recv(65_536):
                    if may():
                        target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        threading.Thread(target=work, daemon=True).start()
