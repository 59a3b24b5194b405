"""Stills of real films out of a real ffmpeg: their shape, their colours, what is no film, and what hangs."""

import os
import subprocess
from contextlib import suppress

import pytest

from display.io import stills
from display.io.stills import Reader, stills_argv, trial_argv
from tests.display.filming import film

PLACE = 200, 200
BARS = ["rgb", "rg", "gb", "g", "rb", "r", "b"]


def all_of(file, place=PLACE):
    """Every still of a film."""
    found = []
    with subprocess.Popen(stills_argv(str(file), place), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        reader = Reader(process.stdout.fileno())
        with suppress(EOFError):
            while True:
                found.append(reader.still())
    return found


def tried(file):
    return subprocess.run(trial_argv(str(file)), stdin=subprocess.DEVNULL, capture_output=True, check=False)


def colour(still, x, y):
    """At a place in shares of its width and height, from the top left."""
    at = 3 * (int(y * still.height) * still.width + int(x * still.width))
    return tuple(still.rgb[at : at + 3])


@pytest.mark.parametrize("kind", [".mp4", ".mov", ".mkv", ".webm"])
def test_a_film_comes_still_by_still_in_its_shape_and_colours(tmp_path, kind):
    found = all_of(film(tmp_path / f"a film: with 'signs', %03d 一{kind}"))
    assert len(found) == pytest.approx(25, abs=1)
    still = found[-1]
    assert (still.width, still.height, len(still.rgb)) == (200, 112, 3 * 200 * 112)
    seen = [colour(still, (bar + 0.5) / 7, 0.3) for bar in range(7)]
    assert ["".join(name for name, value in zip("rgb", each, strict=True) if value > 100) for each in seen] == BARS


def test_a_film_keeps_its_shape_where_its_pixels_are_not_square(tmp_path):
    wide = film(tmp_path / "wide.mp4", 0.2, "360x288", ("-aspect", "16:9"))
    assert (all_of(wide)[0].width, all_of(wide)[0].height) == (200, 112)
    tall = film(tmp_path / "tall.mp4", 0.2, "180x320")
    assert (all_of(tall)[0].width, all_of(tall)[0].height) == (112, 200)


def test_another_rate_is_made_ours(tmp_path):
    assert len(all_of(film(tmp_path / "slow.mp4", 2.0, more=("-r", "10")))) == pytest.approx(50, abs=5)


def test_what_is_tried(tmp_path):
    assert tried(film(tmp_path / "good.mp4")).returncode == 0
    (tmp_path / "half.mp4").write_bytes((tmp_path / "good.mp4").read_bytes()[:2000])
    (tmp_path / "empty.webm").write_bytes(b"")
    subprocess.run(["ffmpeg", "-v", "error", "-i", tmp_path / "good.mp4", "-vn", tmp_path / "tone.mp4"], check=True)
    for name in ("half.mp4", "empty.webm", "tone.mp4", "nowhere.mkv"):
        assert tried(tmp_path / name).returncode != 0
        assert all_of(tmp_path / name) == []


def test_a_file_that_leads_elsewhere_is_not_followed(tmp_path):
    """A list of addresses under a film's name."""
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/film.ts\n#EXT-X-ENDLIST\n")
    assert tried(tmp_path / "list.mp4").returncode != 0


def test_a_program_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(stills, "STALLED_S", 0.01)
    read, write = os.pipe()
    os.write(write, b"P6\n2 1\n255\nabc")
    with pytest.raises(EOFError):
        Reader(read).still()
    os.close(read)
    os.close(write)


def test_what_comes_piece_by_piece_is_whole(monkeypatch):
    read, write = os.pipe()
    os.write(write, b"P6\n2 1\n255\nabcdefP6\n1 1\n255\nxyz")
    os.close(write)
    monkeypatch.setattr(os, "readv", lambda pipe, rest, readv=os.readv: readv(pipe, [rest[0][:2]]))
    reader = Reader(read)
    assert [bytes(reader.still().rgb), bytes(reader.still().rgb)] == [b"abcdef", b"xyz"]
    os.close(read)
