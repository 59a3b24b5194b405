"""Frames of Xvfb become pictures: from bytes built after the XWD format, and from a real Xvfb."""

import shutil
import socket
import struct

import pytest
from PIL import Image

from ticketserver.runner import screens
from ticketserver.runner.say import Stop
from ticketserver.runner.screens import read_frame, save_picture, virtual_screen


def xwd(width: int, height: int, pixels: bytes, *, row_bytes: int, colours: int = 2, bits: int = 32) -> bytes:
    """An XWD file as X11's XWDFile.h lays it out: 25 words, the window's name, the colour map, the rows."""
    name = b"screen\0\0"
    header = (100 + len(name), 7, 2, 24, width, height, 0, 0, 32, 0, 32, bits, row_bytes, 4)
    header += (0xFF0000, 0xFF00, 0xFF, 8, 256, colours, width, height, 0, 0, 0)
    return struct.pack(">25I", *header) + name + bytes(12 * colours) + pixels


def test_pixels_are_blue_green_red_and_rows_may_be_padded():
    rows = bytes([1, 2, 3, 0, 4, 5, 6, 0, 99, 99, 99, 99]) + bytes([7, 8, 9, 0, 10, 11, 12, 0, 99, 99, 99, 99])
    image = read_frame(xwd(2, 2, rows, row_bytes=12))
    corners = [image.getpixel(at) for at in ((0, 0), (1, 0), (0, 1), (1, 1))]
    assert corners == [(3, 2, 1), (6, 5, 4), (9, 8, 7), (12, 11, 10)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"short", "shorter than its header"),
        (xwd(2, 2, bytes(15), row_bytes=8), "cut off"),
        (xwd(1, 1, bytes(4), row_bytes=4, bits=16), "bits=16"),
        (bytes(200), "version=0"),
    ],
)
def test_another_kind_of_file_is_refused_with_the_reason(data, reason):
    with pytest.raises(ValueError, match=reason):
        read_frame(data)


def test_a_picture_is_put_in_place_whole(tmp_path):
    frame = tmp_path / "frame"
    frame.write_bytes(xwd(1, 1, bytes([0, 0, 255, 0]), row_bytes=4))
    picture = tmp_path / "pictures" / "kiosk.png"
    save_picture(frame, picture)
    with Image.open(picture) as image:
        assert image.getpixel((0, 0)) == (255, 0, 0)
    assert [path.name for path in picture.parent.iterdir()] == ["kiosk.png"]


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_real_screen_is_there_while_asked_for_and_has_a_frame(tmp_path):
    with virtual_screen(tmp_path, 320, 240) as environ:
        assert environ["DISPLAY"].startswith(":")
        with Image.open(_picture_of(tmp_path)) as image:
            assert image.size == (320, 240)
        where = f"/tmp/.X11-unix/X{environ['DISPLAY'][1:]}"
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(where)
    with socket.socket(socket.AF_UNIX) as client, pytest.raises(OSError, match=r"refused|No such file"):
        client.connect(where)


def _picture_of(place):
    picture = place / "picture.png"
    save_picture(place / "shared" / "Xvfb_screen0", picture)
    return picture


def test_a_screen_that_does_not_come_is_said_with_its_words(tmp_path, monkeypatch):
    fake = tmp_path / "bin" / "Xvfb"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho no memory for a screen >&2; exit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
    monkeypatch.setattr(screens, "SCREEN_WAIT_S", 3600)
    with pytest.raises(Stop, match="no memory for a screen"), virtual_screen(tmp_path / "screen"):
        pass
