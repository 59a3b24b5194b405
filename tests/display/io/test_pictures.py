"""Pictures of a folder: what can be shown is, what cannot is told once, and a folder that goes and comes back is."""

import asyncio
import logging
import os

import pytest
from PIL import Image

from display.io import pictures
from display.io.pictures import MOST_BYTES, Pictures, keep_looking
from tests.display.filming import film
from ticketserver.shared.texts import load_texts


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pictures"
    made.mkdir()
    for name in ("b.png", "a.jpg"):
        Image.new("RGB", (32, 18), "navy").save(made / name)
    return made


def names(found):
    return [item.file.rpartition("/")[2] for item in found]


def test_pictures_come_by_name(folder):
    assert names(Pictures(folder, load_texts("zh")).look()) == ["a.jpg", "b.png"]


def test_what_cannot_be_shown_is_told_once(folder, caplog):
    (folder / "film.avi").write_bytes(b"RIFF")
    (folder / "empty.png").write_bytes(b"")
    (folder / "huge.jpg").write_bytes(b"\xff\xd8\xff" + bytes(MOST_BYTES))
    (folder / ".thumbs").write_bytes(b"")
    (folder / "more").mkdir()
    (folder / "away.png").symlink_to(folder / "nowhere.png")
    looking = Pictures(folder, load_texts("en"))
    with caplog.at_level(logging.WARNING, "display"):
        for _ in range(2):
            assert names(looking.look()) == ["a.jpg", "b.png"]
    told = sorted(record.getMessage() for record in caplog.records)
    assert len(told) == 3
    assert "film.avi is no picture or film" in " ".join(told)
    assert "huge.jpg is larger than 8 MB" in " ".join(told)


def test_films_stand_among_pictures_by_name(folder):
    film(folder / "aa.mp4", 0.1)
    film(folder / "C.WebM", 0.1)
    found = Pictures(folder, load_texts("en")).look()
    assert [item.film for item in found] == [True, False, True, False]
    assert names(found) == ["C.WebM", "a.jpg", "aa.mp4", "b.png"]


def test_a_film_that_is_being_copied_is_shown_when_it_is_whole(folder, caplog):
    whole = film(folder.parent / "whole.mp4", 0.2).read_bytes()
    looking = Pictures(folder, load_texts("en"))
    (folder / "film.mp4").write_bytes(whole[:1000])
    with caplog.at_level(logging.WARNING, "display"):
        for _ in range(2):
            assert names(looking.look()) == ["a.jpg", "b.png"]
    (told,) = [record.getMessage() for record in caplog.records]
    assert "film.mp4 cannot be played" in told
    assert "(moov atom not found)" in told
    (folder / "film.mp4").write_bytes(whole)
    assert names(looking.look()) == ["a.jpg", "b.png", "film.mp4"]


def test_a_film_is_tried_once(folder, monkeypatch):
    film(folder / "film.mp4", 0.1)
    looking = Pictures(folder, load_texts("en"))
    assert len(looking.look()) == 3
    monkeypatch.setattr(pictures.subprocess, "Popen", None)
    assert len(looking.look()) == 3


def test_a_trial_that_takes_too_long_is_made_again(folder, monkeypatch, caplog):
    film(folder / "film.mp4", 0.1)
    looking = Pictures(folder, load_texts("en"))
    monkeypatch.setattr(pictures, "TRIAL_S", 0.0)
    with caplog.at_level(logging.WARNING, "display"):
        assert len(looking.look()) == 2
    assert "film.mp4" in caplog.text
    monkeypatch.undo()
    assert len(looking.look()) == 3


async def test_a_trial_that_hangs_holds_up_no_end(folder, tmp_path, monkeypatch):
    film(folder / "film.mp4", 0.1)
    begun, programs = tmp_path / "begun", tmp_path / "bin"
    programs.mkdir()
    os.mkfifo(begun)
    (programs / "ffmpeg").write_text(f"#!/bin/sh\necho > {begun}\nexec sleep 600\n", "utf-8")
    (programs / "ffmpeg").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(pictures, "TRIAL_S", 600.0)
    looking = Pictures(folder, load_texts("en"))
    task = asyncio.create_task(keep_looking(looking, lambda items: None))
    await asyncio.to_thread(begun.read_bytes)
    task.cancel()
    async with asyncio.timeout(30):
        await asyncio.gather(task, return_exceptions=True)
        # As the loop's own end does: it waits for every thread.
        await asyncio.get_running_loop().shutdown_default_executor()
    assert names(looking.look()) == ["a.jpg", "b.png"]


def test_without_a_program_films_are_left_out_and_told_once(folder, monkeypatch, caplog):
    for name in ("c.mp4", "d.mkv"):
        (folder / name).write_bytes(b"")
    monkeypatch.setenv("PATH", "")
    looking = Pictures(folder, load_texts("en"))
    with caplog.at_level(logging.WARNING, "display"):
        for _ in range(2):
            assert names(looking.look()) == ["a.jpg", "b.png"]
    (told,) = [record.getMessage() for record in caplog.records]
    assert "apt-get install -y --no-install-recommends ffmpeg" in told


def test_a_file_that_cannot_be_read_is_left_out(folder, monkeypatch):
    def open_not(self, *_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pictures.Path, "open", open_not)
    assert Pictures(folder, load_texts("zh")).look() == ()


def test_a_folder_may_go_and_come_back(folder, caplog):
    looking = Pictures(folder, load_texts("zh"))
    away = folder.with_name("away")
    folder.rename(away)
    with caplog.at_level(logging.WARNING, "display"):
        assert looking.look() == looking.look() == ()
        assert len(caplog.records) == 1
        away.rename(folder)
        assert names(looking.look()) == ["a.jpg", "b.png"]
        folder.rename(away)
        assert looking.look() == ()
    assert len(caplog.records) == 2


async def test_it_keeps_looking(folder, monkeypatch):
    monkeypatch.setattr(pictures, "AGAIN_S", 0.0)
    seen, found = [], asyncio.Event()

    def show(files):
        seen.append(names(files))
        if len(seen) == 1:
            (folder / "a.jpg").unlink()
        elif seen[-1] == ["b.png"]:
            found.set()

    looking = asyncio.create_task(keep_looking(Pictures(folder, load_texts("zh")), show))
    async with asyncio.timeout(30):
        await found.wait()
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    assert seen[0] == ["a.jpg", "b.png"]
