"""One sound after the other: the next waits until a broken-off one is silent, and that one is never told as over."""

import asyncio

import pytest

from display.io.player import Player

pytestmark = pytest.mark.asyncio


class Loudspeaker:
    """Plays until it is told that the sound is over; needs a turn of the loop to fall silent when it is broken off."""

    def __init__(self):
        self.log = []
        self.over = asyncio.Event()
        self.sounding = 0

    async def play(self, names):
        self.sounding += 1
        assert self.sounding == 1, "two sounds at once"
        self.log.append(("begins", *names))
        try:
            await self.over.wait()
            self.over.clear()
        finally:
            await asyncio.sleep(0)
            self.sounding -= 1
            self.log.append(("silent", *names))


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def ends():
    return []


async def test_a_sound_that_ends_is_told(ends):
    speaker = Loudspeaker()
    player = Player(speaker, lambda: ends.append(1))
    player.play(["one"])
    await settle()
    assert (speaker.log, ends) == ([("begins", "one")], [])
    speaker.over.set()
    await settle()
    assert ends == [1]


async def test_a_sound_that_is_broken_off_is_silent_before_the_next_begins(ends):
    speaker = Loudspeaker()
    player = Player(speaker, lambda: ends.append(1))
    player.play(["one"])
    await settle()
    player.stop()
    player.play(["two"])
    await settle()
    assert speaker.log == [("begins", "one"), ("silent", "one"), ("begins", "two")]
    assert ends == []
    speaker.over.set()
    await settle()
    assert ends == [1]


async def test_the_next_sound_may_be_asked_for_as_one_ends():
    speaker = Loudspeaker()
    player = Player(speaker, lambda: player.play(["two"]))
    player.play(["one"])
    await settle()
    speaker.over.set()
    await settle()
    assert speaker.log[-1] == ("begins", "two")
    await player.close()
    assert speaker.log[-1] == ("silent", "two")


async def test_one_that_has_played_nothing_ends(ends):
    await Player(Loudspeaker(), lambda: ends.append(1)).close()
    assert ends == []
