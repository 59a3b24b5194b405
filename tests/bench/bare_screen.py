"""What a screen and its voice cost at least: `python -m tests.bench.bare_screen FOLDER PORT` hears a WebSocket server.

A message of `frame` changes the colour of a bare Kivy window, one of `voice` starts the player, for a second of
silence. Started as the product starts its windows, of the size and rate of frames of a call screen; the socket is in
the window's loop.
"""

from __future__ import annotations

import asyncio
import sys
from array import array
from pathlib import Path

from websockets.asyncio.client import connect

from tests.bench.glass import Ink
from ticketserver.sound.aplay import PROGRAM
from ticketserver.sound.waves import RATE, wave_bytes
from ticketserver.window.start import prepare_kivy

BOARD_PX = (1920, 1080)
INKS: tuple[Ink, Ink] = ((0x20, 0x60, 0xA0), (0xF0, 0xA0, 0x20))
FRAME, VOICE = "frame", "voice"
SILENCE = wave_bytes(array("h", bytes(2 * RATE)))


async def play() -> None:
    player = await asyncio.create_subprocess_exec(PROGRAM, "-q", "-t", "wav", "-", stdin=asyncio.subprocess.PIPE)
    await player.communicate(SILENCE)


async def main(folder: Path, port: int) -> None:
    prepare_kivy(folder / "kivy", BOARD_PX, fullscreen=False)
    from kivy.app import App
    from kivy.uix.button import Button

    colours = [[*(value / 255 for value in ink), 1] for ink in INKS]
    ground = Button(background_normal="", background_color=colours[0])

    class Bare(App):
        def build(self) -> Button:
            return ground

    window = asyncio.create_task(Bare().async_run(async_lib="asyncio"))
    async with connect(f"ws://127.0.0.1:{port}", compression=None, proxy=None, ping_interval=None) as socket:
        async for said in socket:
            if said == VOICE:
                await play()
            else:
                colours.reverse()
                ground.background_color = colours[0]
    await window


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
