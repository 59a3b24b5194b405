"""Pictures of a folder: what can be shown is, what cannot is told once, and a folder that goes and comes back is."""

import asyncio
import logging

import pytest
from PIL import Image

from display.io import pictures
from display.io.pictures import MOST_BYTES, Pictures, keep_looking
from ticketserver.shared.texts import load_texts


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pictures"
    made.mkdir()
    for name in ("b.png", "a.jpg"):
        Image.new("RGB", (32, 18), "navy").save(made / name)
    return made


def names(found):
    return [file.rpartition("/")[2] for file in found]


def test_pictures_come_by_name(folder):
    assert names(Pictures(folder, load_texts("zh")).look()) == ["a.jpg", "b.png"]


def test_what_cannot_be_shown_is_told_once(folder, caplog):
    (folder / "film.mp4").write_bytes(b"0000ftyp")
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
    assert "film.mp4 is no picture" in " ".join(told)
    assert "huge.jpg is larger than 8 MB" in " ".join(told)


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
