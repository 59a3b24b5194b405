"""The film on the screen with a real ffmpeg: it plays, stands still, goes on, ends; and whatever ends it early."""

import asyncio
import gc
import logging
import os
import time

import pytest

from display.io import film as film_thread
from display.io.films import Films
from display.model import Item, Showing
from tests.display.filming import film, players
from ticketserver.shared.texts import load_texts

PLACE = 64, 64
PATIENCE_S = 60
LONG_S = 120.0
"""A film that does not end while a test looks at it."""


class Screen:
    """Counts stills, and hears which turns are over."""

    def __init__(self):
        self.stills, self.over = [], asyncio.Queue()
        self.came = asyncio.Event()
        self.films = Films(load_texts("en"), self._paint, self.over.put_nowait)

    def _paint(self, still):
        self.stills.append(still)
        self.came.set()

    def show(self, file, turn=1, place=PLACE):
        self.films.show(Showing(Item(str(file), film=True), turn), place)

    async def next_still(self):
        self.came.clear()
        async with asyncio.timeout(PATIENCE_S):
            await self.came.wait()

    async def ended(self):
        async with asyncio.timeout(PATIENCE_S):
            return await self.over.get()


@pytest.fixture
async def screen():
    made = Screen()
    yield made
    await made.films.close()
    assert players(os.getpid()) == []


async def test_a_film_plays_to_its_end(screen, tmp_path):
    screen.show(film(tmp_path / "film.mp4"), 5)
    assert await screen.ended() == 5
    assert 0 < len(screen.stills) <= 26
    assert {(still.width, still.height) for still in screen.stills} == {(64, 36)}


async def test_the_same_film_begins_again_in_its_next_turn(screen, tmp_path):
    file = film(tmp_path / "film.mp4", 0.2)
    for turn in (1, 2):
        screen.show(file, turn)
        assert await screen.ended() == turn


async def test_a_film_stands_still_while_a_call_goes_before_it_and_goes_on(screen, tmp_path):
    file = film(tmp_path / "film.mp4", LONG_S)
    screen.show(file)
    await screen.next_still()
    for showing, place in ((None, None), (Showing(Item(str(file), film=True), 1), None)):
        screen.films.show(showing, place)
        standing = screen.films._film
        assert not standing._going.is_set()
        assert players(os.getpid())
        screen.show(file)
        assert screen.films._film is standing
        await screen.next_still()
    assert screen.over.empty()


async def test_whoever_has_the_next_turn_ends_it(screen, tmp_path):
    screen.show(film(tmp_path / "film.mp4", LONG_S))
    await screen.next_still()
    playing = screen.films._film
    screen.films.show(Showing(Item("a.png"), 2), PLACE)
    await asyncio.to_thread(playing.join, PATIENCE_S)
    assert not playing.is_alive()
    assert screen.over.empty()
    screen.show(film(tmp_path / "other.mp4", 0.2), 3)
    assert await screen.ended() == 3


async def test_a_film_is_over_when_its_program_is_killed(screen, tmp_path):
    screen.show(film(tmp_path / "film.mp4", LONG_S))
    await screen.next_still()
    screen.films._film._process.kill()
    assert await screen.ended() == 1


async def test_a_film_that_is_taken_away_while_it_plays_plays_on(screen, tmp_path):
    file = film(tmp_path / "film.mp4", LONG_S)
    screen.show(file)
    await screen.next_still()
    file.unlink()
    await screen.next_still()
    assert screen.over.empty()


@pytest.mark.parametrize("lacks", ["film", "program"])
async def test_what_gives_no_still_has_a_turn_of_its_own_length(screen, tmp_path, monkeypatch, lacks):
    """A screen that has nothing else would start one program after the other."""
    monkeypatch.setattr(film_thread, "REST_S", 0.2)
    if lacks == "program":
        monkeypatch.setenv("PATH", "")
    began = time.monotonic()
    screen.show(tmp_path / "nowhere.mp4")
    assert await screen.ended() == 1
    assert time.monotonic() - began >= 0.2
    assert screen.stills == []


async def test_a_film_that_is_too_heavy_is_told_once(screen, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(film_thread, "LATE_S", -1.0)
    monkeypatch.setattr(film_thread, "SLOW_S", -PATIENCE_S)
    with caplog.at_level(logging.WARNING, "display"):
        for turn in (1, 2):
            screen.show(film(tmp_path / "film.mp4", 0.4), turn)
            assert await screen.ended() == turn
    assert [record.getMessage().partition(" is ")[0] for record in caplog.records] == [str(tmp_path / "film.mp4")]


async def test_a_loop_that_is_late_is_given_the_newest_only(screen, tmp_path):
    screen.show(film(tmp_path / "film.mp4", 0.4))
    thread = screen.films._film
    # Nothing of the loop runs while this waits for the whole film.
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert await screen.ended() == 1
    assert len(screen.stills) == 1


async def test_closing_twice_and_without_a_film_is_fine(screen, tmp_path):
    await screen.films.close()
    screen.show(film(tmp_path / "film.mp4", LONG_S))
    await screen.films.close()
    await screen.films.close()
    assert screen.over.empty()


def test_a_loop_that_is_over_hears_nothing(tmp_path):
    """Of a film that ends after its display."""

    async def begin():
        made = Screen()
        made.show(film(tmp_path / "film.mp4", 0.4))
        return made.films._film

    left = asyncio.run(begin())
    left.join(PATIENCE_S)
    assert not left.is_alive()
    gc.collect()
