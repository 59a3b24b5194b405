"""What only the X server knows of a window: the pointer as it is drawn, and the close button that a desktop would have.

Libraries: libX11, libXfixes (XFixesGetCursorImage). Protocol: ICCCM 4.2.8, WM_DELETE_WINDOW.
"""

import ctypes
import os
import subprocess


class CursorImage(ctypes.Structure):
    _fields_ = (
        ("x", ctypes.c_short), ("y", ctypes.c_short), ("width", ctypes.c_ushort), ("height", ctypes.c_ushort),
        ("xhot", ctypes.c_ushort), ("yhot", ctypes.c_ushort), ("serial", ctypes.c_ulong),
        ("pixels", ctypes.POINTER(ctypes.c_ulong)), ("atom", ctypes.c_ulong), ("name", ctypes.c_char_p),
    )  # fmt: skip


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent, padded to the size of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong), ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5), ("padding", ctypes.c_long * 24),
    )  # fmt: skip


CLIENT_MESSAGE = 33


class XScreen:
    """`with XScreen() as screen`, on the DISPLAY of the tests."""

    def __enter__(self) -> "XScreen":
        self._x, self._fixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._fixes.XFixesGetCursorImage.restype = ctypes.POINTER(CursorImage)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(os.environ["DISPLAY"].encode()))
        return self

    def __exit__(self, *_: object) -> None:
        self._x.XCloseDisplay(self._display)

    def pointer_shows(self) -> bool:
        """Whether a single pixel of the pointer can be seen."""
        image = self._fixes.XFixesGetCursorImage(self._display).contents
        return any(image.pixels[place] >> 24 & 0xFF for place in range(image.width * image.height))

    def ask_to_close(self, window: int) -> None:
        """Alt-F4, or a click on the cross of a window's frame."""

        def atom(name: bytes) -> int:
            return int(self._x.XInternAtom(self._display, name, 0))

        data = (ctypes.c_long * 5)(atom(b"WM_DELETE_WINDOW"), 0, 0, 0, 0)
        event = ClientMessage(CLIENT_MESSAGE, 0, 1, None, window, atom(b"WM_PROTOCOLS"), 32, data)
        self._x.XSendEvent(self._display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XFlush(self._display)


def window_of(pid: int) -> int:
    """The window that this process shows."""
    argv = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
    return int(subprocess.run(argv, check=True, capture_output=True, text=True).stdout.split()[0])
